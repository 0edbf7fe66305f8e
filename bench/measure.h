// Side-by-side measuring: wall and CPU seconds, medians, and how busy the machine was with others.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace regulars::bench {

struct Cost {
  double wall = 0;  // seconds
  double cpu = 0;   // of all threads of this process
};

Cost cost_of(const std::function<void()>& work);

// Wall over CPU time of a fixed single-threaded loop: 1 on a quiet machine, 2 when half of the core
// went elsewhere.
double contention_now();

// Runs a and b in turn, `runs` times each after one unmeasured run, and takes medians of each.
struct Pair {
  Cost ours;
  Cost peer;
  double contention = 0;  // the worst seen between the runs
};
Pair interleaved(int runs, const std::function<void()>& ours, const std::function<void()>& peer);
// The same of work that says what it cost, without the unmeasured run.
Pair interleaved_costs(int runs, const std::function<Cost()>& ours,
                       const std::function<Cost()>& peer);

struct Figure {
  std::string bench;
  std::string size;
  std::string peer;
  Pair costs;
  int runs = 0;
  bool equal = false;
  std::string way = {};  // how the peer was asked
};
// One line of JSON; ratios above 1 mean that we are faster.
std::string to_json(const Figure& figure);

// The value of `--size`: "small" (also when absent) or "full"; empty when it is neither.
std::string size_argument(int count, char** arguments);

}  // namespace regulars::bench
