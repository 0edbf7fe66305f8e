// How many were in a segment at past instants, and who came and went between them: of any rule,
// also one written today.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "segments/ask.h"

namespace regulars::segments {

struct RulePoint {
  Instant as_of;
  int64_t size = 0;
  int64_t entered = 0;     // in at as_of, not in at the point before; 0 at the first
  int64_t left = 0;        // the other way round
  int64_t population = 0;  // customers known then
  std::string snapshot;    // what population words looked at
};

// One point for each instant, which must ascend. Customers who come and go between two neighbouring
// instants are in neither count.
Result<std::vector<RulePoint>> rule_history(const Asking& asking,
                                            const evaluate::ExpressionPtr& rule,
                                            const std::vector<Instant>& instants);

// Ends of the local periods that lie in [from, to], and `to` itself.
enum class Step { kDay, kWeek, kMonth, kQuarter, kYear };
std::vector<Instant> period_ends(const Zone& zone, Instant from, Instant to, Step step);

}  // namespace regulars::segments
