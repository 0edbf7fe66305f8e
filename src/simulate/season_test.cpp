#include "simulate/season.h"

#include <gtest/gtest.h>

namespace regulars::simulate {
namespace {

TEST(WallClock, AgreesWithTheZoneThroughDaylightSaving) {
  for (const char* name : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"}) {
    const Result<Zone> zone = Zone::find(name);
    ASSERT_TRUE(zone.ok());
    const Day first = to_day({2024, 1, 1});
    const Day last = to_day({2024, 12, 31});
    const WallClock clock(*zone, first, last);
    for (Day day = first - 2; day <= last + 2; day = day + 1) {
      for (int second = 0; second < 86'400; second += 1799) {
        const Instant t = clock.at(day, second);
        ASSERT_EQ(t, zone->at(day, second * int64_t{1'000'000})) << name << to_iso(day);
        const WallClock::Local local = clock.local(t);
        ASSERT_EQ(local.day, zone->day_of(t)) << name << to_iso(t);
        ASSERT_EQ(local.second, zone->micros_of_day(t) / 1'000'000) << name << to_iso(t);
      }
    }
  }
}

TEST(BusyClock, AveragesOneAndSkipsDaysWithoutBusiness) {
  PresetData data = kCoffee;
  data.weekdays = {1, 1, 1, 1, 1, 1, 0};
  const Day first = to_day({2022, 1, 1});
  const Day last = to_day({2024, 12, 31});
  const BusyClock busy(data, first, last);
  const double mean = (busy.at(last + 1) - busy.at(first)) / (last - first + 1);
  EXPECT_NEAR(mean, 1.0, 0.01);
  Random random(3);
  for (int i = 0; i < 2000; ++i) {
    const Day day = busy.day_at(busy.at(last + 1) * random.uniform());
    ASSERT_NE(weekday(day), 7) << to_iso(day);
    ASSERT_GE(day, first);
    ASSERT_LE(day, last);
  }
  EXPECT_EQ(busy.day_at(busy.at(first + 100) + 1e-9).number, (first + 100).number);
}

TEST(HourDraw, FollowsItsWeights) {
  Hours hours{};
  hours[9] = 1;
  hours[20] = 3;
  const HourDraw draw(hours);
  Random random(5);
  int evening = 0;
  for (int i = 0; i < 4000; ++i) {
    const int hour = draw.second_of_day(random) / 3600;
    ASSERT_TRUE(hour == 9 || hour == 20);
    evening += hour == 20 ? 1 : 0;
  }
  EXPECT_NEAR(evening, 3000, 110);  // four standard deviations
}

}  // namespace
}  // namespace regulars::simulate
