// What a shop's owner should know of her purchases before a value model is fitted to them.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "models/clv/purchase_summary.h"

namespace regulars::models {

// What findings are told from, beside the audit's counts.
struct SummaryFacts {
  uint64_t most_purchases = 0;  // of one customer
  uint32_t busiest = 0;         // that customer
  double money = 0;
  double most_money = 0;  // of one customer
  uint32_t richest = 0;
  Day first_day;  // earliest of all
  Day last_day;   // latest purchase of all
  Day until_day;
  uint64_t began_first_day = 0;  // customers whose first purchase is of first_day
  uint64_t began_long_ago = 0;   // before 1990: a placeholder, not a date
  uint64_t with_three_gaps = 0;  // customers
  uint64_t like_clockwork = 0;   // of them, those whose gaps are nearly equal
};

std::vector<SummaryAudit::Finding> find_faults(const SummaryAudit& audit,
                                               const SummaryFacts& facts);

}  // namespace regulars::models
