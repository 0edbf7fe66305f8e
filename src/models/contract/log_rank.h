// Whether groups of customers stay for different times: the log-rank test of any number of groups
// (Mantel 1966; Peto and Peto 1972, Journal of the Royal Statistical Society A 135), with the
// hypergeometric variance for tied times.
//
// Thread-safety: pure function.
#pragma once

#include "models/contract/lifetimes.h"

namespace regulars::models {

struct LogRank {
  std::vector<uint64_t> customers;  // of each group
  std::vector<double> observed;     // who left
  std::vector<double> expected;     // who would have left, did the groups not differ
  double statistic = 0;             // chi-squared
  double degrees = 0;               // groups less one, less those that cannot be compared
  double p_value = 1;
};

// group: 0, 1, ... groups - 1 of each customer. kBadData as check() of lifetimes, and for fewer
// than two groups, a group without customers, a group number out of range, or nobody who left.
Result<LogRank> log_rank(const Lifetimes& lifetimes, std::span<const uint32_t> group,
                         uint32_t groups);

}  // namespace regulars::models
