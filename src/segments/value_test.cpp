#include "segments/value.h"

#include <gtest/gtest.h>

#include "segments/testing.h"

namespace regulars::segments {
namespace {

TEST(ValueTiers, HalfThenThirtyThenTheRest) {
  const History history =
      history_of({{"a", 0, 5000}, {"b", 0, 3000}, {"c", 0, 1000}, {"d", 0, 1000}});
  const Segmentation tiers = value_tiers(facts_of(history, 10));
  EXPECT_EQ(tiers.class_of, (std::vector<int16_t>{0, 1, 2, 2}));
}

TEST(ValueTiers, EqualNetEqualTier) {
  const History history = history_of({{"a", 0, 100}, {"b", 0, 100}, {"c", 0, 100}, {"d", 0, 100}});
  const Segmentation tiers = value_tiers(facts_of(history, 10));
  EXPECT_EQ(tiers.class_of, (std::vector<int16_t>{0, 0, 0, 0}));
}

TEST(ValueTiers, NobodyBringsAShareOfNothing) {
  const History history = history_of(
      {{"a", 0, 1}, {"b", 0, 1}, {"c", 0, 1}, {"a", 1, -51}, {"b", 1, -52}, {"c", 1, -53}});
  EXPECT_EQ(value_tiers(facts_of(history, 10)).class_of, (std::vector<int16_t>{2, 2, 2}));
}

TEST(Concentration, CurveHasAtMost200Points) {
  for (const int customers : {1, 199, 300, 398, 399, 1000}) {
    std::vector<std::string> ids;
    for (int i = 0; i < customers; ++i) ids.push_back("c" + std::to_string(i));
    std::vector<TestOrder> orders;
    for (const std::string& id : ids) orders.push_back({id.c_str(), 0, 100});
    const Concentration found = concentration(facts_of(history_of(orders), 10));
    EXPECT_LE(found.curve.size(), 200u) << customers;
    EXPECT_DOUBLE_EQ(found.curve.back().customer_share, 1.0);
  }
}

TEST(Concentration, FewestWhoBringHalf) {
  const History history =
      history_of({{"a", 0, 4000}, {"b", 0, 3000}, {"c", 0, 2000}, {"d", 0, 1000}});
  const Concentration curve = concentration(facts_of(history, 10));
  EXPECT_EQ(curve.bring_half, 2);
  EXPECT_EQ(curve.bring_80, 3);
  EXPECT_DOUBLE_EQ(curve.top_20_share, 0.4);
  EXPECT_DOUBLE_EQ(curve.curve.back().net_share, 1.0);
}

TEST(Concentration, RanksByNetNotGross) {
  const History history =
      history_of({{"whale", 0, 7718360}, {"whale", 1, -7718360}, {"a", 0, 100}, {"b", 0, 90}});
  const CustomerFacts facts = facts_of(history, 10);
  EXPECT_EQ(concentration(facts).bring_half, 1);
  const auto undone = undone_among_largest(facts);
  ASSERT_EQ(undone.size(), 1u);
  EXPECT_EQ(undone[0].gross, 7718360);
  EXPECT_EQ(undone[0].net, 0);
}

}  // namespace
}  // namespace regulars::segments
