#include "app/as_of.h"

#include <gtest/gtest.h>

#include <limits>

namespace regulars::app {
namespace {

// One purchase of one customer at noon UTC of each day.
History purchases_on(std::initializer_list<const char*> dates) {
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  customers.ids->intern("a");
  EventBatch batch;
  batch.type = "purchase";
  for (const char* date : dates) {
    batch.customer.push_back(0);
    batch.at.push_back(Zone::utc().at(*parse_date(date), hours(12).micros));
    batch.id.push_back(batch.id.size());
  }
  return *History::build(std::move(customers), {std::move(batch)});
}

TEST(DataRange, AsOfIsTheLastMicrosecondOfTheLastDay) {
  const DataRange range = *data_range(purchases_on({"2011-01-05", "2011-12-09"}), Zone::utc(), "");
  EXPECT_EQ(to_iso(range.as_of), "2011-12-09T23:59:59.999999Z");
  EXPECT_EQ(to_iso(range.from), "2011-01-05");
  EXPECT_EQ(to_iso(range.to), "2011-12-09");
}

TEST(DataRange, LastDayIsTheShopsOwn) {
  const Zone tokyo = *Zone::find("Asia/Tokyo");
  const DataRange range = *data_range(purchases_on({"2011-12-09"}), tokyo, "");
  EXPECT_EQ(to_iso(range.as_of), "2011-12-09T14:59:59.999999Z");
}

TEST(DataRange, AsOfGiven) {
  const History history = purchases_on({"2011-01-05", "2011-12-09"});
  EXPECT_EQ(to_iso(data_range(history, Zone::utc(), "2011-06-30")->as_of),
            "2011-06-30T23:59:59.999999Z");
  EXPECT_EQ(to_iso(data_range(history, Zone::utc(), "2011-06-30T08:15:00")->as_of),
            "2011-06-30T08:15:00Z");
  EXPECT_EQ(to_iso(data_range(history, Zone::utc(), "2011-06-30")->to), "2011-06-30");
}

TEST(DataRange, CustomersSeenLaterShowThatTheDataGoesOn) {
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  customers.ids->intern("a");
  customers.ids->intern("b");
  customers.ids->intern("left out");
  customers.known_from = {Zone::utc().at(*parse_date("2011-01-05"), 0),
                          Zone::utc().at(*parse_date("2011-01-09"), 0),
                          Instant{std::numeric_limits<int64_t>::max()}};
  EventBatch batch;
  batch.type = "purchase";
  batch.customer.push_back(0);
  batch.at.push_back(Zone::utc().at(*parse_date("2011-01-05"), 0));
  batch.id.push_back(0);
  const History history = *History::build(std::move(customers), {std::move(batch)});
  EXPECT_EQ(to_iso(data_range(history, Zone::utc(), "")->to), "2011-01-09");
}

TEST(DataRange, AnIsolatedLaterDateDoesNotMoveIt) {
  const History history =
      purchases_on({"2011-01-05", "2011-01-06", "2011-01-08", "2011-01-09", "2011-01-10",
                    "2011-01-12", "2011-01-13", "2011-01-15", "2099-12-31"});
  EXPECT_EQ(to_iso(data_range(history, Zone::utc(), "")->to), "2011-01-15");
}

TEST(DataRange, FaultsSayWhatToDo) {
  const History history = purchases_on({"2011-01-05"});
  for (const char* text : {"yesterday", "2011-13-01", "2011-06-30T25:00", "2011-06-30X08:15", "20",
                           "2011-06-30T08:15x30", "2011-06-30T08:15:30.", "2011-06-30T08:15:30.-1",
                           "2011-06-30T08:15:30.1234567"}) {
    const auto range = data_range(history, Zone::utc(), text);
    ASSERT_FALSE(range.ok()) << text;
    EXPECT_EQ(range.error().code(), ErrorCode::kUsage);
  }
  EXPECT_FALSE(data_range(history, Zone::utc(), "2010-01-01").ok());
  EXPECT_EQ(data_range(purchases_on({}), Zone::utc(), "").error().code(), ErrorCode::kBadData);
}

TEST(DataRange, TheInstantOfASummaryReadsBack) {
  const History history = purchases_on({"2011-01-05", "2011-12-09"});
  const auto as_of = [&](const char* text) {
    return to_iso(data_range(history, Zone::utc(), text)->as_of);
  };
  EXPECT_EQ(as_of("2011-12-09T23:59:59.999999Z"), "2011-12-09T23:59:59.999999Z");
  EXPECT_EQ(as_of("2011-12-09T23:59:59.5"), "2011-12-09T23:59:59.500000Z");
}

TEST(WindowMonths, ReadsMonthsYearsAndAll) {
  EXPECT_EQ(*window_months(""), -1);
  EXPECT_EQ(*window_months("all"), 0);
  EXPECT_EQ(*window_months("18m"), 18);
  EXPECT_EQ(*window_months("2y"), 24);
  for (const char* text : {"24", "m", "-3m", "90d", "0m"}) EXPECT_FALSE(window_months(text).ok());
}

}  // namespace
}  // namespace regulars::app
