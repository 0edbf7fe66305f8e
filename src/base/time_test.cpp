#include "base/time.h"

#include <gtest/gtest.h>

namespace regulars {
namespace {

TEST(Calendar, LeapDaysAndClamping) {
  EXPECT_TRUE(is_valid({2024, 2, 29}));
  EXPECT_FALSE(is_valid({2023, 2, 29}));
  EXPECT_FALSE(is_valid({2023, 13, 1}));
  EXPECT_EQ(to_iso(add_months(to_day({2024, 3, 31}), -1)), "2024-02-29");
  EXPECT_EQ(to_iso(add_months(to_day({2024, 2, 29}), 12)), "2025-02-28");
  EXPECT_EQ(to_iso(add_months(to_day({2024, 1, 15}), -13)), "2022-12-15");
  EXPECT_EQ(weekday(to_day({2026, 11, 21})), 6);
  EXPECT_EQ(for_people(to_day({2011, 12, 9})), "9 Dec 2011");
}

TEST(Calendar, DaysBeforeTheEpoch) {
  EXPECT_EQ(to_day({1969, 12, 31}).number, -1);
  EXPECT_EQ(Zone::utc().day_of(Instant{-1}).number, -1);
  EXPECT_EQ(to_iso(Instant{-1}), "1969-12-31T23:59:59.999999Z");
}

TEST(Zone, DaylightSavingInBerlin) {
  const Zone berlin = *Zone::find("Europe/Berlin");
  const Day spring = to_day({2024, 3, 31});
  EXPECT_EQ(berlin.start_of(spring + 1) - berlin.start_of(spring), hours(23));
  const Day autumn = to_day({2024, 10, 27});
  EXPECT_EQ(berlin.start_of(autumn + 1) - berlin.start_of(autumn), hours(25));
  // 02:30 does not exist on 31 March: the end of the gap, 03:00 local.
  EXPECT_EQ(to_iso(berlin.at(spring, hours(2).micros + minutes(30).micros)),
            "2024-03-31T01:00:00Z");
  // 02:30 occurs twice on 27 October: the earlier one, still in summer time.
  EXPECT_EQ(to_iso(berlin.at(autumn, hours(2).micros + minutes(30).micros)),
            "2024-10-27T00:30:00Z");
}

TEST(Zone, EveningOfCalifornia) {
  const Zone la = *Zone::find("America/Los_Angeles");
  const Instant evening{(to_day({2024, 1, 2}).number * int64_t{86400} + 3 * 3600) * 1'000'000};
  EXPECT_EQ(to_iso(la.day_of(evening)), "2024-01-01");
  EXPECT_EQ(la.micros_of_day(evening), hours(19).micros);
}

TEST(Zone, StartOfEveryDayIsThatDay) {
  for (const char* name :
       {"Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia"}) {
    const Zone zone = *Zone::find(name);
    for (Day day = to_day({2005, 1, 1}); day < to_day({2013, 1, 1}); day = day + 1) {
      const Instant start = zone.start_of(day);
      // Samoa had no 30 December 2011: its start is the start of the day after.
      if (zone.day_of(start) != day) {
        EXPECT_EQ(to_iso(day), "2011-12-30") << name;
        continue;
      }
      EXPECT_LT(zone.day_of(start - microseconds(1)), day) << name << " " << to_iso(day);
    }
  }
}

TEST(Zone, UnknownNameIsAnError) {
  const auto zone = Zone::find("Europe/Atlantis");
  ASSERT_FALSE(zone.ok());
  EXPECT_EQ(zone.error().code(), ErrorCode::kNotFound);
}

}  // namespace
}  // namespace regulars
