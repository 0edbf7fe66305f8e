#include "connect/placeholders.h"

#include <gtest/gtest.h>

#include "connect/charges.h"
#include "connect/intake_notices.h"

namespace regulars::connect {
namespace {

TEST(Placeholders, ByWhatTheySay) {
  for (const char* id : {"GUEST", "Walk-in", "walk in customer", "0", "-1", "00000", "unknown",
                         "Anonymous", "9999", "Laufkunde", "n/a"}) {
    EXPECT_TRUE(is_placeholder(id, {})) << id;
  }
  for (const char* id : {"1", "17850", "guestly@example.com", "Ann Guest", "10000", "c0"}) {
    EXPECT_FALSE(is_placeholder(id, {})) << id;
  }
}

TEST(Placeholders, TheWholeColumnMayKnowBetter) {
  EXPECT_FALSE(is_placeholder("0", {true, false}));
  EXPECT_FALSE(is_placeholder("9999", {false, true}));
  ColumnProfile ids;
  ids.rows = ids.numbers = 100;
  ids.smallest = 0, ids.largest = 99, ids.distinct = 100;
  EXPECT_TRUE(placeholder_rule(ids).zero_is_a_person);
  ids.smallest = 0, ids.largest = 17'850, ids.distinct = 101;
  EXPECT_FALSE(placeholder_rule(ids).zero_is_a_person);
}

OrderLines lines_of(const std::vector<std::pair<std::string, int64_t>>& orders_by_customer) {
  OrderLines lines;
  int64_t order = 0;
  for (const auto& [id, orders] : orders_by_customer) {
    const uint32_t customer = lines.customers->intern(id);
    lines.seen_from.push_back(Instant{0});
    for (int64_t i = 0; i < orders; ++i) {
      lines.customer.push_back(customer);
      lines.order.push_back(lines.orders->intern(std::to_string(order++)));
      lines.at.push_back(Instant{order * 90'000'000});
      lines.amount.push_back(100);
      lines.kind.push_back(LineKind::kSale);
    }
  }
  return lines;
}

TEST(Suspects, OneIdWithFarMoreOrdersThanAnyPerson) {
  std::vector<std::pair<std::string, int64_t>> shop;
  for (int c = 0; c < 100; ++c) shop.emplace_back("c" + std::to_string(c), 3);
  shop.emplace_back("till", 80);
  const std::vector<Suspect> found = find_suspects(lines_of(shop), {});
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].orders, 80);
  EXPECT_EQ(found[0].reason, "21 % of all orders, 26 times the next");
  shop.back().second = 59;  // not 20 times the next
  EXPECT_TRUE(find_suspects(lines_of(shop), {}).empty());
}

TEST(Suspects, OneIdInSeveralStoresInTheSameMinute) {
  OrderLines lines = lines_of({{"a", 12}, {"b", 12}});
  std::vector<uint32_t> stores(lines.size(), 0);
  for (size_t i = 12; i < 18; i += 2) {
    lines.at[i + 1] = lines.at[i];
    stores[i + 1] = 1;
  }
  const std::vector<Suspect> found = find_suspects(lines, stores);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(lines.customers->text(found[0].customer), "b");
}

TEST(Suspects, DroppedCustomersLeaveNoTrace) {
  OrderLines lines = lines_of({{"a", 1}, {"till", 2}, {"b", 1}});
  drop_customers(lines, {1});
  EXPECT_EQ(lines.customers->size(), 2);
  EXPECT_EQ(lines.customers->text(1), "b");
  EXPECT_EQ(lines.customer, (std::vector<uint32_t>{0, kNoCode, kNoCode, 1}));
  EXPECT_EQ(lines.seen_from.size(), 2);
}

TEST(Charges, ByIdAndByName) {
  for (const char* id : {"POST", "M", "C2", "DOT", "BANK CHARGES", "gift_0001_20", "AMAZONFEE"}) {
    EXPECT_TRUE(is_charge(id, "")) << id;
  }
  EXPECT_TRUE(is_charge("20001", "Next Day Carriage"));
  EXPECT_TRUE(is_charge("20001", "Versandkosten"));
  EXPECT_TRUE(is_charge("20001", "Gift Card 50 EUR"));
  EXPECT_FALSE(is_charge("85123A", "WHITE HANGING HEART T-LIGHT HOLDER"));
  EXPECT_FALSE(is_charge("20002", "Postage stamp album"));
  EXPECT_FALSE(is_charge("MUG", "Tip top mug"));
  EXPECT_FALSE(is_charge("B", "Bowl", true)) << "where ids are that short";
  EXPECT_TRUE(is_charge("POST", "Postage", true));
}

TEST(Hours, QuietDaysLookLikeAnotherZone) {
  std::array<int64_t, 24> hours{};
  for (size_t h = 0; h < 24; ++h) hours[h] = h >= 8 && h < 20 ? 100 : 1;
  EXPECT_FALSE(hours_look_shifted(hours));
  std::array<int64_t, 24> shifted{};
  for (size_t h = 0; h < 24; ++h) shifted[(h + 11) % 24] = hours[h];
  EXPECT_TRUE(hours_look_shifted(shifted));
  EXPECT_FALSE(hours_look_shifted({5000})) << "dates without a time of day";
}

}  // namespace
}  // namespace regulars::connect
