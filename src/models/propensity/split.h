// Private to propensity: which rows a model learns from, is chosen on and is judged on.
#pragma once

#include <vector>

#include "models/propensity/propensity.h"

namespace regulars::models {

struct Split {
  Judging judging = Judging::kThreeTimes;
  // Places of rows. kThreeTimes: learn, choose, test. Otherwise `choose` is empty, and choices are
  // made on customers left out of `learn`.
  std::vector<size_t> learn, choose, test;
  std::vector<size_t> before_test;  // learn on them for the test
};

// The test takes the latest quarter of the instants (at least one), choosing the quarter before
// those whose labels the test must not see. A stretch with fewer than `least` rows of either class
// is not enough: then with fewer stretches. By customers: a fifth of them, by a hash.
Split split_rows(const TrainingTable& table, size_t least);

// The part of five that a customer belongs to when customers are left out in turn.
size_t part_of(uint64_t group);
constexpr size_t kParts = 5;

}  // namespace regulars::models
