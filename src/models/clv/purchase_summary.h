// From purchases to what value models see: x, t_x, T and mean spend of each customer.
//
// Treatment, stated because packages differ: time begins at a customer's first purchase, which is
// not counted in x; purchases of one customer on the same day (of the zone) are one purchase with
// their amounts added; mean spend is of the repeat days only (Gamma-Gamma's assumption that spend
// does not depend on being first), or of all days when asked; a purchase whose amount is 0 counts
// as a purchase in x unless asked not to, and is left out of the mean spend; refunds, negative
// amounts, and purchases after `until` are left out and counted. Without merging of days, time is
// counted to the instant, and only purchases of the same instant are one. Linear in the rows and
// the range of customer numbers (thin ones are sorted first).
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "models/clv/buying_cell.h"
#include "models/clv/regularity.h"
#include "models/clv/time_unit.h"

namespace regulars::models {

struct Purchases {  // columns of equal length, any order
  std::vector<uint32_t> customer;
  std::vector<Instant> at;
  std::vector<double> amount;  // net, in the currency; negative: a refund
};

struct SummaryOptions {
  TimeUnit unit = TimeUnit::kWeek;
  Instant until;                    // T is counted to this instant's day (or to itself)
  const Zone* zone = &Zone::utc();  // whose days are merged
  bool merge_days = true;
  bool zero_amounts_count = true;
  bool first_in_spend = false;
};

// One row per customer with at least one purchase that counts at or before `until`, ascending.
struct PurchaseSummary {
  TimeUnit unit = TimeUnit::kWeek;
  std::vector<uint32_t> customer;
  std::vector<BuyingCell> cell;
  std::vector<uint32_t> spend_count;  // purchases behind mean_spend
  std::vector<double> mean_spend;     // 0 when spend_count is 0
  // Sum of log(time between successive purchases), time units, over the x repeats: what models of
  // regular buying need beside the cell.
  std::vector<double> log_gaps;
  std::vector<Day> first_day;
  GapPairs gap_pairs;  // of at most 20 gaps of each customer, for test_regularity

  size_t size() const { return cell.size(); }
};

// What was read, left out, and what would spoil a fit.
struct SummaryAudit {
  uint64_t purchases = 0;       // rows given
  uint64_t counted = 0;         // purchases that count, the first ones included
  uint64_t merged_days = 0;     // rows that became part of another on the same day
  uint64_t identical_rows = 0;  // of those: same customer, instant and amount as another
  // Of the rows, each in the first of these that fits it.
  uint64_t not_finite = 0;  // amount, or a time more than 100,000 years away
  uint64_t after_until = 0;
  uint64_t negative_amounts = 0;
  uint64_t zero_amounts = 0;  // counted or not
  uint64_t customers = 0;
  uint64_t without_repeat = 0;
  uint64_t no_time_watched = 0;  // T = 0: first bought on the last day
  struct Finding {
    std::string what;   // "91 % of customers bought once"
    std::string means;  // what it does to a fit, and what to do
    bool spoils = false;
  };
  std::vector<Finding> findings;  // those that spoil first
  Regularity regularity;

  bool spoilt() const { return !findings.empty() && findings.front().spoils; }
};

struct SummaryResult {
  PurchaseSummary summary;
  SummaryAudit audit;
};
// kBadData when columns differ in length, or no purchase counts, naming why.
Result<SummaryResult> summarise(const Purchases& purchases, const SummaryOptions& options);

}  // namespace regulars::models
