#include <algorithm>

#include "evaluate/fold_events.h"
#include "evaluate/number.h"
#include "evaluate/period.h"

namespace regulars::evaluate {
namespace {

using Numbers = std::span<const int64_t>;

// A run of periods that each hold a day: how many, and the last of them.
struct Run {
  int64_t length = 0;
  Day last;
  Day next;  // first day after the last
};

class Streaks {
 public:
  explicit Streaks(const Aggregate& rule) : rule_(rule) {}

  // The days must ascend. The longest run, or the length of the one that reaches `today`.
  int64_t of(Numbers days, Day today) const {
    const bool current = rule_.kind == AggregateKind::kCurrentStreak;
    const Day end = current ? next_period(today, rule_.period, rule_.retail) : Day{INT32_MAX};
    Run run;
    int64_t longest = 0;
    for (const int64_t number : days) {
      const Day day{static_cast<int32_t>(number)};
      if (day >= end) break;
      if (run.length > 0 && day < run.next) continue;
      const Day start = start_of_period(day, rule_.period, rule_.retail);
      run.length = run.length > 0 && start == run.next ? run.length + 1 : 1;
      run.last = start;
      run.next = next_period(start, rule_.period, rule_.retail);
      longest = std::max(longest, run.length);
    }
    if (!current) return longest;
    const Day own = start_of_period(today, rule_.period, rule_.retail);
    return run.length > 0 && (run.last == own || run.next == own) ? run.length : 0;
  }

 private:
  const Aggregate& rule_;
};

Vector streaks(const EventFold& fold) {
  const Ranges& ranges = fold.ranges;
  const Numbers days = fold.values.numbers();
  const Streaks streaks(fold.slot.rule);
  std::vector<int64_t> room;
  std::vector<int64_t> out(ranges.size());
  for (size_t c = 0; c < out.size(); ++c) {
    if (ranges.begin[c] == ranges.end[c]) continue;
    const Numbers range = days.subspan(ranges.begin[c], ranges.end[c] - ranges.begin[c]);
    out[c] = streaks.of(different(range, room), Day{static_cast<int32_t>(fold.today_of(c))});
  }
  return Vector::own(fold.slot.type, std::move(out));
}

Vector decayed(const EventFold& fold) {
  const Ranges& ranges = fold.ranges;
  const bool valued = fold.second != nullptr;  // then the days come second
  const Numbers days = valued ? fold.second->numbers() : fold.values.numbers();
  const int scale = valued ? fold.values.type().scale : 0;
  const int half_life = fold.slot.rule.half_life_days;
  std::vector<double> out(ranges.size());
  for (size_t c = 0; c < out.size(); ++c) {
    const int64_t today = fold.today_of(c);
    double sum = 0;
    for (uint32_t row = ranges.begin[c]; row < ranges.end[c]; ++row) {
      const double units = valued ? static_cast<double>(fold.values.number(row)) : 1;
      sum += units * decay(today - days[row], half_life);
    }
    out[c] = sum / static_cast<double>(power_of_ten(scale));
  }
  return Vector::own(std::move(out));
}

}  // namespace

Vector folded_days(const EventFold& fold) {
  return fold.slot.kind == AggregateKind::kDecayed ? decayed(fold) : streaks(fold);
}

}  // namespace regulars::evaluate
