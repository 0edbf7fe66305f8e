#include "data/isolated_dates.h"

#include <algorithm>
#include <cassert>

namespace regulars {
namespace {

using DayRows = std::vector<std::pair<Day, int64_t>>;

constexpr int kLeastGapDays = 60;
constexpr int kTimesLongestGap = 5;
constexpr int64_t kLeastRows = 5;

bool is_stand_in(Day day) {
  const CivilDate date = to_civil(day);
  const bool new_year = date.month == 1 && date.day == 1;
  const bool year_end = date.month == 12 && date.day == 31;
  if (new_year && (date.year <= 1900 || date.year == 1970)) return true;
  if (date == CivilDate{1899, 12, 30} || date == CivilDate{1969, 12, 31}) return true;
  return date.year >= 2099 && (new_year || year_end);
}

// How many days at one end hold at most `rows` rows together.
size_t days_holding(const DayRows& days, int64_t rows, bool at_end) {
  size_t count = 0;
  while (count < days.size()) {
    const int64_t here = days[at_end ? days.size() - 1 - count : count].second;
    if (here > rows) break;
    rows -= here;
    ++count;
  }
  return count;
}

struct Side {
  size_t cut = 0;    // days beyond the gap
  int64_t rows = 0;  // on those days
};

// The gap nearest to the bulk that is long enough, seen outwards; `step` is +1 or -1.
Side find_gap(const DayRows& days, size_t from, size_t to, int longest, int64_t all) {
  const bool up = to > from;
  Side side;
  for (size_t i = from; i != to; i = up ? i + 1 : i - 1) {
    const size_t next = up ? i + 1 : i - 1;
    const int gap = std::abs(days[next].first - days[i].first);
    if (gap <= kLeastGapDays || gap <= kTimesLongestGap * longest) continue;
    int64_t rows = 0;
    int64_t stand_ins = 0;
    const size_t begin = up ? next : to;
    const size_t end = up ? to + 1 : i;
    for (size_t d = begin; d < end; ++d) {
      (is_stand_in(days[d].first) ? stand_ins : rows) += days[d].second;
    }
    const bool few =
        rows <= std::max<int64_t>(1, all / 1000) && (stand_ins <= 1 || stand_ins <= all / 20);
    if (few) return {end - begin, rows + stand_ins};
  }
  return side;
}

}  // namespace

DateRange find_date_range(const DayRows& days) {
  assert(!days.empty());
  DateRange range{days.front().first, days.back().first, 0, 0,
                  days.front().first, days.back().first};
  int64_t all = 0;
  for (const auto& [day, rows] : days) all += rows;
  if (all < kLeastRows || days.size() < 3) return range;
  int64_t stand_ins_before = is_stand_in(days.front().first) ? days.front().second : 0;
  int64_t stand_ins_after = is_stand_in(days.back().first) ? days.back().second : 0;
  if (stand_ins_before > all / 20) stand_ins_before = 0;
  if (stand_ins_after > all / 20) stand_ins_after = 0;
  const int64_t aside = std::max<int64_t>(1, all / 200);
  const size_t low = days_holding(days, aside + stand_ins_before, false);
  const size_t high = days_holding(days, aside + stand_ins_after, true);
  if (low + high + 2 > days.size()) return range;
  const size_t bulk_first = low;
  const size_t bulk_last = days.size() - 1 - high;
  int longest = 1;
  for (size_t i = bulk_first; i < bulk_last; ++i) {
    longest = std::max(longest, days[i + 1].first - days[i].first);
  }
  const Side before = find_gap(days, bulk_first, 0, longest, all);
  const Side after = find_gap(days, bulk_last, days.size() - 1, longest, all);
  range.first = days[before.cut].first;
  range.last = days[days.size() - 1 - after.cut].first;
  range.isolated_before = before.rows;
  range.isolated_after = after.rows;
  return range;
}

}  // namespace regulars
