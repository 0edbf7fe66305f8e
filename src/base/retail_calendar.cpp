#include "base/retail_calendar.h"

#include <array>

namespace regulars {
namespace {

constexpr int kWeeksOfQuarter = 13;

// The last day of the retail year that ends at the end of `year_end_month` of that calendar year.
Day last_day(const RetailCalendar& calendar, int calendar_year) {
  const int month = calendar.year_end_month;
  const Day month_end = to_day({calendar_year, month, days_in_month(calendar_year, month)});
  const int wanted = (calendar.week_start + 5) % 7 + 1;
  const int back = (weekday(month_end) - wanted + 7) % 7;
  const bool after = calendar.year_end == RetailCalendar::YearEnd::kNearest && back > 3;
  return month_end - back + (after ? 7 : 0);
}

Day start_of_year(const RetailCalendar& calendar, int year) {
  return last_day(calendar, calendar.year_end_month == 12 ? year - 1 : year) + 1;
}

int year_of(const RetailCalendar& calendar, Day day) {
  int year = to_civil(day).year + 1;
  while (start_of_year(calendar, year) > day) --year;
  return year;
}

int months_of_year(const RetailCalendar& calendar) {
  return calendar.pattern == RetailCalendar::Pattern::k13x4 ? 13 : 12;
}

// Weeks of the year before its month, from 0.
int weeks_before_month(const RetailCalendar& calendar, int month) {
  static constexpr std::array k445 = {0, 4, 8};
  static constexpr std::array k454 = {0, 4, 9};
  static constexpr std::array k544 = {0, 5, 9};
  const auto place = static_cast<size_t>(month % 3);
  const int before = month / 3 * kWeeksOfQuarter;
  switch (calendar.pattern) {
    case RetailCalendar::Pattern::k445:
      return before + k445[place];
    case RetailCalendar::Pattern::k454:
      return before + k454[place];
    case RetailCalendar::Pattern::k544:
      return before + k544[place];
    case RetailCalendar::Pattern::k13x4:
      break;
  }
  return 4 * month;
}

int weeks_before_quarter(const RetailCalendar& calendar, int quarter) {
  return weeks_before_month(calendar, 3 * quarter);
}

// Whole weeks from the beginning of the year, and that beginning.
struct YearPlace {
  int year;
  Day start;
  int week;   // from 0
  int month;  // from 0
};

YearPlace place_of(const RetailCalendar& calendar, Day day) {
  YearPlace place{};
  place.year = year_of(calendar, day);
  place.start = start_of_year(calendar, place.year);
  place.week = (day - place.start) / 7;
  place.month = months_of_year(calendar) - 1;
  while (weeks_before_month(calendar, place.month) > place.week) --place.month;
  return place;
}

// A thirteenth month belongs to the fourth quarter.
int quarter_of(int month) { return month < 9 ? month / 3 : 3; }

}  // namespace

Day start_of_week(const RetailCalendar& calendar, Day day) {
  return day - (weekday(day) - calendar.week_start + 7) % 7;
}

Day start_of(const RetailCalendar& calendar, RetailPeriod period, Day day) {
  const YearPlace place = place_of(calendar, day);
  switch (period) {
    case RetailPeriod::kMonth:
      return place.start + 7 * weeks_before_month(calendar, place.month);
    case RetailPeriod::kQuarter:
      return place.start + 7 * weeks_before_quarter(calendar, quarter_of(place.month));
    case RetailPeriod::kYear:
      break;
  }
  return place.start;
}

Day next_start(const RetailCalendar& calendar, RetailPeriod period, Day day) {
  const YearPlace place = place_of(calendar, day);
  const int month = place.month + 1;
  const int quarter = quarter_of(place.month) + 1;
  if (period == RetailPeriod::kMonth && month < months_of_year(calendar)) {
    return place.start + 7 * weeks_before_month(calendar, month);
  }
  if (period == RetailPeriod::kQuarter && quarter < 4) {
    return place.start + 7 * weeks_before_quarter(calendar, quarter);
  }
  return start_of_year(calendar, place.year + 1);
}

RetailDate retail_date(const RetailCalendar& calendar, Day day) {
  const YearPlace place = place_of(calendar, day);
  return {place.year, quarter_of(place.month) + 1, place.month + 1, place.week + 1};
}

}  // namespace regulars
