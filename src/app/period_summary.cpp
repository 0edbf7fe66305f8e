#include "app/period_summary.h"

#include <algorithm>
#include <set>
#include <utility>

namespace regulars::app {
namespace {

// Calendar periods numbered one after the other; weeks begin on Monday.
int period_of(Day day, models::TimeUnit unit) {
  switch (unit) {
    case models::TimeUnit::kDay:
      return day.number;
    case models::TimeUnit::kWeek:
      return (day.number - weekday(day) + 1) / 7;
    case models::TimeUnit::kMonth: {
      const CivilDate date = to_civil(day);
      return date.year * 12 + date.month - 1;
    }
    case models::TimeUnit::kYear:
      return to_civil(day).year;
  }
  return 0;
}

// Of one customer; `periods` ascending, each once, none after `last`.
void add_customer(uint32_t customer, const std::vector<int>& periods, int last,
                  PeriodSummary& result) {
  const int first = periods.front();
  size_t in_a_row = 1;
  while (in_a_row < periods.size() && periods[in_a_row] == first + static_cast<int>(in_a_row)) {
    ++in_a_row;
  }
  const bool left = first + static_cast<int>(in_a_row) <= last;
  result.customer.push_back(customer);
  result.cell.push_back({static_cast<double>(periods.size() - 1),
                         static_cast<double>(periods.back() - first),
                         static_cast<double>(last - first)});
  result.stayed.push_back(static_cast<double>(left ? in_a_row : in_a_row - 1));
  result.left.push_back(left ? 1 : 0);
}

}  // namespace

PeriodSummary period_summary(const models::Purchases& purchases, models::TimeUnit unit,
                             const Zone& zone, Instant until) {
  const int last = period_of(zone.day_of(until) + 1, unit) - 1;
  std::vector<std::pair<uint32_t, int>> rows;
  for (size_t i = 0; i < purchases.at.size(); ++i) {
    if (purchases.at[i] > until || purchases.amount[i] < 0) continue;
    rows.emplace_back(purchases.customer[i], period_of(zone.day_of(purchases.at[i]), unit));
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  PeriodSummary result;
  std::vector<int> periods;
  for (size_t i = 0; i < rows.size();) {
    const uint32_t customer = rows[i].first;
    periods.clear();
    for (; i < rows.size() && rows[i].first == customer; ++i) {
      if (rows[i].second <= last) periods.push_back(rows[i].second);
    }
    if (periods.empty()) {
      ++result.first_in_last;
    } else {
      add_customer(customer, periods, last, result);
    }
  }
  return result;
}

}  // namespace regulars::app
