#include "evaluate/period.h"

namespace regulars::evaluate {
namespace {

using Period = Window::Period;

// Months of a period of the common calendar, else 0.
int months_of(Period period) {
  if (period == Period::kMonth) return 1;
  if (period == Period::kQuarter) return 3;
  return period == Period::kYear ? 12 : 0;
}

RetailPeriod retail_period(Period period) {
  if (period == Period::kRetailMonth) return RetailPeriod::kMonth;
  return period == Period::kRetailQuarter ? RetailPeriod::kQuarter : RetailPeriod::kYear;
}

}  // namespace

Day start_of_period(Day day, Period period, const RetailCalendar& retail) {
  switch (period) {
    case Period::kDay:
      return day;
    case Period::kWeek:
      return start_of_week(retail, day);
    case Period::kMonth:
      return start_of_month(day);
    case Period::kQuarter: {
      const CivilDate date = to_civil(day);
      return to_day({date.year, date.month - (date.month - 1) % 3, 1});
    }
    case Period::kYear:
      return to_day({to_civil(day).year, 1, 1});
    default:
      return start_of(retail, retail_period(period), day);
  }
}

Day next_period(Day day, Period period, const RetailCalendar& retail) {
  if (period == Period::kDay) return day + 1;
  if (period == Period::kWeek) return start_of_week(retail, day) + 7;
  const int months = months_of(period);
  if (months == 0) return next_start(retail, retail_period(period), day);
  return add_months(start_of_period(day, period, retail), months);
}

Day earlier_period(Day day, int count, Period period, const RetailCalendar& retail) {
  Day start = start_of_period(day, period, retail);
  if (period == Period::kDay) return start - count;
  if (period == Period::kWeek) return start - 7 * count;
  const int months = months_of(period);
  if (months != 0) return add_months(start, -months * count);
  for (; count > 0; --count) start = start_of(retail, retail_period(period), start - 1);
  return start;
}

Result<void> check_calendar(const RetailCalendar& retail) {
  if (retail.year_end_month < 1 || retail.year_end_month > 12) {
    return Error(ErrorCode::kBadDefinition, "a retail year ends in month 1 to 12");
  }
  if (retail.week_start < 1 || retail.week_start > 7) {
    return Error(ErrorCode::kBadDefinition, "a week begins on day 1 (Monday) to 7 (Sunday)");
  }
  return {};
}

}  // namespace regulars::evaluate
