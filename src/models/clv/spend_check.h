// Whether customers who buy more often also spend more (or less) per purchase: the Gamma-Gamma
// model takes for granted that they do not.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "models/clv/spend_model.h"

namespace regulars::models {

struct SpendIndependence {
  // Spearman's rank correlation of x and mean spend, ties at their middle rank; not a number when
  // all customers have the same x or the same mean, or there are fewer than three.
  double correlation = 0;
  double p_value = 0;  // two-sided, Student's t with n - 2 degrees
  uint64_t customers = 0;
  bool holds = true;  // false: large enough (|correlation| >= 0.1) and no chance (p < 0.01)
  std::string words;  // what it means for the values, in a sentence or two
};
SpendIndependence spend_independence(std::span<const SpendCell> customers);

}  // namespace regulars::models
