// Purchases seen as yes or no in calendar periods, as discrete and contractual models see them: did
// she buy in this month, did she pay for this year.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "models/clv/buying_cell.h"
#include "models/clv/purchase_summary.h"

namespace regulars::app {

// One row per customer whose first purchase lies in a period that is over at `until`, ascending.
// Only whole periods count: the one that `until` lies in counts when it ends there.
struct PeriodSummary {
  std::vector<uint32_t> customer;
  // x: later periods with a purchase; t_x: the last of them, counted from the first period; T:
  // later periods there were.
  std::vector<models::BuyingCell> cell;
  std::vector<double> stayed;  // periods in a row from the first whose end is decided
  std::vector<uint8_t> left;   // no purchase in the period after them
  uint64_t first_in_last = 0;  // customers left out: their first period is not over
};
PeriodSummary period_summary(const models::Purchases& purchases, models::TimeUnit unit,
                             const Zone& zone, Instant until);

}  // namespace regulars::app
