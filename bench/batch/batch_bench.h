// A benchmark program of batch evaluation: a set of questions, all customers, one instant.
#pragma once

#include "batch/contest.h"

namespace regulars::bench {

struct BatchBench {
  std::string name;
  Questions questions;
  std::function<Shape(const std::string& size)> shape = usual_shape;
  std::vector<Instant> instants = {as_of()};
  bool with_polars = false;
  size_t split_features = 0;  // features of one query in the peers' split form; 0: not tried
  int runs = 5;
  // Peers of its own beside the databases: ours in another way.
  std::function<std::vector<Contestant>(const History&)> more_contestants = {};
};

// What main returns: 0 done, 1 the answers differ or something failed, 2 usage. Ours is compiled
// anew in each run, as the databases plan their queries anew.
int run_batch_bench(const BatchBench& bench, int count, char** arguments);

// The answers of the questions at some instants, by a plan made for them.
Result<std::vector<evaluate::Answers>> evaluate_all(const Questions& questions,
                                                    const History& history,
                                                    std::span<const Instant> instants);

}  // namespace regulars::bench
