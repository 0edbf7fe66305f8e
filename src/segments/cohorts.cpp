#include <algorithm>

#include "segments/features.h"
#include "segments/ladder.h"

namespace regulars::segments {
namespace {

constexpr size_t kMostPeriods = 36;

Day period_of(Day day, bool quarters) {
  const CivilDate date = to_civil(start_of_month(day));
  if (!quarters) return to_day(date);
  return to_day({date.year, (date.month - 1) / 3 * 3 + 1, 1});
}

std::vector<Day> periods_between(Day from, Day to, bool quarters) {
  std::vector<Day> periods;
  const int months = quarters ? 3 : 1;
  for (Day p = period_of(from, quarters); p <= to; p = add_months(p, months)) periods.push_back(p);
  return periods;
}

}  // namespace

Result<Cohorts> cohorts(const History& history, const Zone& zone, const CustomerFacts& facts,
                        Day history_begin, Day history_end, double q80, size_t threads) {
  Cohorts result;
  std::vector<Day> periods = periods_between(history_begin, history_end, false);
  if (periods.size() > kMostPeriods) {
    result.quarters = true;
    periods = periods_between(history_begin, history_end, true);
  }
  if (periods.size() > kMostPeriods) {  // nine years and more: the latest ones
    periods.erase(periods.begin(), periods.end() - kMostPeriods);
  }
  std::vector<Instant> ends;
  for (const Day period : periods) {
    ends.push_back(zone.end_of(add_months(period, result.quarters ? 3 : 1) - 1));
  }
  const PurchaseFeatures features(history);
  const auto unit =
      result.quarters ? evaluate::Window::Period::kQuarter : evaluate::Window::Period::kMonth;
  REGULARS_ASSIGN(const evaluate::Plan plan,
                  evaluate::Plan::compile(
                      evaluate::schema_of(history),
                      {{"bought", evaluate::make(evaluate::Op::kGreater,
                                                 {features.orders(evaluate::this_period(unit)),
                                                  evaluate::integer(0)})}},
                      zone));
  REGULARS_ASSIGN(const std::vector<evaluate::Answers> answers,
                  plan.run(history, ends, {.threads = threads, .given = {}}));

  // The last period is complete only when the history reaches its end, and was seen to it.
  const bool last_complete = zone.day_of(ends.back()) <= history_end && ends.back() <= facts.as_of;
  for (size_t p = 0; p < periods.size(); ++p) {
    Cohort cohort;
    cohort.begin = periods[p];
    cohort.not_really_new = q80 >= 0 && periods[p] - history_begin < q80;
    cohort.retained.assign(periods.size() - p, 0);
    if (!last_complete) cohort.retained.back() = -1;
    result.cohorts.push_back(std::move(cohort));
  }
  for (size_t c = 0; c < facts.size(); ++c) {
    if (!facts.is_customer(c)) continue;
    const Day first = period_of(Day{static_cast<int32_t>(facts.first_day[c])}, result.quarters);
    const auto found = std::lower_bound(periods.begin(), periods.end(), first);
    if (found == periods.end() || *found != first) continue;
    const auto p = static_cast<size_t>(found - periods.begin());
    Cohort& cohort = result.cohorts[p];
    ++cohort.customers;
    for (size_t k = 0; k < cohort.retained.size(); ++k) {
      if (cohort.retained[k] >= 0 && answers[p + k].columns[0].is_true(c)) {
        ++cohort.retained[k];
      }
    }
  }
  return result;
}

}  // namespace regulars::segments
