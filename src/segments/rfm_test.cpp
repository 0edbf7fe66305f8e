#include "segments/rfm.h"

#include <gtest/gtest.h>

#include <map>

#include "segments/testing.h"

namespace regulars::segments {
namespace {

int codes_of(const RfmClassRule& rule) {
  RfmDefinition one;
  one.match = MatchMode::kFirst;
  one.classes = {rule};
  return 125 - static_cast<int>(check_map(one).uncovered.size());
}

TEST(RfmMap, DefaultCoversEveryCodeOnce) {
  const RfmMapCheck check = check_map(default_rfm());
  EXPECT_TRUE(check.uncovered.empty());
  EXPECT_TRUE(check.doubled.empty());
  EXPECT_TRUE(check.shadowed.empty());
}

TEST(RfmMap, ClassesHaveTheirNumberOfCodes) {
  const std::map<std::string, int> expected = {
      {"Champions", 15},  {"Loyal", 15},          {"Potential loyalists", 20}, {"New customers", 5},
      {"Promising", 5},   {"Need attention", 12}, {"About to sleep", 13},      {"At risk", 26},
      {"Cannot lose", 4}, {"Hibernating", 10}};
  for (const RfmClassRule& rule : default_rfm().classes) {
    EXPECT_EQ(codes_of(rule), expected.at(rule.name)) << rule.name;
  }
}

TEST(RfmMap, GapsAndOverlapsAreRefusedByName) {
  const CustomerFacts facts = facts_of(history_of({{"a", 0, 100}}), 1);
  RfmDefinition gap = default_rfm();
  gap.classes.pop_back();
  auto refused = score_rfm(facts, gap, false);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message().find("no class for 111, 112"), std::string::npos);

  RfmDefinition overlap = default_rfm();
  overlap.classes.push_back({"Everyone", {RfmBox{}}});
  refused = score_rfm(facts, overlap, false);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message().find("111 (Hibernating, Everyone)"), std::string::npos);
}

TEST(RfmMap, FirstMatchReportsShadowedCodesAndElse) {
  RfmDefinition definition = default_rfm();
  definition.match = MatchMode::kFirst;
  definition.classes = {{"All good", {RfmBox{{3, 5}, {1, 5}, {1, 5}}}},
                        {"Best", {RfmBox{{5, 5}, {5, 5}, {1, 5}}}}};
  const Rfm rfm = *score_rfm(facts_of(history_of({{"a", 0, 100}}), 1), definition, false);
  ASSERT_EQ(rfm.remarks.size(), 2u);
  EXPECT_EQ(rfm.remarks[0], "Best: 5 of 5 codes belong to classes named before it");
  EXPECT_EQ(rfm.segmentation.classes.back(), "Others");
}

// Ten customers, silent for 0..9 days: fifths of two.
TEST(RfmScores, RecencyInFifthsAndTiesAlike) {
  std::vector<TestOrder> orders;
  const char* names[] = {"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"};
  for (int i = 0; i < 10; ++i) orders.push_back({names[i], 9 - i, 100});
  Rfm rfm = *score_rfm(facts_of(history_of(orders), 9), default_rfm(), false);
  EXPECT_EQ(rfm.r, (std::vector<int8_t>{5, 5, 4, 4, 3, 3, 2, 2, 1, 1}));
  EXPECT_EQ(rfm.cuts.recency_days, (std::array<double, 4>{2, 4, 6, 8}));
  EXPECT_EQ(rfm.r_ranges[4].low, 0);
  EXPECT_EQ(rfm.r_ranges[4].high, 1);
  // All spent the same: nobody is strictly worse, everybody scores 1.
  EXPECT_EQ(rfm.m, std::vector<int8_t>(10, 1));
  EXPECT_EQ(rfm.f, std::vector<int8_t>(10, 1));
}

TEST(RfmScores, OneOrderIsFrequencyOneHoweverMany) {
  std::vector<TestOrder> orders = {{"a", 0, 1}, {"b", 1, 1}, {"c", 2, 1}, {"d", 3, 1}};
  for (int i = 0; i < 2; ++i) orders.push_back({"two", 4 + i, 1});
  for (int i = 0; i < 3; ++i) orders.push_back({"three", 4 + i, 1});
  for (int i = 0; i < 9; ++i) orders.push_back({"nine", 4 + i, 1});
  const Rfm rfm = *score_rfm(facts_of(history_of(orders), 20), default_rfm(), false);
  EXPECT_EQ(rfm.f, (std::vector<int8_t>{1, 1, 1, 1, 2, 3, 4}));
}

TEST(RfmScores, RowOrderDoesNotMatter) {
  std::vector<TestOrder> orders = {{"a", 0, 500}, {"b", 3, 100}, {"c", 5, 900}, {"a", 7, 50},
                                   {"d", 9, 70},  {"b", 9, 30},  {"e", 2, 10}};
  const Rfm forward = *score_rfm(facts_of(history_of(orders), 12), default_rfm(), false);
  const History reversed_history =
      history_of(std::vector<TestOrder>(orders.rbegin(), orders.rend()));
  const Rfm reversed = *score_rfm(facts_of(reversed_history, 12), default_rfm(), false);
  const History forward_history = history_of(orders);
  for (uint32_t c = 0; c < forward_history.customers(); ++c) {
    const uint32_t other =
        reversed_history.customer_table().ids->find(forward_history.customer_id(c));
    EXPECT_EQ(forward.r[c], reversed.r[other]);
    EXPECT_EQ(forward.f[c], reversed.f[other]);
    EXPECT_EQ(forward.m[c], reversed.m[other]);
  }
}

TEST(RfmScores, FrozenCutsGiveTheSameScoresAgain) {
  std::vector<TestOrder> orders;
  std::vector<std::string> names;
  for (int i = 0; i < 60; ++i) names.push_back("c" + std::to_string(i));
  for (int i = 0; i < 60; ++i) {
    for (int k = 0; k <= i % 7; ++k) {
      orders.push_back(
          {names[static_cast<size_t>(i)].c_str(), (i * 13 + k * 5) % 90, 100 + 37 * i});
    }
  }
  const CustomerFacts facts = facts_of(history_of(orders), 100);
  const Rfm found = *score_rfm(facts, default_rfm(), false);
  RfmDefinition frozen = default_rfm();
  frozen.cuts = found.cuts;
  frozen.cuts.kind = CutKind::kFixed;
  const Rfm again = *score_rfm(facts, frozen, false);
  EXPECT_EQ(found.r, again.r);
  EXPECT_EQ(found.f, again.f);
  EXPECT_EQ(found.m, again.m);
}

TEST(RfmScores, CustomersOutsideTheWindowAreUnscoredAndCounted) {
  const History history = history_of({{"old", 0, 100}, {"recent", 800, 100}});
  const Rfm rfm = *score_rfm(facts_of(history, 800, 24), default_rfm(), true);
  EXPECT_EQ(rfm.unscored, 1);
  EXPECT_EQ(rfm.segmentation.class_of[0], kNoClass);
  EXPECT_EQ(rfm.segmentation.classes[3], "New or returning");
}

}  // namespace
}  // namespace regulars::segments
