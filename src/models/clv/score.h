// Every customer of a shop scored at once, with what customers have in common computed once.
//
// What a customer who is still one will do depends on less than her history: for most models on x
// and T, not on when she last came (CountModelInfo::memoryless). So of ten million customers
// some ten thousand futures are computed, and of each customer the chance that she is still one.
//
// Thread-safety: pure functions; results do not depend on the number of threads.
#pragma once

#include <span>
#include <vector>

#include "models/clv/count_model.h"

namespace regulars::models {

struct CountScoreOptions {
  double horizon = 0;  // > 0, time units after T
  double rate = 0;     // discount rate per time unit (time_unit.h: rate_per_unit); 0: none
  size_t threads = 1;  // 0: the machine's
};

struct CountScores {  // one row per customer, in the order given
  std::vector<double> p_alive;
  std::vector<double> expected;    // purchases in (T, T + horizon]
  std::vector<double> discounted;  // the same discounted; empty when the rate is 0
};

// The same, to 9 digits, as the model's p_alive, conditional_expected and discounted_expected of
// each. kBadData naming the first customer that CellTable would refuse.
Result<CountScores> score(const CountModel& model, Parameters p,
                          std::span<const BuyingCell> customers, const CountScoreOptions& options);

}  // namespace regulars::models
