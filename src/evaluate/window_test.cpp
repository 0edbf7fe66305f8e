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

TEST(Window, ImpossibleOnesAreRefused) {
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

}  // namespace
}  // namespace regulars::evaluate
