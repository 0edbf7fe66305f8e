// Private to evaluate: calendar periods of a wall calendar, those of the retail calendar among
// them. A period is named by its first day.
#pragma once

#include "evaluate/expression.h"

namespace regulars::evaluate {

Day start_of_period(Day day, Window::Period period, const RetailCalendar& retail);
// First day of the period after the one that holds the day.
Day next_period(Day day, Window::Period period, const RetailCalendar& retail);
// First day of the period that lies `count` periods before the one that holds the day.
Day earlier_period(Day day, int count, Window::Period period, const RetailCalendar& retail);

Result<void> check_calendar(const RetailCalendar& retail);

}  // namespace regulars::evaluate
