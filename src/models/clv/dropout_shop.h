// Simulated customers of the models with dropout after purchases, for tests.
#pragma once

#include <cstdint>
#include <vector>

#include "models/clv/dropout_likelihood.h"

namespace regulars::models {

struct SimulatedCustomer {
  BuyingCell cell;            // until T
  bool alive = false;         // at T
  std::vector<double> later;  // purchases after T, times since T
  double log_gaps = 0;
};

// Watched until T of her own, uniform between shortest and longest, and for `beyond` after it.
struct SimulatedPeriod {
  double shortest = 30;
  double longest = 60;
  double beyond = 40;
};
std::vector<SimulatedCustomer> simulate_shop(const DropoutModel& model, const DropoutParameters& p,
                                             const SimulatedPeriod& period, size_t customers,
                                             uint64_t seed);
std::vector<BuyingCell> cells_of(const std::vector<SimulatedCustomer>& shop);

}  // namespace regulars::models
