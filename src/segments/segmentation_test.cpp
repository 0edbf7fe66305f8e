#include "segments/segmentation.h"

#include <gtest/gtest.h>

#include "segments/testing.h"

namespace regulars::segments {
namespace {

TEST(Wilson, PublishedValues) {
  // Newcombe 1998, table I: 81 of 263 -> 0.2553..0.3662; 0 of 20 -> 0..0.1611.
  EXPECT_NEAR(wilson(81, 263).low, 0.2553, 0.00005);
  EXPECT_NEAR(wilson(81, 263).high, 0.3662, 0.00005);
  EXPECT_NEAR(wilson(0, 20).high, 0.1611, 0.00005);
  EXPECT_EQ(wilson(0, 20).low, 0);
}

CustomerFacts made_up(size_t customers) {
  CustomerFacts facts;
  facts.orders.assign(customers, 1);
  facts.purchase_days.assign(customers, 1);
  facts.net.assign(customers, 100);
  facts.gross = facts.net;
  return facts;
}

SelfTest test_with_returns(size_t of_first, size_t of_second) {
  constexpr size_t kEach = 200;
  Segmentation two{"two", {"first", "second"}, std::vector<int16_t>(2 * kEach)};
  LaterFacts later{std::vector<int64_t>(2 * kEach), std::vector<int64_t>(2 * kEach)};
  for (size_t c = 0; c < 2 * kEach; ++c) {
    two.class_of[c] = c < kEach ? 0 : 1;
    later.orders[c] = (c < kEach ? c < of_first : c - kEach < of_second) ? 1 : 0;
  }
  return self_test(two, made_up(2 * kEach), later, 90);
}

TEST(SelfTest, SaysWhenTheClassesPredict) {
  const SelfTest test = test_with_returns(150, 50);
  EXPECT_TRUE(test.possible);
  EXPECT_TRUE(test.separates);
  EXPECT_EQ(test.classes[0].returned.hits, 150);
  EXPECT_DOUBLE_EQ(test.base.value, 0.5);
  EXPECT_NEAR(test.chi_square, 100, 1e-9);
  EXPECT_EQ(test.sentence,
            "The classes told customers apart: 75 % of first came back, 25 % of second.");
}

TEST(SelfTest, SaysWhenSilencePredictsNothing) {
  const SelfTest test = test_with_returns(100, 98);
  EXPECT_TRUE(test.possible);
  EXPECT_FALSE(test.separates);
  EXPECT_NE(test.sentence.find("does not predict"), std::string::npos);
}

TEST(SelfTest, TooFewCustomersAreNotTested) {
  Segmentation one{"one", {"all"}, std::vector<int16_t>(50, 0)};
  LaterFacts later{std::vector<int64_t>(50), std::vector<int64_t>(50)};
  const SelfTest test = self_test(one, made_up(50), later, 90);
  EXPECT_FALSE(test.possible);
  EXPECT_NE(test.why_not.find("50 customers"), std::string::npos);
}

TEST(Flows, CountEveryPresentCustomerOnce) {
  const Segmentation then{"x", {"a", "b"}, {0, 1, kNoClass, 1}};
  const Segmentation now{"x", {"a", "b"}, {1, 1, 0, kNoClass}};
  const CustomerFacts facts = made_up(4);
  const Flows moved = flows(then, now, facts, facts);
  EXPECT_EQ(moved.customers, (std::vector<std::vector<int64_t>>{{0, 1}, {0, 1}, {1, 0}}));
  EXPECT_EQ(moved.net[0][1], 100);
}

TEST(ClassSizes, SharesAreOfCustomersWithAPurchase) {
  const Segmentation classes{"x", {"prospect", "buyer"}, {0, 1, 1}};
  CustomerFacts facts = made_up(3);
  facts.orders[0] = 0;
  facts.net[0] = 0;
  const auto sizes = class_sizes(classes, facts);
  EXPECT_DOUBLE_EQ(sizes[1].customer_share, 1.0);
  EXPECT_EQ(sizes[1].net, 200);
}

}  // namespace
}  // namespace regulars::segments
