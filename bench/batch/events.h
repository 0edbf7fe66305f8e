// The data of the batch benchmarks: events of six types over some years, customers skewed, a few of
// them with some 20,000 events. Everyone has an event in the first four fifths of the time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "data/history.h"

namespace regulars::bench {

enum EventType : uint8_t { kVisit, kClick, kPurchase, kOpen, kReview, kRefund };
constexpr int kEventTypes = 6;
constexpr const char* kTypeNames[kEventTypes] = {"visit", "click",  "purchase",
                                                 "open",  "review", "refund"};
constexpr int kCategories = 20;
constexpr int kStores = 400;

struct Shape {
  int64_t events = 0;  // about
  uint32_t customers = 0;
  int days = 730;  // over which the events lie
  uint64_t seed = 7;
};
// 20 M events of 0.8 M customers, or a twentieth of each.
Shape usual_shape(const std::string& size);

// One element per event, in order of customer and time.
struct Events {
  std::vector<uint32_t> customer;
  std::vector<uint8_t> type;
  std::vector<int64_t> at;        // microseconds
  std::vector<int32_t> amount;    // cents
  std::vector<uint8_t> category;  // "c0" .. in the history
  std::vector<uint16_t> store;    // "s0" .. in the history

  size_t size() const { return customer.size(); }
};

// Makes the events of a shape, some customers at a time.
class EventSource {
 public:
  explicit EventSource(const Shape& shape);
  // The events of the next customers, in place of what is there; false after the last.
  bool next(Events& events);

 private:
  void add_customer(Events& events);

  Shape shape_;
  Random random_;
  std::vector<double> weights_;
  double scale_ = 1;
  uint32_t customer_ = 0;
  std::vector<int64_t> times_;
};

// The beginning of time, and day 700: thirty days of the usual events lie in the future.
Instant begin();
Instant as_of();

Result<History> make_history(const Shape& shape);

}  // namespace regulars::bench
