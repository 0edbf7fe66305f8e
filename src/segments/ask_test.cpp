#include "segments/ask.h"

#include <gtest/gtest.h>

#include <set>

#include "base/random.h"
#include "segments/rule_diff.h"
#include "segments/rule_history.h"
#include "segments/testing.h"

namespace regulars::segments {
namespace {

using definitions::PopulationSnapshot;
using evaluate::Expression;
using evaluate::ExpressionPtr;
using evaluate::Op;

ExpressionPtr orders(int last_days) {
  evaluate::Aggregate count;
  count.event = "purchase";
  count.window = evaluate::rolling(days(last_days));
  return evaluate::aggregate(std::move(count));
}

ExpressionPtr percentile(ExpressionPtr value) {
  Expression made = *evaluate::make(Op::kPosition, {std::move(value)});
  made.literal = evaluate::text("percentile")->literal;
  return std::make_shared<const Expression>(std::move(made));
}

ExpressionPtr at_least(ExpressionPtr value, double bound) {
  return evaluate::make(Op::kGreaterEqual, {std::move(value), evaluate::real(bound)});
}

ExpressionPtr days_ago(ExpressionPtr value, int back) {
  evaluate::Shift shift;
  shift.back = days(back);
  return evaluate::shifted(std::move(value), shift);
}

// 60 customers who come and go over two years.
const History& shop() {
  static const History history = [] {
    static std::vector<std::string> names;
    for (int c = 0; c < 60; ++c) names.push_back("c" + std::to_string(c));
    Random random(5);
    std::vector<TestOrder> all;
    for (int c = 0; c < 60; ++c) {
      for (int day = static_cast<int>(random.below(500)); day < 730;
           day += static_cast<int>(1 + random.below(90))) {
        all.push_back({names[static_cast<size_t>(c)].c_str(), day, 1000});
      }
    }
    return history_of(all);
  }();
  return history;
}

Asking asking_of(const std::vector<PopulationSnapshot>* snapshots) {
  Asking asking;
  asking.history = &shop();
  asking.zone = &Zone::utc();
  asking.snapshots = snapshots;
  asking.threads = 1;
  return asking;
}

PopulationSnapshot measured(const std::vector<ExpressionPtr>& trees, int day) {
  const Instant t = end_of_test_day(day);
  return definitions::take_snapshot(definitions::needs_of(trees), shop(), Zone::utc(), t, t, {}, 1)
      .value();
}

// With other cut points than that day's, so that it is seen which snapshot was looked at.
PopulationSnapshot posing(const ExpressionPtr& rule, int measured_on, int day) {
  PopulationSnapshot snapshot = measured({rule}, measured_on);
  snapshot.cut_off = snapshot.recorded_at = end_of_test_day(day);
  snapshot.id = to_iso(snapshot.cut_off);
  return snapshot;
}

std::vector<CustomerNumber> members(const Asking& asking, const ExpressionPtr& rule, int day) {
  const Instant t = end_of_test_day(day);
  const auto asked = ask(asking, {{"rule", rule}}, t);
  EXPECT_TRUE(asked) << asked.error().to_string();
  return customers_in(*asking.history, asked->answers.columns.front(), t);
}

TEST(Ask, WithoutASnapshotPopulationWordsAreUnknown) {
  const ExpressionPtr rule = at_least(percentile(orders(90)), 0);
  EXPECT_TRUE(members(asking_of(nullptr), rule, 600).empty());
  const ExpressionPtr known = evaluate::make(Op::kKnown, {percentile(orders(90))});
  EXPECT_TRUE(members(asking_of(nullptr), known, 600).empty());
  const std::vector<PopulationSnapshot> later = {measured({rule}, 650)};
  EXPECT_TRUE(members(asking_of(&later), rule, 600).empty());
  EXPECT_FALSE(members(asking_of(&later), rule, 650).empty());
}

TEST(Ask, NamesTheSnapshotThatCountsAndNoneWhereNoneIsNeeded) {
  const ExpressionPtr rule = at_least(percentile(orders(90)), 0.5);
  const std::vector<PopulationSnapshot> all = {measured({rule}, 500), measured({rule}, 600)};
  const auto id = [&](const ExpressionPtr& asked, int day) {
    return ask(asking_of(&all), {{"rule", asked}}, end_of_test_day(day))->snapshot;
  };
  EXPECT_EQ(id(rule, 499), "");
  EXPECT_EQ(id(rule, 599), all[0].id);
  EXPECT_EQ(id(rule, 600), all[1].id);
  EXPECT_EQ(id(at_least(orders(90), 1), 600), "");
}

TEST(Ask, RecomputingMeasuresAtTheInstantItself) {
  const ExpressionPtr rule = at_least(percentile(orders(90)), 0.6);
  const std::vector<PopulationSnapshot> stale = {measured({rule}, 30)};
  const std::vector<PopulationSnapshot> fresh = {measured({rule}, 700)};
  Asking recompute = asking_of(&stale);
  recompute.population = PopulationChoice::kRecompute;
  EXPECT_EQ(members(recompute, rule, 700), members(asking_of(&fresh), rule, 700));
  EXPECT_NE(members(recompute, rule, 700), members(asking_of(&stale), rule, 700));
}

// A rule shifted by 90 days holds for those for whom the rule held 90 days ago.
TEST(Ask, AShiftedPopulationIsThatOfItsOwnTime) {
  const ExpressionPtr rule = at_least(percentile(orders(60)), 0.6);
  const std::vector<PopulationSnapshot> all = {measured({rule}, 400), posing(rule, 30, 500),
                                               measured({rule}, 700)};
  EXPECT_EQ(members(asking_of(&all), days_ago(rule, 90), 700), members(asking_of(&all), rule, 610));
  Asking recompute = asking_of(nullptr);
  recompute.population = PopulationChoice::kRecompute;
  EXPECT_EQ(members(recompute, days_ago(rule, 90), 700), members(recompute, rule, 610));
}

TEST(Ask, InstantsThatLookAtOtherSnapshotsAreNotAnsweredTogether) {
  const ExpressionPtr rule = at_least(percentile(orders(60)), 0.6);
  const ExpressionPtr both = evaluate::make(Op::kOr, {rule, days_ago(rule, 90)});
  const std::vector<PopulationSnapshot> all = {measured({rule}, 400), posing(rule, 30, 500),
                                               measured({rule}, 560)};
  std::vector<Instant> instants;
  for (int day = 480; day < 720; day += 20) instants.push_back(end_of_test_day(day));
  const auto together = ask_at(asking_of(&all), {{"rule", both}}, instants);
  ASSERT_TRUE(together) << together.error().to_string();
  for (size_t i = 0; i < instants.size(); ++i) {
    const auto alone = ask(asking_of(&all), {{"rule", both}}, instants[i]);
    EXPECT_EQ(customers_in(shop(), (*together)[i].answers.columns[0], instants[i]),
              customers_in(shop(), alone->answers.columns[0], instants[i]))
        << i;
  }
}

// Membership at some instant of a window, with snapshots that change within it: by hand, day by
// day, against the operation. All events lie at noon, so no day is missed.
TEST(Ask, WhatWasTrueOverTimeLooksAtEachSnapshotInItsTime) {
  const ExpressionPtr rule = at_least(percentile(orders(60)), 0.85);
  const std::vector<PopulationSnapshot> all = {measured({rule}, 400), posing(rule, 30, 640),
                                               measured({rule}, 670)};
  std::set<CustomerNumber> expected;
  for (int day = 600; day <= 700; ++day) {
    for (const CustomerNumber c : members(asking_of(&all), rule, day)) expected.insert(c);
  }
  const ExpressionPtr ever = evaluate::over_time(Op::kEver, rule, evaluate::rolling(days(100)));
  const auto found = members(asking_of(&all), ever, 700);
  EXPECT_EQ(std::set<CustomerNumber>(found.begin(), found.end()), expected);
  const std::vector<PopulationSnapshot> last = {posing(rule, 670, 0)};
  EXPECT_NE(members(asking_of(&last), ever, 700), found);
}

TEST(Ask, WhatAStoredSnapshotLacksIsMeasuredAtItsCutOffAlsoWhatRestsOnWhatItHas) {
  const ExpressionPtr inner = percentile(orders(60));
  const ExpressionPtr outer =
      at_least(percentile(evaluate::make(Op::kAdd, {inner, orders(30)})), 0.6);
  const std::vector<PopulationSnapshot> whole = {measured({outer}, 600)};
  const std::vector<PopulationSnapshot> lacking = {measured({inner}, 600)};
  EXPECT_EQ(members(asking_of(&lacking), outer, 650), members(asking_of(&whole), outer, 650));
  EXPECT_FALSE(members(asking_of(&whole), outer, 650).empty());
}

TEST(RuleDiff, IsTheDifferenceOfTheSets) {
  Random random(11);
  for (int round = 0; round < 30; ++round) {
    const ExpressionPtr before = at_least(orders(static_cast<int>(10 + random.below(200))),
                                          static_cast<double>(1 + random.below(3)));
    const ExpressionPtr after = at_least(orders(static_cast<int>(10 + random.below(200))),
                                         static_cast<double>(1 + random.below(3)));
    const int day = static_cast<int>(100 + random.below(600));
    const auto diff = diff_rules(asking_of(nullptr), before, after, end_of_test_day(day));
    ASSERT_TRUE(diff) << diff.error().to_string();
    const auto a = members(asking_of(nullptr), before, day);
    const auto b = members(asking_of(nullptr), after, day);
    const std::set<CustomerNumber> in_a(a.begin(), a.end());
    const std::set<CustomerNumber> in_b(b.begin(), b.end());
    std::vector<CustomerNumber> entering, leaving;
    for (const CustomerNumber c : b) {
      if (!in_a.contains(c)) entering.push_back(c);
    }
    for (const CustomerNumber c : a) {
      if (!in_b.contains(c)) leaving.push_back(c);
    }
    EXPECT_EQ(diff->entering, entering);
    EXPECT_EQ(diff->leaving, leaving);
    EXPECT_EQ(diff->staying + static_cast<int64_t>(leaving.size()), diff->before);
    EXPECT_EQ(diff->staying + static_cast<int64_t>(entering.size()), diff->after);
  }
}

TEST(RuleHistory, WhoEnteredLessWhoLeftIsTheChangeOfSize) {
  const Instant from = end_of_test_day(100), to = end_of_test_day(720);
  const auto ends = period_ends(Zone::utc(), from, to, Step::kMonth);
  const auto points = rule_history(asking_of(nullptr), at_least(orders(60), 2), ends);
  ASSERT_TRUE(points) << points.error().to_string();
  ASSERT_EQ(points->size(), ends.size());
  int64_t moves = 0;
  for (size_t i = 1; i < points->size(); ++i) {
    const RulePoint& point = (*points)[i];
    EXPECT_EQ(point.entered - point.left, point.size - (*points)[i - 1].size);
    EXPECT_LE(point.size, point.population);
    EXPECT_GE(point.population, (*points)[i - 1].population);
    moves += point.entered + point.left;
  }
  EXPECT_GT(moves, 0);
  EXPECT_EQ(points->front().entered + points->front().left, 0);
}

// Nobody is counted before her first record: "no order in 30 days" is not true of the future.
TEST(RuleHistory, CountsThoseKnownThen) {
  const ExpressionPtr none = evaluate::make(Op::kLess, {orders(30), evaluate::integer(1)});
  const Instant early = end_of_test_day(5);
  const auto points = rule_history(asking_of(nullptr), none, {early, end_of_test_day(720)});
  EXPECT_LE((*points)[0].size, (*points)[0].population);
  EXPECT_LT((*points)[0].population, 60);
  EXPECT_EQ((*points)[1].population, population_size(shop(), end_of_test_day(720)));
}

}  // namespace
}  // namespace regulars::segments
