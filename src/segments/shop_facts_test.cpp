#include "segments/shop_facts.h"

#include <gtest/gtest.h>

#include <numeric>

#include "segments/testing.h"

namespace regulars::segments {
namespace {

TEST(Months, TieOutAndPartialPeriods) {
  const History history =
      history_of({{"a", 5, 1000}, {"a", 40, 500}, {"b", 41, 300}, {"a", 45, -200}});
  const auto table = months(history, Zone::utc(), Day{kTestEpoch + 5}, Day{kTestEpoch + 45});
  ASSERT_EQ(table.size(), 2u);
  EXPECT_TRUE(table[0].partial);
  EXPECT_EQ(table[0].days_covered, 26);
  EXPECT_EQ(table[1].orders, 2);
  EXPECT_EQ(table[1].customers, 2);
  EXPECT_EQ(table[1].new_customers, 1);
  EXPECT_EQ(table[1].net, 600);
}

struct Item {
  const char* customer;
  const char* order;
  const char* product;
  int day;
  int64_t amount;
};

OrderLines lines_with_products(const std::vector<Item>& items) {
  OrderLines lines;
  for (const Item& item : items) {
    lines.customer.push_back(lines.customers->intern(item.customer));
    lines.order.push_back(lines.orders->intern(item.order));
    lines.product.push_back(lines.products->intern(item.product));
    lines.at.push_back(Zone::utc().at(Day{kTestEpoch + item.day}, hours(12).micros));
    lines.amount.push_back(item.amount);
    lines.kind.push_back(item.amount < 0 ? LineKind::kRefund : LineKind::kSale);
  }
  return lines;
}

TEST(Products, ChargesApartOneOffsMarkedReturnsTakenOff) {
  OrderLines lines = lines_with_products({{"a", "1", "cup", 0, 1000},
                                          {"a", "1", "cup", 0, 500},
                                          {"a", "1", "POST", 0, 300},
                                          {"b", "2", "cup", 1, 1000},
                                          {"b", "2", "bird", 1, 90000},
                                          {"b", "3", "bird", 2, -90000},
                                          {"a", "4", "cup", 5, 700}});
  Column charge = Column::of("charge", ValueType::kBoolean);
  charge.numbers = {0, 1, 0};
  const DictionaryPtr ids = lines.products;
  Assembled assembled = *assemble_orders(std::move(lines), {}, Zone::utc());
  const History history =
      *History::build(std::move(assembled.customers), std::move(assembled.events));
  const CustomerFacts facts = facts_of(history, 10);
  const Products found = products(history, *ids, {charge}, facts);
  ASSERT_EQ(found.by_net.size(), 2u);
  EXPECT_EQ(found.by_net[0].id, "cup");
  EXPECT_EQ(found.by_net[0].net, 3200);
  EXPECT_EQ(found.by_net[0].customers, 2);
  EXPECT_EQ(found.by_net[0].orders, 3);
  EXPECT_EQ(found.by_net[1].net, 0);
  EXPECT_TRUE(found.by_net[1].one_off);
  ASSERT_EQ(found.charges.size(), 1u);
  EXPECT_EQ(found.charges[0].id, "POST");
}

TEST(Rhythm, WeekdayAndHourInTheZone) {
  const History history =
      history_of({{"a", 0, 1}, {"a", 7, 1}, {"b", 1, 1}});  // 2020-01-01: Wednesday
  const Zone tokyo = *Zone::find("Asia/Tokyo");
  const CustomerFacts facts = facts_of(history, 10);
  const Rhythm found = rhythm(history, tokyo, facts, Day{kTestEpoch}, Day{kTestEpoch + 10});
  EXPECT_EQ(found.orders[2][21], 2);
  EXPECT_EQ(found.orders[3][21], 1);
  EXPECT_FALSE(found.has_time_of_day);
}

TEST(Headlines, ComparisonsOnlyWithEnoughHistory) {
  const History history = history_of({{"a", 0, 1000}, {"a", 100, 500}, {"b", 150, 700}});
  const CustomerFacts facts = facts_of(history, 179);
  const auto rows = headlines(history, Zone::utc(), facts, Day{kTestEpoch}, 0.8);
  EXPECT_EQ(rows[0].now, 1200);
  EXPECT_EQ(rows[0].before, 1000);
  EXPECT_FALSE(rows[0].year_ago.has_value());
  EXPECT_EQ(rows[1].now, 2);
  EXPECT_EQ(rows.back().now, 0.8);
  const auto early = headlines(history, Zone::utc(), facts_of(history, 178), Day{kTestEpoch}, 1);
  EXPECT_FALSE(early[0].before.has_value());
}

}  // namespace
}  // namespace regulars::segments
