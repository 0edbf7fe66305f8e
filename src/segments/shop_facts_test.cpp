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

TEST(Places, AttributesOfFewValuesAndAgesInBands) {
  std::vector<std::string> names;
  for (int i = 0; i < 80; ++i) names.push_back("c" + std::to_string(i));
  std::vector<TestOrder> orders;
  for (const std::string& name : names) orders.push_back({name.c_str(), 0, 1000});
  History history = history_of(orders);
  CustomerTable table = history.customer_table();
  Column region = Column::text("region", std::make_shared<Dictionary>());
  Column birth = Column::of("birth_date", ValueType::kDay);
  Column email = Column::text("email", std::make_shared<Dictionary>());
  for (int i = 0; i < 80; ++i) {
    region.codes.push_back(region.dictionary->intern(i < 40 ? "North" : i < 75 ? "South" : "Isle"));
    birth.numbers.push_back(i < 40 ? to_day({1985, 1, 1}).number : to_day({1996, 1, 1}).number);
    email.codes.push_back(email.dictionary->intern(names[static_cast<size_t>(i)] + "@example.org"));
  }
  table.attributes = {region, birth, email};
  std::vector<EventBatch> none;
  const CustomerFacts facts = facts_of(history, 10);
  const auto groups = places(*History::build(std::move(table), std::move(none)), facts);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].role, "region");
  EXPECT_EQ(groups[0].places[0].value, "North");
  EXPECT_EQ(groups[0].places[2].value, "other");
  EXPECT_EQ(groups[0].places[2].customers, 5);
  EXPECT_EQ(groups[1].role, "age");
  EXPECT_EQ(groups[1].places[0].value, "18 to 24");
  EXPECT_EQ(groups[1].places[1].value, "35 to 44");
  EXPECT_EQ(groups[1].places[0].net_per_customer, 1000);
}

TEST(RefundDelay, FromTheLatestSaleOfTheSameProduct) {
  OrderLines lines = lines_with_products({{"a", "1", "cup", 0, 1000},
                                          {"a", "2", "cup", 10, 1000},
                                          {"a", "3", "bowl", 12, 1000},
                                          {"a", "C1", "cup", 15, -1000},
                                          {"a", "C2", "plate", 16, -10},
                                          {"b", "4", "cup", 0, 1000},
                                          {"b", "C3", "cup", 20, -1000}});
  Assembled assembled = *assemble_orders(std::move(lines), {}, Zone::utc());
  const History history =
      *History::build(std::move(assembled.customers), std::move(assembled.events));
  const RefundDelay delay = refund_delay(history, Zone::utc());
  EXPECT_EQ(delay.refunds, 3);
  EXPECT_EQ(delay.matched, 2);  // 5 and 20 days; nobody sold the plate
  EXPECT_EQ(delay.q50, 13);
}

TEST(Rhythm, WeekdayAndHourInTheZone) {
  const History history =
      history_of({{"a", 0, 1}, {"a", 7, 1}, {"b", 1, 1}});  // 2020-01-01: Wednesday
  const Zone tokyo = *Zone::find("Asia/Tokyo");
  const CustomerFacts facts = facts_of(history, 10);
  const Rhythm found = rhythm(history, tokyo, facts, {});
  EXPECT_EQ(found.orders[2][21], 2);
  EXPECT_EQ(found.orders[3][21], 1);
  EXPECT_FALSE(found.has_time_of_day);
}

TEST(Headlines, ComparisonsOnlyWithEnoughHistory) {
  const History history = history_of({{"a", 0, 1000}, {"a", 100, 500}, {"b", 150, 700}});
  const CustomerFacts facts = facts_of(history, 179);
  const auto rows = *headlines(history, Zone::utc(), facts, Day{kTestEpoch}, 0.8, 1);
  EXPECT_EQ(rows[0].now, 1200);
  EXPECT_EQ(rows[0].before, 1000);
  EXPECT_FALSE(rows[0].year_ago.has_value());
  EXPECT_EQ(rows[1].now, 2);
  EXPECT_EQ(rows.back().now, 0.8);
  const auto early =
      *headlines(history, Zone::utc(), facts_of(history, 178), Day{kTestEpoch}, 1, 1);
  EXPECT_FALSE(early[0].before.has_value());
}

TEST(CustomerFacts, OrdersAndNetHaveTheSameWindow) {
  const History history = history_of({{"a", 0, 1000}, {"a", 40, 500}});  // each at 12:00
  const Instant noon = Zone::utc().at(to_day({2020, 3, 1}), hours(12).micros);
  const auto window = [&](Instant as_of) {
    return customer_facts(history, Zone::utc(), std::span(&as_of, 1), {.rfm_window_months = 2}, 1)
        ->front();
  };
  EXPECT_EQ(window(noon).window_orders[0], 1);
  EXPECT_EQ(window(noon).window_net[0], 500);
  EXPECT_EQ(window(noon - microseconds(1)).window_orders[0], 2);
  EXPECT_EQ(window(noon - microseconds(1)).window_net[0], 1500);
}

TEST(Headlines, RetentionNeedsAWholePeriodBefore) {
  const History history = history_of({{"a", 60, 1000}, {"a", 170, 500}, {"b", 60, 700}});
  const auto retention_as_of = [&](int day) {
    const CustomerFacts facts = facts_of(history, day);
    const auto rows = *headlines(history, Zone::utc(), facts, Day{kTestEpoch}, 1, 1);
    EXPECT_EQ(rows[4].name, "Retention, 90 days");
    return rows[4].now;
  };
  EXPECT_FALSE(retention_as_of(178).has_value());
  EXPECT_EQ(retention_as_of(179), 0.5);
}

}  // namespace
}  // namespace regulars::segments
