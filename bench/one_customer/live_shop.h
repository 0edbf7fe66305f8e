// Customers of the batch benchmark's data as a live server has them, and the 100 segments that are
// asked of them.
#pragma once

#include <vector>

#include "batch/questions.h"
#include "evaluate/live_plan.h"

namespace regulars::bench {

constexpr size_t kLiveSegments = 100;

// An event of a history, as it arrives.
struct Arrival {
  size_t type = 0;
  Instant at;
  uint64_t id = 0;
  int64_t columns[3] = {};  // as many as the type has
  size_t count = 0;

  evaluate::LiveEvent event() const { return {type, at, id, {columns, count}, {}, 0}; }
};

struct LiveShop {
  Questions questions;
  std::vector<evaluate::Definition> definitions;
  evaluate::LivePlan plan;
};
Result<LiveShop> live_shop(const History& history);

// A customer's events up to an instant, in order of time.
std::vector<Arrival> arrivals(const evaluate::LiveLayout& layout, const History& history,
                              CustomerNumber customer, Instant upto);

}  // namespace regulars::bench
