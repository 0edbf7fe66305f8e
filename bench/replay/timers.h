// One timer per customer: a wheel of hours whose current hour is a heap.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "data/history.h"

namespace regulars::bench {

class Timers {
 public:
  struct Due {
    Instant at;
    CustomerNumber customer = 0;
  };

  Timers(Instant begin, size_t customers) : begin_(begin), of_(customers, kNone) {}

  // In place of the customer's timer, if she has one.
  void set(CustomerNumber customer, std::optional<Instant> at) {
    of_[customer] = at ? *at : kNone;
    if (!at) return;
    const size_t hour = hour_of(*at);
    if (hour <= hour_) {
      near_.push_back({*at, customer});
      std::push_heap(near_.begin(), near_.end(), kLater);
      return;
    }
    if (hour >= hours_.size()) hours_.resize(hour + 1);
    hours_[hour].push_back({*at, customer});
  }

  // The earliest that is due at or before t.
  std::optional<Due> pop(Instant t) {
    for (;;) {
      while (!near_.empty() && near_.front().at <= t) {
        std::pop_heap(near_.begin(), near_.end(), kLater);
        const Due due = near_.back();
        near_.pop_back();
        if (of_[due.customer] != due.at) continue;  // set anew since
        of_[due.customer] = kNone;
        return due;
      }
      if (hour_ >= hour_of(t)) return {};
      ++hour_;
      if (hour_ >= hours_.size()) continue;
      // What the heap still holds has been set anew, or is due later than t.
      near_.insert(near_.end(), hours_[hour_].begin(), hours_[hour_].end());
      std::vector<Due>().swap(hours_[hour_]);
      std::make_heap(near_.begin(), near_.end(), kLater);
    }
  }

 private:
  static constexpr Instant kNone{INT64_MAX};
  static constexpr auto kLater = [](const Due& a, const Due& b) { return a.at > b.at; };
  size_t hour_of(Instant t) const {
    return t <= begin_ ? 0 : static_cast<size_t>((t - begin_).micros / hours(1).micros);
  }

  Instant begin_;
  size_t hour_ = 0;
  std::vector<Instant> of_;
  std::vector<Due> near_;
  std::vector<std::vector<Due>> hours_;
};

}  // namespace regulars::bench
