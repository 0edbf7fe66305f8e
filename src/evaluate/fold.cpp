#include "evaluate/fold.h"

#include <algorithm>
#include <bit>

#include "evaluate/kernels.h"
#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

using Numbers = std::span<const int64_t>;

// Calls result(c, values of c) for each customer and collects what it returns.
template <class T, class F>
std::vector<T> each(const Ranges& ranges, Numbers values, F result) {
  std::vector<T> out(ranges.size());
  for (size_t c = 0; c < out.size(); ++c) {
    out[c] = result(values.subspan(ranges.begin[c], ranges.end[c] - ranges.begin[c]));
  }
  return out;
}

Result<Vector> sums(const Slot& slot, const SeriesValues& series, const Ranges& ranges) {
  std::vector<int64_t> out(ranges.size());
  if (const auto running = series.running(); !running.empty()) {
    kernels::differences(running, ranges.begin, ranges.end, out);
    return Vector::own(slot.type, std::move(out));
  }
  for (size_t c = 0; c < out.size(); ++c) {
    const Int128 sum = series.sum(ranges.begin[c], ranges.end[c]);
    if (!is_storable(sum)) return overflow("a sum");
    out[c] = static_cast<int64_t>(sum);
  }
  return Vector::own(slot.type, std::move(out));
}

Vector averages(const SeriesValues& series, const Ranges& ranges) {
  const int scale = series.values().type().scale;
  std::vector<double> out(ranges.size(), kUnknownReal);
  for (size_t c = 0; c < out.size(); ++c) {
    const int64_t count = ranges.end[c] - ranges.begin[c];
    if (count == 0) continue;
    out[c] = quotient(series.sum(ranges.begin[c], ranges.end[c]), count, scale);
  }
  return Vector::own(std::move(out));
}

// The element at the front or the back of each range: first and last, of any type.
Vector ends(const SeriesValues& series, const Ranges& ranges, bool back) {
  const Vector& values = series.values();
  if (values.form() == Form::kReals) {
    std::vector<double> reals(ranges.size(), kUnknownReal);
    for (size_t c = 0; c < ranges.size(); ++c) {
      if (ranges.begin[c] == ranges.end[c]) continue;
      reals[c] = values.reals()[back ? ranges.end[c] - 1 : ranges.begin[c]];
    }
    return Vector::own(std::move(reals));
  }
  const bool text = values.form() == Form::kTexts;
  std::vector<uint32_t> codes(text ? ranges.size() : 0, kNoCode);
  std::vector<int64_t> numbers(text ? 0 : ranges.size(), kMissing);
  const bool boolean = values.form() == Form::kTruths;
  for (size_t c = 0; c < ranges.size(); ++c) {
    if (ranges.begin[c] == ranges.end[c]) continue;
    const uint32_t i = back ? ranges.end[c] - 1 : ranges.begin[c];
    if (text) {
      codes[c] = values.codes()[i];
    } else if (!boolean) {
      numbers[c] = values.numbers()[i];
    } else if (values.truth(i) != kUnknownTruth) {
      numbers[c] = values.truth(i) == kTrue ? 1 : 0;
    }
  }
  if (text) return Vector::own(values.type(), std::move(codes), values.dictionary());
  return Vector::own(values.type(), std::move(numbers));
}

template <class T>
int64_t count_different(std::span<const T> values, std::vector<T>& room) {
  room.assign(values.begin(), values.end());
  if (!std::is_sorted(room.begin(), room.end())) std::sort(room.begin(), room.end());
  return std::unique(room.begin(), room.end()) - room.begin();
}

// Of a dictionary with few texts: each a bit.
Vector distinct_bits(std::span<const uint32_t> codes, const Ranges& ranges) {
  std::vector<int64_t> out(ranges.size());
  for (size_t c = 0; c < out.size(); ++c) {
    uint64_t seen = 0;
    for (uint32_t i = ranges.begin[c]; i < ranges.end[c]; ++i) seen |= uint64_t{1} << codes[i];
    out[c] = std::popcount(seen);
  }
  return Vector::own({ValueType::kInteger, 0, false}, std::move(out));
}

template <class T>
Vector distinct(std::span<const T> values, const Ranges& ranges) {
  std::vector<T> room;
  std::vector<int64_t> out(ranges.size());
  for (size_t c = 0; c < out.size(); ++c) {
    const auto range = values.subspan(ranges.begin[c], ranges.end[c] - ranges.begin[c]);
    out[c] = count_different(range, room);
  }
  return Vector::own({ValueType::kInteger, 0, false}, std::move(out));
}

double median(std::vector<int64_t>& values, int scale) {
  if (values.empty()) return kUnknownReal;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return quotient(*middle, 1, scale);
  const int64_t below = *std::max_element(values.begin(), middle);
  return quotient(Int128{below} + *middle, 2, scale);
}

// Gaps may need 65 bits: their halves are compared exactly as unsigned numbers.
double median_gap(std::span<const int64_t> days, std::vector<uint64_t>& gaps, int scale) {
  if (days.size() < 2) return kUnknownReal;
  gaps.clear();
  for (size_t i = 1; i < days.size(); ++i) {
    gaps.push_back(static_cast<uint64_t>(days[i]) - static_cast<uint64_t>(days[i - 1]));
  }
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  if (gaps.size() % 2 == 1) return quotient(static_cast<Int128>(*middle), 1, scale);
  const uint64_t below = *std::max_element(gaps.begin(), middle);
  return quotient(static_cast<Int128>(below) + static_cast<Int128>(*middle), 2, scale);
}

int64_t last_return(std::span<const int64_t> days, const RhythmRule& rule) {
  for (size_t next = days.size(); next-- > 1;) {
    const Int128 gap = Int128{days[next]} - days[next - 1];
    const Int128 since_first = Int128{days[next - 1]} - days[0];
    const bool lapse = next == 1 ? gap > rule.first_gap_limit_days
                                 : 2 * gap * static_cast<int64_t>(next + 1) >
                                       rule.twice_factor * (rule.twice_shop_gap_days + since_first);
    if (lapse) return days[next];
  }
  return kMissing;
}

// The smallest or the largest.
Vector real_fold(const Slot& slot, std::span<const double> values, const Ranges& ranges) {
  std::vector<double> out(ranges.size(), kUnknownReal);
  for (size_t c = 0; c < out.size(); ++c) {
    const auto own = values.subspan(ranges.begin[c], ranges.end[c] - ranges.begin[c]);
    if (own.empty()) continue;
    out[c] = slot.kind == AggregateKind::kMin ? *std::min_element(own.begin(), own.end())
                                              : *std::max_element(own.begin(), own.end());
  }
  return Vector::own(std::move(out));
}

Vector number_fold(const Slot& slot, Numbers values, int scale, const Ranges& ranges) {
  std::vector<int64_t> room;
  std::vector<uint64_t> gaps;
  switch (slot.kind) {
    case AggregateKind::kMin:
      return Vector::own(slot.type, each<int64_t>(ranges, values, [](Numbers v) {
                           return v.empty() ? kMissing : *std::min_element(v.begin(), v.end());
                         }));
    case AggregateKind::kMax:
      return Vector::own(slot.type, each<int64_t>(ranges, values, [](Numbers v) {
                           return v.empty() ? kMissing : *std::max_element(v.begin(), v.end());
                         }));
    case AggregateKind::kMedian:
      return Vector::own(each<double>(ranges, values, [&](Numbers v) {
        room.assign(v.begin(), v.end());
        return median(room, scale);
      }));
    case AggregateKind::kNthDistinct:
      return Vector::own(slot.type, each<int64_t>(ranges, values, [&](Numbers v) {
                           const auto n = static_cast<uint64_t>(slot.n);
                           const auto ascending = different(v, room);
                           return n <= ascending.size() ? ascending[n - 1] : kMissing;
                         }));
    case AggregateKind::kMedianGap:
      return Vector::own(each<double>(
          ranges, values, [&](Numbers v) { return median_gap(different(v, room), gaps, scale); }));
    default:
      return Vector::own(slot.type, each<int64_t>(ranges, values, [&](Numbers v) {
                           return last_return(different(v, room), slot.rhythm);
                         }));
  }
}

}  // namespace

// Times mostly come in order already.
std::span<const int64_t> different(Numbers values, std::vector<int64_t>& room) {
  room.assign(values.begin(), values.end());
  if (!std::is_sorted(room.begin(), room.end())) std::sort(room.begin(), room.end());
  return {room.begin(), std::unique(room.begin(), room.end())};
}

SeriesValues::SeriesValues(Vector values) : values_(std::move(values)) {}

void SeriesValues::add_up() const {
  added_up_ = true;
  const Numbers numbers = values_.numbers();
  const auto limit = std::numeric_limits<int64_t>::max() /
                     static_cast<int64_t>(std::max<size_t>(1, numbers.size()));
  if (std::any_of(numbers.begin(), numbers.end(),
                  [&](int64_t n) { return n > limit || n < -limit; })) {
    return;
  }
  running_.resize(numbers.size() + 1);
  for (size_t i = 0; i < numbers.size(); ++i) {
    running_[i + 1] = running_[i] + static_cast<uint64_t>(numbers[i]);
  }
}

std::span<const uint64_t> SeriesValues::running() const {
  if (!added_up_) add_up();
  return running_;
}

Int128 SeriesValues::sum(uint32_t begin, uint32_t end) const {
  if (!running().empty()) return static_cast<int64_t>(running_[end] - running_[begin]);
  Int128 sum = 0;
  for (uint32_t i = begin; i < end; ++i) sum += values_.numbers()[i];
  return sum;
}

Vector counted(const Ranges& ranges) {
  std::vector<int64_t> out(ranges.size());
  kernels::lengths(ranges.begin, ranges.end, out);
  return Vector::own({ValueType::kInteger, 0, false}, std::move(out));
}

Result<Vector> folded(const Slot& slot, const SeriesValues& series, const Ranges& ranges) {
  const Vector& values = series.values();
  switch (slot.kind) {
    case AggregateKind::kCount:
      return counted(ranges);
    case AggregateKind::kSum:
      return sums(slot, series, ranges);
    case AggregateKind::kAvg:
      return averages(series, ranges);
    case AggregateKind::kFirst:
      return ends(series, ranges, false);
    case AggregateKind::kLast:
      return ends(series, ranges, true);
    case AggregateKind::kDistinct:
      if (values.form() == Form::kTexts) {
        const bool few = values.is_coded() && values.dictionary()->size() <= 64;
        return few ? distinct_bits(values.codes(), ranges) : distinct(values.codes(), ranges);
      }
      if (values.form() == Form::kTruths) return distinct(values.truths(), ranges);
      return distinct(values.numbers(), ranges);
    default:
      if (values.form() == Form::kReals) return real_fold(slot, values.reals(), ranges);
      return number_fold(slot, values.numbers(), values.type().scale, ranges);
  }
}

}  // namespace regulars::evaluate
