// The retail calendar: years of 52 or 53 whole weeks, so that periods of two years hold the same
// weekdays.
//
// A year ends on the `last` or the `nearest` weekday (the day before `week_start`) to the end of
// its last month, and has four quarters of 13 weeks, split into months of 4, 4 and 5 weeks or as
// `pattern` says. A 53rd week belongs to the last month. With k13x4 a year has 13 months of 4 weeks
// and its quarters hold 3, 3, 3 and 4 of them. Source: NRF 4-5-4 calendar (year_end_month 1,
// nearest Saturday, week from Sunday); IRS Pub. 538 for 52-53-week years.
//
// Thread-safety: values.
#pragma once

#include "base/time.h"

namespace regulars {

struct RetailCalendar {
  enum class Pattern { k445, k454, k544, k13x4 };
  enum class YearEnd { kLast, kNearest };
  Pattern pattern = Pattern::k445;
  YearEnd year_end = YearEnd::kNearest;
  int year_end_month = 1;  // 1..12: the month at whose end a retail year ends
  int week_start = 1;      // 1 = Monday .. 7 = Sunday; also where calendar weeks begin
  bool operator==(const RetailCalendar&) const = default;
};

enum class RetailPeriod { kMonth, kQuarter, kYear };

// First day of the week, or of the retail period, that holds the day.
Day start_of_week(const RetailCalendar& calendar, Day day);
Day start_of(const RetailCalendar& calendar, RetailPeriod period, Day day);
// First day of the next such period.
Day next_start(const RetailCalendar& calendar, RetailPeriod period, Day day);

// Where a day stands. A year is named by the calendar year of the first day after `year_end_month`:
// the one that begins near 1 February 2024 is 2024, with year_end_month 12 near 1 January 2024.
struct RetailDate {
  int year = 0;
  int quarter = 1;  // 1..4
  int month = 1;    // 1..12 or 1..13
  int week = 1;     // 1..53
};
RetailDate retail_date(const RetailCalendar& calendar, Day day);

}  // namespace regulars
