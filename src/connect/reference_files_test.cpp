#include <gtest/gtest.h>

#include "connect/orders_testing.h"

namespace regulars::connect {
namespace {

constexpr const char* kOrders =
    "customer_id,date,sku,amount\n"
    "c1,2024-01-05,MUG,10.00\n"
    "c2,2024-01-06,BOWL,20.00\n"
    "c1,2024-02-07,MUG,10.00\n";

TEST(CustomersFile, IsJoinedByItsKey) {
  const auto orders = read_text(kOrders, {},
                                "id,first_name,email,age,city,member_since,vip\n"
                                "c2,Bob,bob@example.com,41,Rome,2023-05-01,yes\n"
                                "c1,Ann,ann@example.com,35,Bonn,2022-01-09,no\n"
                                "c9,Cy,cy@example.com,,Bonn,2023-12-24,no\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  const std::vector<Column>& facts = orders->customer_attributes;
  // c9 never bought: known since the day she joined.
  ASSERT_EQ(orders->lines.customers->size(), 3);
  EXPECT_EQ(to_iso(orders->lines.seen_from[2]), "2023-12-24T00:00:00Z");
  const Column* age = find_column(facts, "age");
  ASSERT_NE(age, nullptr);
  EXPECT_EQ(age->numbers, (std::vector<int64_t>{35, 41, kMissing}));
  const Column* city = find_column(facts, "city");
  ASSERT_NE(city, nullptr);
  EXPECT_EQ(city->dictionary->text(city->codes[0]), "Bonn");
  const Column* since = find_column(facts, "member_since");
  ASSERT_NE(since, nullptr);
  EXPECT_EQ(since->type, ValueType::kDay);
  EXPECT_EQ(since->numbers[1], to_day({2023, 5, 1}).number);
  EXPECT_EQ(find_column(facts, "vip")->type, ValueType::kBoolean);
  EXPECT_EQ(find_column(facts, "email"), nullptr) << "contact data is no attribute";
  EXPECT_EQ(find_column(facts, "first_name"), nullptr);
  EXPECT_EQ(find_notice(*orders, "customers_joined")->text,
            "2 of 2 customers are in customers.csv (100.0 %)");
  EXPECT_NE(find_notice(*orders, "customers_without_orders"), nullptr);
}

TEST(CustomersFile, OfAnotherShopIsRefused) {
  const auto orders = read_text(kOrders, {}, "id,age\nx1,30\nx2,40\n");
  ASSERT_FALSE(orders);
  EXPECT_EQ(orders.error().place().file, "customers.csv");
  EXPECT_NE(orders.error().message().find("no column holds customers of the orders"),
            std::string::npos);
}

TEST(CustomersFile, RepeatedKeysAreSaid) {
  const auto orders = read_text(kOrders, {}, "customer_id,age\nc1,30\nc1,31\nc2,40\n");
  ASSERT_TRUE(orders);
  EXPECT_EQ(orders->customer_attributes[0].numbers[0], 30);
  EXPECT_NE(find_notice(*orders, "customers_repeated"), nullptr);
}

TEST(ProductsFile, GivesNamesCategoriesPricesAndCharges) {
  const auto orders = read_text(
      "customer_id,date,sku,amount\nc1,2024-01-05,MUG,10.00\nc2,2024-01-06,S1,5.00\n", {}, {},
      "sku,name,category,brand,price,cost,eco\n"
      "MUG,Red mug,Kitchen,Acme,10.00,4.125,yes\n"
      "S1,Shipping,Service,,5.00,5.00,no\n"
      "HAT,Hat,Clothes,Acme,9.00,3.00,no\n");
  ASSERT_TRUE(orders) << orders.error().to_string();
  const std::vector<Column>& facts = orders->lines.product_facts;
  const Column* name = find_column(facts, "name");
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(name->dictionary->text(name->codes[0]), "Red mug");
  const Column* cost = find_column(facts, "cost");
  ASSERT_NE(cost, nullptr);
  EXPECT_EQ(cost->type, ValueType::kDecimal);
  EXPECT_EQ(cost->scale, 3);
  EXPECT_EQ(cost->numbers[0], 4125);
  EXPECT_NE(find_column(facts, "category"), nullptr);
  EXPECT_EQ(find_column(facts, "eco")->numbers, (std::vector<int64_t>{1, 0}));
  EXPECT_EQ(find_column(facts, "charge")->numbers, (std::vector<int64_t>{0, 1}));
  EXPECT_EQ(orders->intake.spec.charges, std::vector<std::string>{"S1"});
}

TEST(ProductsFile, NeedsProductsInTheOrders) {
  const auto orders = read_text("customer_id,date,amount\nc1,2024-01-05,1.00\nc2,2024-01-06,2.00\n",
                                {}, {}, "sku,name\nMUG,Mug\n");
  ASSERT_FALSE(orders);
  EXPECT_NE(orders.error().hint().find("--product"), std::string::npos);
}

}  // namespace
}  // namespace regulars::connect
