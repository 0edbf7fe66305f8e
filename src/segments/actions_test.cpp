#include "segments/actions.h"

#include <gtest/gtest.h>

#include "segments/testing.h"

namespace regulars::segments {
namespace {

TEST(CardArithmetic, ExampleOfTheSpecification) {
  // base .55, cost 5.00, margin 40 % of 303.04: 2.4 points.
  EXPECT_NEAR(*break_even_uplift(0.55, 5.0, 0.4 * 303.04), 0.0237, 0.0001);
  EXPECT_FALSE(break_even_uplift(0.55, 5.0, 4.0).has_value());
  // 606 people halved: 11 points; 308 halved: 16.
  EXPECT_NEAR(visible_effect(0.55, 303, 303), 0.113, 0.001);
  EXPECT_NEAR(visible_effect(0.55, 154, 154), 0.159, 0.001);
  EXPECT_EQ(visible_effect(0.55, 10, 0), 1);
}

TEST(ControlGroup, IsStableAndOfTheSizeAsked) {
  int control = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string id = "customer " + std::to_string(i);
    const bool side = in_control_group(id, 0.2, 1);
    EXPECT_EQ(side, in_control_group(id, 0.2, 1));
    // Whoever is kept out at 10 % is kept out at 20 % as well.
    if (in_control_group(id, 0.1, 1)) {
      EXPECT_TRUE(side);
    }
    control += side ? 1 : 0;
  }
  EXPECT_NEAR(control, 4'000, 250);
}

TEST(ActionCards, EachListByItsRuleAndAtMostFive) {
  std::vector<std::string> names;
  for (int i = 0; i < 60; ++i) names.push_back("c" + std::to_string(i));
  std::vector<TestOrder> orders;
  for (int i = 0; i < 60; ++i) {
    const char* name = names[static_cast<size_t>(i)].c_str();
    orders.push_back({name, 0, 1000});
    if (i >= 20) orders.push_back({name, 30, 1000});
    if (i >= 40) orders.push_back({name, 100, 1000});
  }
  const History history = history_of(orders);
  const CustomerFacts facts = facts_of(history, 110);
  ShopRhythm rhythm;
  rhythm.twice_usual_gap = 60;
  rhythm.q50 = 20;
  rhythm.q80 = 120;
  rhythm.q95 = 200;
  const LifeCycle cycle = *life_cycle(history, Zone::utc(), facts, rhythm, 1);
  const Segmentation tiers;
  const auto cards =
      action_cards({history, facts, cycle, tiers, nullptr, nullptr, nullptr, nullptr}, {});
  ASSERT_EQ(cards.size(), 3u);
  EXPECT_EQ(cards[0].key, "save");
  EXPECT_EQ(cards[0].net_at_stake, 20 * 2000);
  EXPECT_EQ(cards[1].key, "second-order");
  EXPECT_EQ(cards[1].members.size(), 20u);
  EXPECT_EQ(cards[2].key, "keep");
  for (const ActionCard& card : cards) {
    EXPECT_EQ(card.contacts + card.controls, static_cast<int64_t>(card.members.size()));
    EXPECT_EQ(card.came_back_unaided.of, 0);
  }
}

}  // namespace
}  // namespace regulars::segments
