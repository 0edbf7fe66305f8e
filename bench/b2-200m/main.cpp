// The questions of b2 over 200 M events of 5 M customers in memory, and what they take there.
#include "batch/batch_bench.h"

int main(int count, char** arguments) {
  using namespace regulars::bench;
  BatchBench bench{"b2-200m", twelve_features()};
  bench.shape = [](const std::string& size) {
    return size == "full" ? Shape{200'000'000, 5'000'000} : Shape{2'000'000, 50'000};
  };
  bench.runs = 3;
  return run_batch_bench(bench, count, arguments);
}
