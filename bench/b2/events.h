// The data of the batch benchmark: events of six types over 730 days, customers skewed, a few of
// them with some 20,000 events. Everyone has an event in the first 600 days.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "data/history.h"

namespace regulars::bench {

enum EventType : uint8_t { kVisit, kClick, kPurchase, kOpen, kReview, kRefund };
constexpr size_t kEventTypes = 6;
constexpr const char* kTypeNames[kEventTypes] = {"visit", "click",  "purchase",
                                                 "open",  "review", "refund"};

// One element per event, in no order.
struct Events {
  std::vector<uint32_t> customer;
  std::vector<uint8_t> type;
  std::vector<int64_t> at;        // microseconds
  std::vector<int64_t> amount;    // cents
  std::vector<uint8_t> category;  // 0..19; "c0" .. "c19" in the history
  uint32_t customers = 0;

  size_t size() const { return customer.size(); }
};

Events make_events(size_t events, uint32_t customers, uint64_t seed);

// Day 700: thirty days of events lie in the future.
Instant as_of();

Result<History> to_history(const Events& events);

}  // namespace regulars::bench
