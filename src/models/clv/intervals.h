// How sure a count model is of each customer: intervals of what is expected of her (parameters'
// uncertainty), and of what will happen (chance as well).
//
// Equal customers have equal intervals: give cells once. Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "models/clv/count_model.h"
#include "models/clv/posterior.h"
#include "models/clv/spend_model.h"

namespace regulars::models {

struct Interval {
  double low = 0;
  double high = 0;
  bool operator==(const Interval&) const = default;
};

struct IntervalOptions {
  double level = 0.8;  // share of the truth within, half of the rest on each side
  uint64_t seed = 1;
  size_t draws = 400;
};

// Of P(alive) at T and of the expected purchases in (T, T + t]: point, then interval.
struct ExpectedIntervals {
  std::vector<double> p_alive, expected;
  std::vector<Interval> p_alive_interval, expected_interval;
};
// From the fit alone: each quantity is taken along the axes of the parameters' covariance, on the
// logit (probability) or logarithmic scale, to second order, and drawn. kBadData when the fit has
// no covariance.
Result<ExpectedIntervals> expected_intervals(const CountModel& model, const Fitted& fitted,
                                             std::span<const BuyingCell> cells, double t,
                                             const IntervalOptions& options);

// Of the number of purchases in (T, T + t]: the least count that at least the lower tail's share
// of outcomes does not exceed, and the same at the upper end. Purchases are whole, so at least
// `level` of outcomes lie within. `posterior`: parameters to average over.
std::vector<Interval> count_intervals(const CountModel& model, const Posterior& posterior,
                                      std::span<const BuyingCell> cells, double t,
                                      const IntervalOptions& options);

// Of the revenue in (T, T + t] divided by the customer's scale (spend_scale): given n purchases it
// is a beta-prime of (p n, q + p x), by the Gamma-Gamma model (Fader, Hardie, Lee 2005, section 4:
// a sum of n gammas of shape p whose rate is gamma distributed). `spend_counts`: purchases behind
// the customer's mean spend, one per cell.
std::vector<Interval> scaled_revenue_intervals(const CountModel& model, const Posterior& posterior,
                                               const SpendParameters& spend,
                                               std::span<const BuyingCell> cells,
                                               std::span<const uint32_t> spend_counts, double t,
                                               const IntervalOptions& options);
// gamma + x m: what a customer's scaled revenue is multiplied by.
double spend_scale(const SpendParameters& spend, const SpendCell& cell);

}  // namespace regulars::models
