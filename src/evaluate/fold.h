// Private to evaluate: the aggregates, each over a range of values per customer.
#pragma once

#include <span>
#include <vector>

#include "evaluate/compiled.h"
#include "evaluate/vector.h"

namespace regulars::evaluate {

// Customer c's values are elements begin[c] .. end[c] of a series, in order of (time, id, item).
// Views what the block keeps for its current moment.
struct Ranges {
  std::span<const uint32_t> begin;
  std::span<const uint32_t> end;
  std::vector<uint8_t> unknown;  // where the window itself is unknown; empty: nowhere
  size_t size() const { return begin.size(); }
};

// A series' values and what is computed from them once for all windows.
class SeriesValues {
 public:
  explicit SeriesValues(Vector values);
  const Vector& values() const { return values_; }
  // The sum of elements begin .. end.
  Int128 sum(uint32_t begin, uint32_t end) const;
  // [i]: the sum of the first i elements modulo 2^64, where no difference can leave 64 bits (nor be
  // kMissing); else empty.
  std::span<const uint64_t> running() const;

 private:
  void add_up() const;

  Vector values_;
  mutable std::vector<uint64_t> running_;
  mutable bool added_up_ = false;
};

// The different numbers in ascending order, kept in `room`.
std::span<const int64_t> different(std::span<const int64_t> values, std::vector<int64_t>& room);

// No value is unknown, except for kFirst and kLast. kOverflow when a sum leaves 64 bits.
Result<Vector> folded(const Slot& slot, const SeriesValues& series, const Ranges& ranges);

Vector counted(const Ranges& ranges);

}  // namespace regulars::evaluate
