#include "models/contract/lifetimes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace regulars::models {

Result<void> check(const Lifetimes& lifetimes) {
  if (lifetimes.time.empty())
    return Error(ErrorCode::kBadData, "there are no customers", "give at least one lifetime");
  if (lifetimes.ended.size() != lifetimes.time.size())
    return Error(ErrorCode::kBadData,
                 fmt::format("{} times, and {} marks whether they ended", lifetimes.time.size(),
                             lifetimes.ended.size()),
                 "give one mark for each time");
  for (size_t i = 0; i < lifetimes.size(); ++i) {
    if (std::isfinite(lifetimes.time[i]) && lifetimes.time[i] >= 0) continue;
    return Error(ErrorCode::kBadData,
                 fmt::format("customer {}: {} is no lifetime", i, lifetimes.time[i]),
                 "times count from when a customer joined, 0 or more");
  }
  return {};
}

std::vector<size_t> by_time(const Lifetimes& lifetimes) {
  std::vector<size_t> order(lifetimes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, {}, [&](size_t i) { return lifetimes.time[i]; });
  return order;
}

std::vector<EventTime> event_times(const Lifetimes& lifetimes) {
  std::vector<EventTime> times;
  uint64_t left = lifetimes.size();
  for (const size_t i : by_time(lifetimes)) {
    if (times.empty() || times.back().time != lifetimes.time[i])
      times.push_back({lifetimes.time[i], left, 0, 0});
    ++(lifetimes.ended[i] != 0 ? times.back().ended : times.back().censored);
    --left;
  }
  return times;
}

}  // namespace regulars::models
