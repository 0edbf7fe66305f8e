#include "segments/ladder.h"

#include <gtest/gtest.h>

#include "segments/testing.h"

namespace regulars::segments {
namespace {

// Freireich's 6-MP arm (Cox 1972, table 1): the textbook product-limit estimate.
TEST(KaplanMeier, ReproducesPublishedTable) {
  const std::vector<Spell> spells = {
      {6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
      {10, false}, {11, false}, {13, true},  {16, true},  {17, false}, {19, false}, {20, false},
      {22, true},  {23, true},  {25, false}, {32, false}, {32, false}, {34, false}, {35, false}};
  const auto curve = kaplan_meier(spells);
  ASSERT_EQ(curve.size(), 7u);
  const double survival[] = {0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448};
  for (size_t i = 0; i < curve.size(); ++i) {
    EXPECT_NEAR(1 - curve[i].share_returned, survival[i], 0.0005);
    EXPECT_LT(curve[i].low, curve[i].share_returned);
    EXPECT_GT(curve[i].high, curve[i].share_returned);
  }
  EXPECT_EQ(curve[0].at_risk, 21);
  // Greenwood's standard error at 6 weeks is 0.0764; the log-log interval of S is 0.620..0.952.
  EXPECT_NEAR(1 - curve[0].high, 0.620, 0.001);
  EXPECT_NEAR(1 - curve[0].low, 0.952, 0.001);
}

TEST(Ladder, OpenCustomersCountAsOpen) {
  // Three came back after 10 days, one was seen for 200 days and did not, one bought yesterday.
  const History history = history_of({{"a", 0, 1},
                                      {"a", 10, 1},
                                      {"b", 0, 1},
                                      {"b", 10, 1},
                                      {"c", 0, 1},
                                      {"c", 10, 1},
                                      {"d", 0, 1},
                                      {"e", 199, 1}});
  const Ladder steps = ladder(facts_of(history, 200), Day{kTestEpoch});
  EXPECT_EQ(steps.steps[0].customers, 5);
  EXPECT_EQ(steps.steps[0].came_again, 3);
  EXPECT_DOUBLE_EQ(steps.steps[0].within_90, 0.75);  // not 3 of 5
  EXPECT_DOUBLE_EQ(steps.q50, 10);
}

TEST(Ladder, ReturnAfterNinetyDaysIsNotWithinNinety) {
  const History history = history_of({{"a", 0, 1}, {"a", 91, 1}, {"b", 0, 1}, {"b", 90, 1}});
  EXPECT_DOUBLE_EQ(ladder(facts_of(history, 100), Day{kTestEpoch}).steps[0].within_90, 0.5);
}

TEST(Cohorts, RetentionByMonthAndImmatureCellsAreEmpty) {
  // January: a and b; a again in February. March is not complete on day 70.
  const History history =
      history_of({{"a", 0, 1}, {"b", 5, 1}, {"a", 40, 1}, {"c", 45, 1}, {"c", 65, 1}});
  const CustomerFacts facts = facts_of(history, 70);
  const Cohorts table =
      *cohorts(history, Zone::utc(), facts, Day{kTestEpoch}, Day{kTestEpoch + 70}, 20, 1);
  ASSERT_EQ(table.cohorts.size(), 3u);
  EXPECT_EQ(table.cohorts[0].customers, 2);
  EXPECT_EQ(table.cohorts[0].retained, (std::vector<int64_t>{2, 1, -1}));
  EXPECT_TRUE(table.cohorts[0].not_really_new);
  EXPECT_EQ(table.cohorts[1].retained, (std::vector<int64_t>{1, -1}));
  EXPECT_FALSE(table.cohorts[1].not_really_new);
}

TEST(Cohorts, MonthSeenOnlyInPartIsNotComplete) {
  const History history = history_of({{"a", 0, 1}, {"b", 40, 1}});
  const Zone& utc = Zone::utc();
  const Day end = to_day({2020, 2, 29});
  const FactsWindow window;
  const auto last_cell = [&](Instant as_of) {
    const auto facts = customer_facts(history, utc, std::span(&as_of, 1), window, 1);
    return cohorts(history, utc, facts->front(), Day{kTestEpoch}, end, 20, 1)
        ->cohorts.back()
        .retained.back();
  };
  EXPECT_EQ(last_cell(utc.end_of(end)), 1);
  EXPECT_EQ(last_cell(utc.end_of(end) - microseconds(1)), -1);
}

}  // namespace
}  // namespace regulars::segments
