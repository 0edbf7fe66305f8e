#include "base/retail_calendar.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace regulars {
namespace {

Day on(int year, int month, int date) { return to_day({year, month, date}); }

RetailCalendar nrf() {
  RetailCalendar calendar;
  calendar.pattern = RetailCalendar::Pattern::k454;
  calendar.week_start = 7;
  return calendar;
}

// First days as the National Retail Federation publishes them; 2012, 2017 and 2023 have 53 weeks.
TEST(RetailCalendar, YearsBeginAsPublished) {
  const std::array starts = {on(2012, 1, 29), on(2013, 2, 3),  on(2014, 2, 2),  on(2015, 2, 1),
                             on(2016, 1, 31), on(2017, 1, 29), on(2018, 2, 4),  on(2019, 2, 3),
                             on(2020, 2, 2),  on(2021, 1, 31), on(2022, 1, 30), on(2023, 1, 29),
                             on(2024, 2, 4),  on(2025, 2, 2)};
  for (size_t i = 0; i < starts.size(); ++i) {
    const int year = 2012 + static_cast<int>(i);
    EXPECT_EQ(start_of(nrf(), RetailPeriod::kYear, on(year, 6, 15)), starts[i]) << year;
    EXPECT_EQ(start_of(nrf(), RetailPeriod::kYear, starts[i]), starts[i]) << year;
    EXPECT_EQ(retail_date(nrf(), starts[i]).year, year);
    EXPECT_EQ(retail_date(nrf(), starts[i] - 1).year, year - 1);
    if (i + 1 == starts.size()) continue;
    EXPECT_EQ(next_start(nrf(), RetailPeriod::kYear, starts[i]), starts[i + 1]) << year;
    const bool long_year = year == 2012 || year == 2017 || year == 2023;
    EXPECT_EQ(retail_date(nrf(), starts[i + 1] - 1).week, long_year ? 53 : 52) << year;
  }
}

TEST(RetailCalendar, MonthsOfFourFiveFourWeeks) {
  // NRF 2024: February 4 Feb - 2 Mar, March 3 Mar - 6 Apr, April 7 Apr - 4 May, May 5 May ...
  const std::array starts = {on(2024, 2, 4),  on(2024, 3, 3),  on(2024, 4, 7),  on(2024, 5, 5),
                             on(2024, 6, 2),  on(2024, 7, 7),  on(2024, 8, 4),  on(2024, 9, 1),
                             on(2024, 10, 6), on(2024, 11, 3), on(2024, 12, 1), on(2025, 1, 5)};
  for (size_t i = 0; i < starts.size(); ++i) {
    EXPECT_EQ(start_of(nrf(), RetailPeriod::kMonth, starts[i] + 20), starts[i]) << i;
    const RetailDate date = retail_date(nrf(), starts[i]);
    EXPECT_EQ(date.month, static_cast<int>(i) + 1);
    EXPECT_EQ(date.quarter, static_cast<int>(i) / 3 + 1);
    const Day next = i + 1 < starts.size() ? starts[i + 1] : on(2025, 2, 2);
    EXPECT_EQ(next_start(nrf(), RetailPeriod::kMonth, starts[i]), next) << i;
  }
  EXPECT_EQ(start_of(nrf(), RetailPeriod::kQuarter, on(2024, 7, 1)), on(2024, 5, 5));
  EXPECT_EQ(next_start(nrf(), RetailPeriod::kQuarter, on(2024, 12, 1)), on(2025, 2, 2));
}

// The 53rd week of 2023, 28 January to 3 February 2024, belongs to January.
TEST(RetailCalendar, TheFiftyThirdWeekBelongsToTheLastMonth) {
  const RetailDate date = retail_date(nrf(), on(2024, 2, 3));
  EXPECT_EQ(date.year, 2023);
  EXPECT_EQ(date.week, 53);
  EXPECT_EQ(date.month, 12);
  EXPECT_EQ(date.quarter, 4);
  EXPECT_EQ(start_of(nrf(), RetailPeriod::kMonth, on(2024, 2, 3)), on(2023, 12, 31));
  EXPECT_EQ(next_start(nrf(), RetailPeriod::kMonth, on(2024, 2, 3)), on(2024, 2, 4));
}

std::array<int, 3> weeks_of_first_months(RetailCalendar::Pattern pattern) {
  RetailCalendar calendar = nrf();
  calendar.pattern = pattern;
  std::array<int, 3> weeks{};
  Day start = on(2024, 2, 4);
  for (int& length : weeks) {
    const Day next = next_start(calendar, RetailPeriod::kMonth, start);
    length = (next - start) / 7;
    start = next;
  }
  return weeks;
}

TEST(RetailCalendar, Patterns) {
  EXPECT_EQ(weeks_of_first_months(RetailCalendar::Pattern::k445), (std::array{4, 4, 5}));
  EXPECT_EQ(weeks_of_first_months(RetailCalendar::Pattern::k454), (std::array{4, 5, 4}));
  EXPECT_EQ(weeks_of_first_months(RetailCalendar::Pattern::k544), (std::array{5, 4, 4}));
  EXPECT_EQ(weeks_of_first_months(RetailCalendar::Pattern::k13x4), (std::array{4, 4, 4}));
}

TEST(RetailCalendar, ThirteenMonths) {
  RetailCalendar calendar = nrf();
  calendar.pattern = RetailCalendar::Pattern::k13x4;
  const Day start = on(2023, 1, 29);  // a year of 53 weeks
  std::array<int, 5> months_of_quarter{};
  std::set<int> months;
  for (int week = 0; week < 53; ++week) {
    const RetailDate date = retail_date(calendar, start + 7 * week);
    EXPECT_EQ(date.week, week + 1);
    EXPECT_EQ(date.month, week == 52 ? 13 : week / 4 + 1);
    if (months.insert(date.month).second) ++months_of_quarter[static_cast<size_t>(date.quarter)];
  }
  EXPECT_EQ(months_of_quarter, (std::array{0, 3, 3, 3, 4}));
  EXPECT_EQ(next_start(calendar, RetailPeriod::kQuarter, start + 7 * 40), on(2024, 2, 4));
}

// A fiscal year on the last Saturday of August: 30 August 2025, not the nearer 6 September.
TEST(RetailCalendar, EndsOnTheLastWeekdayOfItsMonth) {
  RetailCalendar calendar = nrf();
  calendar.year_end = RetailCalendar::YearEnd::kLast;
  calendar.year_end_month = 8;
  EXPECT_EQ(start_of(calendar, RetailPeriod::kYear, on(2025, 9, 15)), on(2025, 8, 31));
  EXPECT_EQ(start_of(calendar, RetailPeriod::kYear, on(2024, 9, 15)), on(2024, 9, 1));
  EXPECT_EQ(retail_date(calendar, on(2025, 8, 31)).year, 2025);
}

// Years near the calendar's begin in December or in January; each has a name of its own.
TEST(RetailCalendar, YearsThatEndInDecemberHaveNamesOfTheirOwn) {
  RetailCalendar calendar = nrf();
  calendar.year_end_month = 12;
  EXPECT_EQ(retail_date(calendar, on(2017, 1, 1)).year, 2017);
  EXPECT_EQ(retail_date(calendar, on(2017, 12, 30)).year, 2017);
  EXPECT_EQ(retail_date(calendar, on(2017, 12, 31)).year, 2018);
  EXPECT_EQ(retail_date(calendar, on(2018, 12, 30)).year, 2019);
}

TEST(RetailCalendar, WeeksBeginOnAnyDay) {
  RetailCalendar calendar;
  for (int start = 1; start <= 7; ++start) {
    calendar.week_start = start;
    for (int i = 0; i < 14; ++i) {
      const Day day = on(1969, 12, 25) + i;
      const Day week = start_of_week(calendar, day);
      EXPECT_EQ(weekday(week), start);
      EXPECT_LE(week, day);
      EXPECT_LT(day - week, 7);
    }
  }
}

// Periods cover all days without gap or overlap, whatever the calendar.
TEST(RetailCalendar, PeriodsAdjoin) {
  using Pattern = RetailCalendar::Pattern;
  for (const Pattern pattern : {Pattern::k445, Pattern::k454, Pattern::k544, Pattern::k13x4}) {
    for (int month = 1; month <= 12; ++month) {
      for (const auto end : {RetailCalendar::YearEnd::kLast, RetailCalendar::YearEnd::kNearest}) {
        const RetailCalendar calendar{pattern, end, month, month % 7 + 1};
        for (const auto period :
             {RetailPeriod::kMonth, RetailPeriod::kQuarter, RetailPeriod::kYear}) {
          Day start = start_of(calendar, period, on(2015, 1, 1));
          while (start < on(2026, 1, 1)) {
            const Day next = next_start(calendar, period, start);
            ASSERT_GT(next, start);
            ASSERT_EQ(start_of(calendar, period, next), next);
            ASSERT_EQ(start_of(calendar, period, next - 1), start);
            ASSERT_EQ(weekday(start), calendar.week_start);
            start = next;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace regulars
