// A benchmark program of batch evaluation: a set of questions, all customers, one instant.
#pragma once

#include "batch/contest.h"

namespace regulars::bench {

struct BatchBench {
  std::string name;
  Questions questions;
  bool with_polars = false;
  size_t split_features = 0;  // features of one query in the peers' split form; 0: not tried
  int runs = 5;
};

// What main returns: 0 done, 1 the answers differ or something failed, 2 usage.
int run_batch_bench(const BatchBench& bench, int count, char** arguments);

}  // namespace regulars::bench
