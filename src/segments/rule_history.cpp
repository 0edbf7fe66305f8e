#include "segments/rule_history.h"

#include <algorithm>

namespace regulars::segments {
namespace {

int64_t only_in_first(const std::vector<CustomerNumber>& a, const std::vector<CustomerNumber>& b) {
  std::vector<CustomerNumber> rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
  return static_cast<int64_t>(rest.size());
}

// First day of the period after the one that holds the day.
Day next_period(Day day, Step step) {
  switch (step) {
    case Step::kDay:
      return day + 1;
    case Step::kWeek:
      return day + (8 - weekday(day));
    case Step::kMonth:
      return add_months(start_of_month(day), 1);
    case Step::kQuarter: {
      const CivilDate date = to_civil(day);
      return add_months(to_day({date.year, date.month - (date.month - 1) % 3, 1}), 3);
    }
    case Step::kYear:
      return to_day({to_civil(day).year + 1, 1, 1});
  }
  return day + 1;
}

}  // namespace

Result<std::vector<RulePoint>> rule_history(const Asking& asking,
                                            const evaluate::ExpressionPtr& rule,
                                            const std::vector<Instant>& instants) {
  REGULARS_ASSIGN(const std::vector<Asked> asked, ask_at(asking, {{"rule", rule}}, instants));
  std::vector<RulePoint> points;
  std::vector<CustomerNumber> before;
  for (size_t i = 0; i < instants.size(); ++i) {
    const Instant t = instants[i];
    auto now = customers_in(*asking.history, asked[i].answers.columns.front(), t);
    RulePoint point{t, static_cast<int64_t>(now.size()),    0,
                    0, population_size(*asking.history, t), asked[i].snapshot};
    if (i > 0) {
      point.entered = only_in_first(now, before);
      point.left = only_in_first(before, now);
    }
    points.push_back(std::move(point));
    before = std::move(now);
  }
  return points;
}

std::vector<Instant> period_ends(const Zone& zone, Instant from, Instant to, Step step) {
  std::vector<Instant> ends;
  for (Day day = zone.day_of(from);;) {
    day = next_period(day, step);
    const Instant end = zone.start_of(day) - microseconds(1);
    if (end >= to) break;
    if (end >= from) ends.push_back(end);
  }
  ends.push_back(to);
  return ends;
}

}  // namespace regulars::segments
