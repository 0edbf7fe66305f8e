#include "connect/time_format.h"

#include <gtest/gtest.h>

#include "connect/civil_time.h"
#include "connect/orders_testing.h"

namespace regulars::connect {
namespace {

std::string read(std::string_view cell, const char* format = "ymd", std::string_view clock = {},
                 const Zone& zone = Zone::utc()) {
  TimeReader reader(*time_format_from(format), zone);
  Instant at;
  return reader.read(cell, clock, at) ? to_iso(at) : "-";
}

TEST(TimeFormat, ReadsIso8601) {
  EXPECT_EQ(read("2010-12-01"), "2010-12-01T00:00:00Z");
  EXPECT_EQ(read("2010-12-01 08:26:00"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read("2010-12-01T08:26:00Z"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read("2010-12-01T08:26:00.250+02:00"), "2010-12-01T06:26:00.250000Z");
  EXPECT_EQ(read("2010-12-01T08:26:00.123456Z"), "2010-12-01T08:26:00.123456Z");
  EXPECT_EQ(read("2010-12-01T08:26:00.1234567890Z"), "2010-12-01T08:26:00.123456Z");
  EXPECT_EQ(read("2010-12-01 08:26:59.5"), "2010-12-01T08:26:59.500000Z");
  EXPECT_EQ(read("2010-12-01T08:26:00.Z"), "-");
  EXPECT_EQ(read("2010-12-01T08:26:00ZZ"), "-");
  EXPECT_EQ(read("2024-03-05 10:00:00 -0500"), "2024-03-05T15:00:00Z");
  EXPECT_EQ(read("2010-12-01 08:26:00 UTC"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read("20101201"), "2010-12-01T00:00:00Z");
  EXPECT_EQ(read("20101201082600"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read("2010/12/1 8:26"), "2010-12-01T08:26:00Z");
}

TEST(TimeFormat, ReadsDaysAndMonthsInBothOrders) {
  EXPECT_EQ(read("01/12/2010 08:26", "dmy"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read("12/1/2010 8:26", "mdy"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read("1.12.10", "dmy"), "2010-12-01T00:00:00Z");
  EXPECT_EQ(read("01-12-1997", "dmy"), "1997-12-01T00:00:00Z");
  EXPECT_EQ(read("1.12.69", "dmy"), "2069-12-01T00:00:00Z");
  EXPECT_EQ(read("1.12.70", "dmy"), "1970-12-01T00:00:00Z");
  // ISO dates among others are read whatever the order.
  EXPECT_EQ(read("2010-12-01", "dmy"), "2010-12-01T00:00:00Z");
}

TEST(TimeFormat, ReadsMonthNamesInSixLanguages) {
  for (const char* cell :
       {"1 Dec 2010", "Dec 1, 2010", "01-DEC-10", "1. Dezember 2010",
        "1 d\xC3\xA9"
        "cembre 2010",
        "1 de diciembre de 2010", "1 dicembre 2010", "1 december 2010", "Wed, 01 Dec 2010"}) {
    EXPECT_EQ(read(cell), "2010-12-01T00:00:00Z") << cell;
  }
  EXPECT_EQ(read("3. M\xC3\xA4rz 2011"), "2011-03-03T00:00:00Z");
  EXPECT_EQ(read("Dec 1st, 2010 4:05 PM"), "2010-12-01T16:05:00Z");
}

TEST(TimeFormat, ReadsTwelveHourClocks) {
  EXPECT_EQ(read("12/1/2010 12:30 AM", "mdy"), "2010-12-01T00:30:00Z");
  EXPECT_EQ(read("12/1/2010 12:30 pm", "mdy"), "2010-12-01T12:30:00Z");
  EXPECT_EQ(read("12/1/2010 8:26:03 p.m.", "mdy"), "2010-12-01T20:26:03Z");
  EXPECT_EQ(read("12/1/2010 13:30 PM", "mdy"), "-");
}

TEST(TimeFormat, AddsASeparateTimeOfDay) {
  EXPECT_EQ(read("2010-12-01", "ymd", "16:31"), "2010-12-01T16:31:00Z");
  EXPECT_EQ(read("2010-12-01", "ymd", "1631"), "2010-12-01T16:31:00Z");
  EXPECT_EQ(read("2010-12-01", "ymd", ""), "2010-12-01T00:00:00Z");
  EXPECT_EQ(read("2010-12-01", "ymd", "99:31"), "-");
}

TEST(TimeFormat, ReadsCounts) {
  EXPECT_EQ(read("1291191960", "epoch"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read("1291191960500", "epoch-ms"), "2010-12-01T08:26:00.500000Z");
  EXPECT_EQ(read("1291191960500000", "epoch-us"), "2010-12-01T08:26:00.500000Z");
  EXPECT_EQ(read("40513.3513888889", "excel"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read("25", "hours"), "2000-01-02T01:00:00Z");
  EXPECT_EQ(read("1.5", "days"), "2000-01-02T12:00:00Z");
}

TEST(TimeFormat, WallClocksAreInTheZone) {
  const Zone berlin = *Zone::find("Europe/Berlin");
  EXPECT_EQ(read("2010-07-01 08:26", "ymd", {}, berlin), "2010-07-01T06:26:00Z");
  EXPECT_EQ(read("2010-07-01T08:26:00Z", "ymd", {}, berlin), "2010-07-01T08:26:00Z");
  EXPECT_EQ(read("40360.5", "excel", {}, berlin), "2010-07-01T10:00:00Z");
  EXPECT_EQ(read("1291191960", "epoch", {}, berlin), "2010-12-01T08:26:00Z");
}

TEST(TimeFormat, RefusesDaysThatDoNotExist) {
  for (const char* cell : {"31.02.2024", "2024-02-30", "2023-02-29", "2024-13-01", "00.01.2024", "",
                           "yesterday", "12.50", "1.2", "2024-01-01 25:00", "20241301"}) {
    EXPECT_EQ(read(cell, "dmy"), "-") << cell;
  }
}

TEST(TimeFormat, NamesAreReadAndWritten) {
  for (const char* name :
       {"dmy", "mdy", "ymd", "epoch", "epoch-ms", "epoch-us", "excel", "hours", "days"}) {
    EXPECT_EQ(name_of(*time_format_from(name)), name);
  }
  EXPECT_EQ(time_format_from("ydm").error().code(), ErrorCode::kUsage);
}

// Dates of a file whose orders are otherwise plain.
Result<OrdersRead> with_dates(const std::vector<std::string>& dates) {
  std::string file = "customer,date,amount\n";
  for (size_t i = 0; i < dates.size(); ++i) {
    file += "c" + std::to_string(i % 3) + "," + dates[i] + ",10.00\n";
  }
  return read_text(file);
}

TEST(TimeDecision, OneDayAboveTwelveDecides) {
  const auto day_first = with_dates({"01/02/2024", "13/02/2024", "05/03/2024"});
  ASSERT_TRUE(day_first) << day_first.error().to_string();
  EXPECT_EQ(day_first->intake.spec.time_format.order, DateOrder::kDayMonthYear);
  EXPECT_EQ(find_notice(*day_first, "ambiguous_dates"), nullptr);
  const auto month_first = with_dates({"01/02/2024", "02/13/2024", "03/05/2024"});
  EXPECT_EQ(month_first->intake.spec.time_format.order, DateOrder::kMonthDayYear);
}

TEST(TimeDecision, RowsInOrderOfTimeDecide) {
  // Rising as month-day-year, jumping as day-month-year.
  const auto orders = with_dates({"01/11/2024", "02/03/2024", "03/01/2024", "05/02/2024"});
  EXPECT_EQ(orders->intake.spec.time_format.order, DateOrder::kMonthDayYear);
  const Notice* notice = find_notice(*orders, "ambiguous_dates");
  ASSERT_NE(notice, nullptr);
  EXPECT_EQ(notice->option, "--time-format dmy");
}

TEST(TimeDecision, DaysCloseTogetherDecide) {
  // The first twelve days of March, shuffled; or the third of every month.
  const auto orders = with_dates(
      {"05/03/2024", "01/03/2024", "09/03/2024", "02/03/2024", "12/03/2024", "07/03/2024"});
  EXPECT_EQ(orders->intake.spec.time_format.order, DateOrder::kDayMonthYear);
  EXPECT_NE(find_notice(*orders, "ambiguous_dates"), nullptr);
}

TEST(TimeDecision, AFewAmericanDatesHaveTheMonthFirst) {
  const auto orders =
      read_text("customer,date,amount\na,11/8/2016,$10.00\nb,6/12/2016,$5.00\na,12/1/2016,$7.00\n");
  EXPECT_EQ(orders->intake.spec.time_format.order, DateOrder::kMonthDayYear);
  EXPECT_NE(find_notice(*orders, "ambiguous_dates"), nullptr);
}

TEST(TimeDecision, AZoneOnEveryRowIsTaken) {
  const auto orders = read_text(
      "customer,date,time zone,amount\na,2024-07-01 10:00,Europe/Berlin,10.00\n"
      "b,2024-07-02 10:00,Europe/Berlin,5.00\n");
  EXPECT_EQ(orders->intake.spec.time_zone, "Europe/Berlin");
  EXPECT_EQ(to_iso(orders->lines.at[0]), "2024-07-01T08:00:00Z");
  const auto unknown = read_text(
      "customer,date,time zone,amount\na,2024-07-01 10:00,AWST,10.00\n"
      "b,2024-07-02 10:00,AWST,5.00\n");
  EXPECT_NE(find_notice(*unknown, "time_zone_column"), nullptr);
}

TEST(TimeDecision, ContradictionsAreSaidAndRejected) {
  const auto orders = with_dates({"13/02/2024", "14/02/2024", "02/15/2024"});
  EXPECT_NE(find_notice(*orders, "conflicting_dates"), nullptr);
  EXPECT_EQ(orders->intake.rows.rejected, 1);
  EXPECT_EQ(orders->intake.rejects[0].reason, "'02/15/2024' is not a date");
  EXPECT_EQ(orders->intake.rejects[0].line, 4);
}

TEST(TimeDecision, TwoDigitYearsInFront) {
  const auto orders = with_dates({"97/01/13", "98/02/01", "97/12/30"});
  EXPECT_EQ(to_iso(orders->lines.at[0]), "1997-01-13T00:00:00Z");
}

}  // namespace
}  // namespace regulars::connect
