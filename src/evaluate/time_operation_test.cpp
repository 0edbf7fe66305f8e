#include "evaluate/time_operation.h"

#include <gtest/gtest.h>

#include "data/column.h"
#include "evaluate/customer_zone.h"

namespace regulars::evaluate {
namespace {

int64_t on_day(Op op, CivilDate day, CivilDate today = {2024, 3, 1}) {
  Expression node;
  node.op = op;
  const Instant now = Zone::utc().start_of(to_day(today)) + hours(12);
  return TimeOperation(node, now, Zone::utc()).of_day(to_day(day).number);
}

TEST(TimeOperation, WeeksAtTheEndsOfYears) {
  EXPECT_EQ(on_day(Op::kWeekOf, {2024, 12, 29}), 52);
  EXPECT_EQ(on_day(Op::kWeekOf, {2024, 12, 30}), 1);
  EXPECT_EQ(on_day(Op::kWeekOf, {2020, 12, 31}), 53);
  EXPECT_EQ(on_day(Op::kWeekOf, {2021, 1, 3}), 53);
  EXPECT_EQ(on_day(Op::kWeekOf, {2021, 1, 4}), 1);
  EXPECT_EQ(on_day(Op::kWeekOf, {2023, 1, 1}), 52);
}

TEST(TimeOperation, PartsOfADay) {
  EXPECT_EQ(on_day(Op::kYearOf, {2024, 2, 29}), 2024);
  EXPECT_EQ(on_day(Op::kQuarterOf, {2024, 3, 31}), 1);
  EXPECT_EQ(on_day(Op::kQuarterOf, {2024, 10, 1}), 4);
  EXPECT_EQ(on_day(Op::kMonthOf, {2024, 2, 29}), 2);
  EXPECT_EQ(on_day(Op::kDayOfMonth, {2024, 2, 29}), 29);
  EXPECT_EQ(on_day(Op::kWeekdayOf, {2024, 2, 29}), 4);
  EXPECT_EQ(on_day(Op::kDayOf, {1970, 1, 2}), 1);
}

TEST(TimeOperation, YearsAndMonthsSince) {
  EXPECT_EQ(on_day(Op::kYearsSince, {2000, 3, 1}), 24);
  EXPECT_EQ(on_day(Op::kYearsSince, {2000, 3, 2}), 23);
  EXPECT_EQ(on_day(Op::kYearsSince, {2000, 2, 29}, {2023, 2, 28}), 22);
  EXPECT_EQ(on_day(Op::kYearsSince, {2000, 2, 29}, {2023, 3, 1}), 23);
  EXPECT_EQ(on_day(Op::kYearsSince, {2000, 2, 29}, {2024, 2, 29}), 24);
  EXPECT_EQ(on_day(Op::kYearsSince, {2024, 3, 2}), -1);
  EXPECT_EQ(on_day(Op::kMonthsSince, {2024, 1, 31}, {2024, 2, 29}), 0);
  EXPECT_EQ(on_day(Op::kMonthsSince, {2024, 1, 31}, {2024, 3, 1}), 1);
  EXPECT_EQ(on_day(Op::kMonthsSince, {2023, 12, 15}, {2024, 3, 15}), 3);
}

TEST(TimeOperation, Anniversaries) {
  EXPECT_EQ(on_day(Op::kDaysToAnniversary, {1990, 3, 1}), 0);
  EXPECT_EQ(on_day(Op::kDaysToAnniversary, {1990, 2, 28}), 364);  // 2025-02-28
  EXPECT_EQ(on_day(Op::kDaysToAnniversary, {1990, 12, 31}), 305);
  EXPECT_EQ(on_day(Op::kDaysToAnniversary, {2000, 2, 29}, {2023, 2, 28}), 0);
  EXPECT_EQ(on_day(Op::kDaysToAnniversary, {2000, 2, 29}, {2023, 3, 1}), 365);  // 2024-02-29
  EXPECT_EQ(on_day(Op::kDaysToAnniversary, {2000, 2, 29}, {2024, 2, 28}), 1);
}

TEST(TimeOperation, ElapsedUnitsRoundDown) {
  const ExpressionPtr node = elapsed(as_of(), hours(1));
  const Instant now = Zone::utc().start_of(to_day({2024, 3, 1}));
  const TimeOperation hours_since(*node, now, Zone::utc());
  EXPECT_EQ(hours_since.of_instant((now - minutes(119)).micros), 1);
  EXPECT_EQ(hours_since.of_instant(now.micros), 0);
  EXPECT_EQ(hours_since.of_instant((now + minutes(1)).micros), -1);
  EXPECT_EQ(hours_since.of_instant(kMissing), kMissing);
  const ExpressionPtr micros = elapsed(as_of(), microseconds(1));
  const TimeOperation tiny(*micros, now, Zone::utc());
  EXPECT_EQ(tiny.of_instant(-INT64_MAX), kMissing);  // leaves 64 bits
}

TEST(TimeOperation, PeriodsCountFrom1970) {
  const auto period = [](Window::Period which, CivilDate day) {
    const ExpressionPtr node = over_time(Op::kPeriodOf, as_of(), this_period(which));
    return TimeOperation(*node, {}, Zone::utc()).of_day(to_day(day).number);
  };
  EXPECT_EQ(period(Window::Period::kDay, {1970, 1, 2}), 1);
  EXPECT_EQ(period(Window::Period::kWeek, {1970, 1, 4}), 0);
  EXPECT_EQ(period(Window::Period::kWeek, {1970, 1, 5}), 1);
  EXPECT_EQ(period(Window::Period::kWeek, {1969, 12, 28}), -1);
  EXPECT_EQ(period(Window::Period::kMonth, {1971, 2, 1}), 13);
  EXPECT_EQ(period(Window::Period::kMonth, {1969, 12, 31}), -1);
  EXPECT_EQ(period(Window::Period::kQuarter, {1970, 12, 31}), 3);
  EXPECT_EQ(period(Window::Period::kYear, {2024, 1, 1}), 54);
  EXPECT_EQ(period(Window::Period::kRetailYear, {2024, 3, 1}), 54);
}

TEST(TimeOperation, FarTimesHaveNoParts) {
  Expression node;
  node.op = Op::kYearOf;
  const TimeOperation year(node, {}, Zone::utc());
  EXPECT_EQ(year.of_day(2'932'896), 9999);
  EXPECT_EQ(year.of_day(2'932'897), kMissing);
  EXPECT_EQ(year.of_day(INT64_MAX), kMissing);
  EXPECT_EQ(year.of_day(-719'162), 1);
  EXPECT_EQ(year.of_day(-719'163), kMissing);
  EXPECT_EQ(year.of_instant(INT64_MAX), kMissing);
  EXPECT_EQ(year.of_instant(-INT64_MAX), kMissing);
}

TEST(CustomerZone, UnknownNamesTakeTheProjects) {
  auto names = std::make_shared<Dictionary>();
  Column column = Column::text("zone", names);
  column.codes = {names->intern("Asia/Tokyo"), kNoCode, names->intern("Atlantis/Main"),
                  names->intern("Asia/Tokyo")};
  const Zone& utc = Zone::utc();
  EXPECT_EQ(zone_of(&column, 0, &utc).name(), "Asia/Tokyo");
  EXPECT_EQ(&zone_of(&column, 1, &utc), &utc);
  EXPECT_EQ(&zone_of(&column, 2, &utc), &utc);
  EXPECT_EQ(&zone_of(nullptr, 2, &utc), &utc);
  const auto zones = zones_of(&column, 1, 3, utc);
  EXPECT_EQ(zones[0], &utc);
  EXPECT_EQ(zones[1], &utc);
  EXPECT_EQ(zones[2], kept_zone("Asia/Tokyo"));
}

}  // namespace
}  // namespace regulars::evaluate
