// Private to evaluate: what is kept of a customer with many events, so that any window is a search:
// which rows each selection takes, running sums, extremes, and when each value was seen last.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "evaluate/compiled.h"

namespace regulars::evaluate {

// The smallest or the largest of any stretch of values in O(log n): extremes of 16 values, of 256
// ...
class Extremes {
 public:
  explicit Extremes(bool greatest) : greatest_(greatest) {}

  // `value(i)` gives the i-th value, here and below.
  template <class Value>
  void extend(uint32_t count, Value value);
  template <class Value>
  void truncate(uint32_t count, Value value);
  // Of values begin .. end - 1, at least one.
  template <class Value>
  int64_t of(uint32_t begin, uint32_t end, Value value) const;

  uint32_t size() const { return size_; }
  size_t bytes() const;

 private:
  static constexpr uint32_t kFan = 16;
  int64_t better(int64_t a, int64_t b) const { return (a < b) != greatest_ ? a : b; }
  int64_t below(size_t level, uint32_t i, const auto& value) const {
    return level == 0 ? value(i) : levels_[level - 1][i];
  }
  uint32_t below_size(size_t level) const {
    return level == 0 ? size_ : static_cast<uint32_t>(levels_[level - 1].size());
  }

  bool greatest_;
  uint32_t size_ = 0;
  std::vector<std::vector<int64_t>> levels_;
};

// How many different values a stretch up to the last one holds: each value's last place.
class LastPlaces {
 public:
  void add(int64_t value) {
    const auto [found, fresh] = places_.try_emplace(value, static_cast<uint32_t>(last_.size()));
    if (fresh) last_.push_back(0);
    last_[found->second] = size_++;
  }
  void clear() {
    places_.clear();
    last_.clear();
    size_ = 0;
  }
  uint32_t size() const { return size_; }
  int64_t different_from(uint32_t begin) const {
    int64_t count = 0;
    for (const uint32_t last : last_) count += last >= begin ? 1 : 0;
    return count;
  }
  size_t bytes() const { return last_.capacity() * sizeof(uint32_t) + places_.size() * 40; }

 private:
  std::unordered_map<int64_t, uint32_t> places_;
  std::vector<uint32_t> last_;
  uint32_t size_ = 0;
};

struct SeriesIndex {
  std::vector<uint64_t> sums = {0};  // running, modulo 2^64
  uint64_t largest = 0;              // of the absolute values ever in it
  Extremes least{false};
  Extremes greatest{true};
  LastPlaces places;
};

// Of one event type. Rows of a selection over all events are not listed.
struct TypeIndex {
  uint32_t events = 0;  // so many are in it
  uint32_t items = 0;
  std::vector<uint32_t> parents;            // the event of each item
  std::vector<int64_t> days;                // local day of each event
  std::vector<std::vector<uint32_t>> rows;  // per selection of the type
  std::vector<SeriesIndex> series;          // per series of the type
};

struct LiveIndex {
  const void* plan = nullptr;  // whose selections these are
  std::vector<TypeIndex> types;
};
size_t bytes_of(const LiveIndex& index);

template <class Value>
void Extremes::extend(uint32_t count, Value value) {
  for (; size_ < count; ++size_) {
    const int64_t added = value(size_);
    uint32_t place = size_;
    for (size_t level = 0;; ++level) {
      place /= kFan;
      if (level == levels_.size()) levels_.emplace_back();
      std::vector<int64_t>& own = levels_[level];
      if (place < own.size()) {
        own[place] = better(own[place], added);
      } else {
        // A new level begins with all that has been.
        own.push_back(level > 0 && own.empty() ? better(levels_[level - 1][0], added) : added);
      }
      if (place == 0) break;
    }
  }
}

template <class Value>
void Extremes::truncate(uint32_t count, Value value) {
  if (count >= size_) return;
  size_ = count;
  for (size_t level = 0; level < levels_.size(); ++level) {
    std::vector<int64_t>& own = levels_[level];
    const uint32_t inner = below_size(level);
    own.resize((inner + kFan - 1) / kFan);
    if (own.empty()) continue;
    uint32_t i = (static_cast<uint32_t>(own.size()) - 1) * kFan;
    own.back() = below(level, i, value);
    for (++i; i < inner; ++i) own.back() = better(own.back(), below(level, i, value));
  }
  // No level above the first that covers everything.
  size_t needed = 0;
  while (needed < levels_.size() && below_size(needed) > (needed == 0 ? 0 : 1)) ++needed;
  levels_.resize(needed);
}

template <class Value>
int64_t Extremes::of(uint32_t begin, uint32_t end, Value value) const {
  int64_t found = value(begin);
  for (size_t level = 0; begin < end; ++level) {
    const bool last = level == levels_.size();
    while (begin < end && (last || begin % kFan != 0))
      found = better(found, below(level, begin++, value));
    while (begin < end && end % kFan != 0) found = better(found, below(level, --end, value));
    begin /= kFan;
    end /= kFan;
  }
  return found;
}

}  // namespace regulars::evaluate
