#include "segments/life_cycle.h"

#include <gtest/gtest.h>

#include "segments/testing.h"

namespace regulars::segments {
namespace {

// A shop whose usual gap is 20 days; q50, q80, q95 = 30, 60, 120.
ShopRhythm test_rhythm() {
  ShopRhythm rhythm;
  rhythm.twice_usual_gap = 40;
  rhythm.q50 = 30.5;
  rhythm.q80 = 60;
  rhythm.q95 = 120;
  return rhythm;
}

std::string class_at(const std::vector<TestOrder>& orders, int day) {
  const History history = history_of(orders);
  const CustomerFacts facts = facts_of(history, day);
  const LifeCycle cycle = *life_cycle(history, Zone::utc(), facts, test_rhythm(), 1);
  const int16_t k = cycle.segmentation.class_of[0];
  return k == kNoClass ? "not known yet" : cycle.segmentation.classes[static_cast<size_t>(k)];
}

TEST(LifeCycle, OneTimeBuyerIsNewThenSlippingLapsedLostNeverActive) {
  const std::vector<TestOrder> once = {{"a", 0, 100}};
  EXPECT_EQ(class_at(once, 30), "new");
  EXPECT_EQ(class_at(once, 31), "slipping");
  EXPECT_EQ(class_at(once, 60), "slipping");
  EXPECT_EQ(class_at(once, 61), "lapsed");
  EXPECT_EQ(class_at(once, 120), "lapsed");
  EXPECT_EQ(class_at(once, 121), "lost");
}

// Days 0, 40, 80: n = 3, g = (40 + 80) / 4 = 30 days; 1.5 g = 45, 3 g = 90, 6 g = 180.
TEST(LifeCycle, RepeatBuyerByOwnGap) {
  const std::vector<TestOrder> regular = {{"a", 0, 100}, {"a", 40, 100}, {"a", 80, 100}};
  EXPECT_EQ(class_at(regular, 80 + 45), "active");
  EXPECT_EQ(class_at(regular, 80 + 46), "slipping");
  EXPECT_EQ(class_at(regular, 80 + 90), "slipping");
  EXPECT_EQ(class_at(regular, 80 + 91), "lapsed");
  EXPECT_EQ(class_at(regular, 80 + 180), "lapsed");
  EXPECT_EQ(class_at(regular, 80 + 181), "lost");
}

// Daily buyer: g is about 4 days, so the floors 14, 30, 90 decide.
TEST(LifeCycle, FloorsKeepADailyBuyerFromBeingLostTooSoon) {
  std::vector<TestOrder> daily;
  for (int day = 0; day < 60; ++day) daily.push_back({"a", day, 100});
  EXPECT_EQ(class_at(daily, 59 + 14), "active");
  EXPECT_EQ(class_at(daily, 59 + 15), "slipping");
  EXPECT_EQ(class_at(daily, 59 + 31), "lapsed");
  EXPECT_EQ(class_at(daily, 59 + 91), "lost");
}

TEST(LifeCycle, NobodyIsLapsedAfterTwoYears) {
  // g = (40 + 600) / 3: 6 g = 1280 days, but 730 is the end.
  const std::vector<TestOrder> slow = {{"a", 0, 100}, {"a", 600, 100}};
  EXPECT_EQ(class_at(slow, 600 + 730), "lapsed");
  EXPECT_EQ(class_at(slow, 600 + 731), "lost");
}

TEST(LifeCycle, WonBackAfterALapse) {
  // The second purchase came 61 days after the first: longer than q80.
  EXPECT_EQ(class_at({{"a", 0, 100}, {"a", 61, 100}}, 61 + 30), "won back");
  EXPECT_EQ(class_at({{"a", 0, 100}, {"a", 60, 100}}, 60 + 30), "active");
  // After 0 and 40, g stood at (40 + 40) / 3 = 26.7; a gap over 80 days was a lapse.
  EXPECT_EQ(class_at({{"a", 0, 1}, {"a", 40, 1}, {"a", 121, 1}}, 121 + 10), "won back");
  EXPECT_EQ(class_at({{"a", 0, 1}, {"a", 40, 1}, {"a", 120, 1}}, 120 + 10), "active");
  EXPECT_EQ(class_at({{"a", 0, 1}, {"a", 40, 1}, {"a", 121, 1}}, 121 + 31), "active");
}

TEST(LifeCycle, SeenWithoutAPurchaseIsAProspectAndLaterPeopleAreUnknown) {
  EXPECT_EQ(class_at({{"a", 0, -100}}, 10), "prospect");
  EXPECT_EQ(class_at({{"a", 20, 100}}, 10), "not known yet");
}

TEST(LifeCycle, SmallShopsUseTheTableOfTheirKindAndSaySo) {
  const History history = history_of({{"a", 0, 1}, {"a", 9, 1}});
  const ShopRhythm rhythm = shop_rhythm(facts_of(history, 20), Day{kTestEpoch}, "grocery");
  EXPECT_FALSE(rhythm.own);
  EXPECT_EQ(rhythm.vertical, "grocery");
  EXPECT_EQ(rhythm.twice_usual_gap, 14);
  EXPECT_EQ(rhythm.repeat_buyers, 1);
}

TEST(LifeCycle, LateListIsRepeatBuyersByNet) {
  const History history = history_of({{"poor", 0, 100},
                                      {"poor", 40, 100},
                                      {"rich", 0, 900},
                                      {"rich", 40, 900},
                                      {"once", 0, 5000},
                                      {"fine", 70, 100},
                                      {"fine", 85, 100}});
  const CustomerFacts facts = facts_of(history, 100);
  const LifeCycle cycle = *life_cycle(history, Zone::utc(), facts, test_rhythm(), 1);
  const std::vector<LateCustomer> late = late_customers(cycle, facts);
  ASSERT_EQ(late.size(), 2u);
  EXPECT_EQ(history.customer_id(late[0].customer), "rich");
  EXPECT_EQ(late[0].silent_days, 60);
  EXPECT_DOUBLE_EQ(late[0].usual_gap_days, 80.0 / 3);
}

}  // namespace
}  // namespace regulars::segments
