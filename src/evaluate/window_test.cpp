#include "evaluate/window.h"

#include <gtest/gtest.h>

#include <limits>

namespace regulars::evaluate {
namespace {

constexpr Instant kEver{std::numeric_limits<int64_t>::min()};

Instant at(int year, int month, int date, int64_t hour = 0) {
  return Zone::utc().start_of(to_day({year, month, date})) + hours(hour);
}

TEST(Window, LifetimeReachesBackForEver) {
  const Bounds bounds = bounds_of(lifetime(), at(2024, 1, 1), Zone::utc());
  EXPECT_EQ(bounds.after, kEver);
  EXPECT_EQ(bounds.upto, at(2024, 1, 1));
}

TEST(Window, ALengthBeyondTimeReachesBackForEver) {
  const Duration longest{std::numeric_limits<int64_t>::max()};
  EXPECT_EQ(bounds_of(rolling(longest), at(1960, 1, 1), Zone::utc()).after, kEver);
}

TEST(Window, IsHalfOpen) {
  const Bounds bounds = bounds_of(rolling(days(1)), at(2024, 1, 2), Zone::utc());
  EXPECT_FALSE(bounds.contains(at(2024, 1, 1)));
  EXPECT_TRUE(bounds.contains(at(2024, 1, 1) + microseconds(1)));
  EXPECT_TRUE(bounds.contains(at(2024, 1, 2)));
  EXPECT_FALSE(bounds.contains(at(2024, 1, 2) + microseconds(1)));
}

TEST(Window, NeverReachesBeyondTheAsOf) {
  const Window future = absolute(at(2025, 1, 1), at(2026, 1, 1));
  const Bounds bounds = bounds_of(future, at(2024, 1, 1), Zone::utc());
  EXPECT_EQ(bounds.after, bounds.upto);
  EXPECT_LE(bounds.upto, at(2024, 1, 1));
}

// On 31 March 2024 Berlin's day has 23 hours: from 30 March 23:00 UTC.
TEST(Window, PeriodsFollowTheWallClock) {
  const Zone berlin = Zone::find("Europe/Berlin").value();
  const Bounds today = bounds_of(this_period(Window::Period::kDay), at(2024, 3, 31, 12), berlin);
  EXPECT_EQ(today.after + microseconds(1), at(2024, 3, 30, 23));
  const Bounds yesterday = bounds_of(last_period(Window::Period::kDay), at(2024, 4, 1, 12), berlin);
  EXPECT_EQ(yesterday.after + microseconds(1), at(2024, 3, 30, 23));
  EXPECT_EQ(yesterday.upto + microseconds(1), at(2024, 3, 31, 22));
}

TEST(Window, QuartersBeginInJanuaryAprilJulyAndOctober) {
  for (int month = 1; month <= 12; ++month) {
    const Bounds quarter =
        bounds_of(this_period(Window::Period::kQuarter), at(2024, month, 15), Zone::utc());
    EXPECT_EQ(quarter.after + microseconds(1), at(2024, (month - 1) / 3 * 3 + 1, 1)) << month;
  }
}

Window periods(Window::Kind kind, int count, Window::Period period) {
  Window window;
  window.kind = kind;
  window.count = count;
  window.period = period;
  return window;
}

TEST(Window, PeriodsWithTheCurrentOneAndBeforeIt) {
  const Instant t = at(2024, 3, 14, 15);
  const auto bounds = [&](Window::Kind kind, int count, Window::Period period) {
    const Bounds found = bounds_of(periods(kind, count, period), t, Zone::utc());
    return std::pair(found.after + microseconds(1), found.upto);
  };
  using Kind = Window::Kind;
  using Period = Window::Period;
  EXPECT_EQ(bounds(Kind::kCalendarPeriods, 1, Period::kMonth), std::pair(at(2024, 3, 1), t));
  EXPECT_EQ(bounds(Kind::kCalendarPeriods, 4, Period::kMonth), std::pair(at(2023, 12, 1), t));
  EXPECT_EQ(bounds(Kind::kCalendarPeriods, 2, Period::kWeek), std::pair(at(2024, 3, 4), t));
  EXPECT_EQ(bounds(Kind::kCalendarPeriods, 3, Period::kDay), std::pair(at(2024, 3, 12), t));
  const Instant before_march = at(2024, 3, 1) - microseconds(1);
  EXPECT_EQ(bounds(Kind::kPastPeriods, 2, Period::kMonth), std::pair(at(2024, 1, 1), before_march));
  const Instant before_2024 = at(2024, 1, 1) - microseconds(1);
  EXPECT_EQ(bounds(Kind::kPastPeriods, 1, Period::kQuarter),
            std::pair(at(2023, 10, 1), before_2024));
  EXPECT_EQ(bounds(Kind::kPastPeriods, 3, Period::kYear), std::pair(at(2021, 1, 1), before_2024));
}

TEST(Window, RetailPeriodsAndWeeksFollowTheCalendar) {
  Window window = this_period(Window::Period::kRetailMonth);
  window.retail = {RetailCalendar::Pattern::k454, RetailCalendar::YearEnd::kNearest, 1, 7};
  const Instant t = at(2024, 2, 3, 12);  // in the 53rd week of 2023
  EXPECT_EQ(bounds_of(window, t, Zone::utc()).after + microseconds(1), at(2023, 12, 31));
  window.period = Window::Period::kRetailYear;
  EXPECT_EQ(bounds_of(window, t, Zone::utc()).after + microseconds(1), at(2023, 1, 29));
  window.kind = Window::Kind::kLastPeriod;
  EXPECT_EQ(bounds_of(window, t, Zone::utc()).after + microseconds(1), at(2022, 1, 30));
  window.kind = Window::Kind::kPastPeriods;
  window.period = Window::Period::kRetailQuarter;
  window.count = 2;  // quarters of 2023 before the one of 14 weeks
  EXPECT_EQ(bounds_of(window, t, Zone::utc()).after + microseconds(1), at(2023, 4, 30));
  EXPECT_EQ(bounds_of(window, t, Zone::utc()).upto + microseconds(1), at(2023, 10, 29));
  window.kind = Window::Kind::kThisPeriod;
  window.period = Window::Period::kWeek;
  EXPECT_EQ(bounds_of(window, t, Zone::utc()).after + microseconds(1), at(2024, 1, 28));
}

TEST(Window, ImpossibleOnesAreRefused) {
  EXPECT_TRUE(check_window(periods(Window::Kind::kPastPeriods, 1, Window::Period::kWeek)));
  EXPECT_FALSE(check_window(periods(Window::Kind::kPastPeriods, 0, Window::Period::kWeek)));
  EXPECT_FALSE(
      check_window(periods(Window::Kind::kCalendarPeriods, 1'001, Window::Period::kRetailYear)));
  Window eighth_day = this_period(Window::Period::kWeek);
  eighth_day.retail.week_start = 8;
  EXPECT_FALSE(check_window(eighth_day));

  EXPECT_TRUE(check_window(between_ago(days(2), days(1))));
  EXPECT_FALSE(check_window(between_ago(days(1), days(1))));
  EXPECT_FALSE(check_window(between_ago(days(1), -days(1))));
  EXPECT_FALSE(check_window(rolling({})));
  EXPECT_TRUE(check_window(months(12)));
  EXPECT_FALSE(check_window(months(0)));
  EXPECT_FALSE(check_window(months(100'000)));
  EXPECT_FALSE(check_window(calendar_days(0)));
  EXPECT_FALSE(check_window(absolute(at(2024, 1, 1), at(2024, 1, 1))));
}

TEST(Window, AheadEndsLaterThanTheAsOf) {
  const Zone zone = Zone::find("Europe/Berlin").value();
  const Instant t = zone.at(to_day({2024, 3, 30}), hours(12).micros);
  Window window;
  window.kind = Window::Kind::kAhead;
  window.from = days(1);
  EXPECT_EQ(bounds_of(window, t, zone).after, t);
  EXPECT_EQ(bounds_of(window, t, zone).upto, t + hours(24));
  window.kind = Window::Kind::kAheadMonths;
  window.from_months = 1;
  EXPECT_EQ(bounds_of(window, t, zone).upto, zone.at(to_day({2024, 4, 30}), hours(12).micros));
  window.kind = Window::Kind::kAheadDays;
  window.count = 1;  // the day of 23 hours
  EXPECT_EQ(bounds_of(window, t, zone).upto, t + hours(12 + 23) - microseconds(1));
  window.kind = Window::Kind::kAhead;
  window.from = Duration{INT64_MAX};
  EXPECT_EQ(bounds_of(window, t, zone).upto.micros, INT64_MAX);
}

}  // namespace
}  // namespace regulars::evaluate
