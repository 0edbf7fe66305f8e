#include <algorithm>

#include "evaluate/fold_events.h"
#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

using Numbers = std::span<const int64_t>;

// The difference of two numbers, b at least a; may need 64 bits without a sign.
uint64_t between(int64_t a, int64_t b) {
  return static_cast<uint64_t>(b) - static_cast<uint64_t>(a);
}

double spread(Numbers ascending, std::vector<double>& gaps) {
  gaps.clear();
  for (size_t i = 1; i < ascending.size(); ++i) {
    gaps.push_back(static_cast<double>(between(ascending[i - 1], ascending[i])));
  }
  return gaps.size() < 2 ? kUnknownReal : relative_spread(gaps);
}

double average_gap(Numbers ascending, int scale) {
  if (ascending.size() < 2) return kUnknownReal;
  const Int128 whole = Int128{ascending.back()} - ascending.front();
  return quotient(whole, static_cast<int64_t>(ascending.size()) - 1, scale);
}

// The least or greatest gap; of nothing none.
Result<int64_t> extreme_gap(Numbers ascending, bool least) {
  if (ascending.size() < 2) return kMissing;
  uint64_t found = between(ascending[0], ascending[1]);
  for (size_t i = 2; i < ascending.size(); ++i) {
    const uint64_t gap = between(ascending[i - 1], ascending[i]);
    found = least ? std::min(found, gap) : std::max(found, gap);
  }
  if (!is_storable(static_cast<Int128>(found))) return overflow("a gap");
  return static_cast<int64_t>(found);
}

int64_t spaced_count(Numbers times, Duration gap) {
  if (times.empty()) return 0;
  int64_t count = 1;
  int64_t last = times.front();
  for (const int64_t time : times) {
    if (between(last, time) < static_cast<uint64_t>(gap.micros)) continue;
    ++count;
    last = time;
  }
  return count;
}

struct Sessions {
  int64_t count = 0;
  int64_t latest_start = kMissing;
};

Sessions sessions_of(Numbers times, Duration gap) {
  Sessions found;
  for (size_t i = 0; i < times.size(); ++i) {
    if (i > 0 && between(times[i - 1], times[i]) <= static_cast<uint64_t>(gap.micros)) continue;
    ++found.count;
    found.latest_start = times[i];
  }
  return found;
}

int64_t count_of_times(const Slot& slot, Numbers times) {
  if (slot.kind == AggregateKind::kSpacedCount) return spaced_count(times, slot.rule.gap);
  const Sessions sessions = sessions_of(times, slot.rule.gap);
  return slot.kind == AggregateKind::kSessions ? sessions.count : sessions.latest_start;
}

}  // namespace

Result<Vector> folded_gaps(const EventFold& fold) {
  const Slot& slot = fold.slot;
  const Ranges& ranges = fold.ranges;
  const Numbers values = fold.values.numbers();
  const int scale = fold.values.type().scale;
  const bool of_times = slot.kind >= AggregateKind::kSpacedCount;
  const bool real = slot.type.value == ValueType::kReal;
  std::vector<int64_t> numbers(real ? 0 : ranges.size());
  std::vector<double> reals(real ? ranges.size() : 0);
  std::vector<int64_t> room;
  std::vector<double> gaps;
  for (size_t c = 0; c < ranges.size(); ++c) {
    const Numbers range = values.subspan(ranges.begin[c], ranges.end[c] - ranges.begin[c]);
    if (of_times) {
      numbers[c] = count_of_times(slot, range);
      continue;
    }
    const Numbers ascending = different(range, room);
    if (slot.kind == AggregateKind::kGapSpread) {
      reals[c] = spread(ascending, gaps);
    } else if (slot.kind == AggregateKind::kAvgGap) {
      reals[c] = average_gap(ascending, scale);
    } else {
      REGULARS_ASSIGN(numbers[c], extreme_gap(ascending, slot.kind == AggregateKind::kMinGap));
    }
  }
  return real ? Vector::own(std::move(reals)) : Vector::own(slot.type, std::move(numbers));
}

}  // namespace regulars::evaluate
