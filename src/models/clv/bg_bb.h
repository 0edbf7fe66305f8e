// BG/BB: a customer who may buy at each of a number of opportunities (a year's donation, a weekly
// market), with a probability of her own, and who leaves for good before one of them with another
// (Fader, Hardie, Shang 2010, "Customer-Base Analysis in a Discrete-Time Noncontractual Setting",
// Marketing Science 29(6)). Customers may have had different numbers of opportunities.
//
// Both probabilities are beta distributed: alpha, beta of buying, gamma, delta of leaving. The
// likelihood is eq. 7, the expected purchases of a new customer eq. 8's mean (eq. 9), P(alive)
// eq. 11 (there for T + 1: `after` = 1 here), conditional expectations eq. 13. They follow here
// from one fact: a customer alive after T opportunities with x purchases is a new customer with
// parameters alpha + x, beta + T - x, gamma, delta + T.
//
// x, t_x and T count opportunities: whole numbers, x <= t_x <= T <= kMostOpportunities, which
// check() demands before a fit. Times t and `after` are cut to whole opportunities; sums end at
// kMostOpportunities. Cells that break the rule get the answer of the nearest that keeps it.
//
// Cost: of one customer O(T); of a table O(T) for each different (x, T), however many t_x.
#pragma once

#include <memory>

#include "models/clv/count_model.h"

namespace regulars::models {

inline constexpr unsigned kMostOpportunities = 100'000;  // 273 years of days

std::unique_ptr<CountModel> bg_bb();  // "bg-bb"

}  // namespace regulars::models
