// How long customers have been there, and whether that was all: the table that survival methods
// begin with. A customer who is still there is "censored": she stays longer than was seen.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace regulars::models {

// Columns of equal length. time: finite, >= 0, any unit; ended: 0 or 1.
struct Lifetimes {
  std::span<const double> time;
  std::span<const uint8_t> ended;

  size_t size() const { return time.size(); }
};

// kBadData: no customers, columns of different length, a time that is negative or not finite
// (naming the customer).
Result<void> check(const Lifetimes& lifetimes);

// What happened at each different time, ascending. Who is censored at a time is at risk in it.
struct EventTime {
  double time = 0;
  uint64_t at_risk = 0;
  uint64_t ended = 0;
  uint64_t censored = 0;
};
std::vector<EventTime> event_times(const Lifetimes& lifetimes);

// Row numbers by ascending time.
std::vector<size_t> by_time(const Lifetimes& lifetimes);

}  // namespace regulars::models
