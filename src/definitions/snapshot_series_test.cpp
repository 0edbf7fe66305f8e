#include "definitions/snapshot_series.h"

#include <gtest/gtest.h>

namespace regulars::definitions {
namespace {

using evaluate::Expression;
using evaluate::ExpressionPtr;
using evaluate::Op;

constexpr Instant kDay0{1'700'000'000'000'000};

Instant on_day(int day) { return kDay0 + days(day); }

ExpressionPtr word() {
  Expression made;
  made.op = Op::kSnapshotText;
  made.name = "tier";
  return std::make_shared<const Expression>(std::move(made));
}

PopulationSnapshot snapshot(int cut_off, int recorded, const char* says) {
  PopulationSnapshot made;
  made.id = to_iso(on_day(cut_off));
  made.cut_off = on_day(cut_off);
  made.recorded_at = on_day(recorded);
  made.words["tier"] = evaluate::text(says);
  return made;
}

ExpressionPtr back(ExpressionPtr tree, int many) {
  evaluate::Shift shift;
  shift.back = days(many);
  return evaluate::shifted(std::move(tree), shift);
}

ExpressionPtr bound_at(const ExpressionPtr& tree, int day, const SnapshotSeries& series) {
  return bind_over(tree, {on_day(day), on_day(day)}, Zone::utc(), series);
}

const std::vector<PopulationSnapshot>& monthly() {
  static const std::vector<PopulationSnapshot> all = {
      snapshot(10, 11, "ten"), snapshot(40, 41, "forty"), snapshot(70, 71, "seventy")};
  return all;
}

TEST(SnapshotSeries, TheNewestCountsFromWhenItIsKnown) {
  const SnapshotSeries series = SnapshotSeries::of(monthly(), {});
  EXPECT_EQ(series.at(on_day(10)), nullptr) << "recorded a day later";
  EXPECT_EQ(series.at(on_day(11)), &monthly()[0]);
  EXPECT_EQ(series.at(on_day(40)), &monthly()[0]);
  EXPECT_EQ(series.at(on_day(1000)), &monthly()[2]);
  const SnapshotSeries later = SnapshotSeries::of(monthly(), on_day(50));
  EXPECT_EQ(later.at(on_day(10)), &monthly()[0]) << "seen from day 50";
  EXPECT_EQ(later.at(on_day(9)), nullptr);
  EXPECT_EQ(later.at(on_day(100)), &monthly()[1]) << "the third was not yet known";
  EXPECT_EQ(SnapshotSeries().at(on_day(1)), nullptr);
}

TEST(SnapshotSeries, PiecesOfATimeBeginWithTheOneThatCountsAtItsBeginning) {
  const SnapshotSeries series = SnapshotSeries::of(monthly(), on_day(100));
  const auto pieces = series.within(on_day(20), on_day(70));
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_EQ(pieces[0].snapshot, &monthly()[0]);
  EXPECT_EQ(pieces[2].from, on_day(70));
  EXPECT_EQ(series.within(on_day(0), on_day(9)).size(), 1u);
  EXPECT_EQ(series.within(on_day(0), on_day(9)).front().snapshot, nullptr);
}

TEST(SnapshotSeries, OneTakenForAnInstantReplacesTheStoredOne) {
  const PopulationSnapshot fresh = snapshot(40, 40, "fresh");
  SnapshotSeries series = SnapshotSeries::of(monthly(), on_day(100));
  series.add(fresh);
  EXPECT_EQ(series.at(on_day(40)), &fresh);
  EXPECT_EQ(series.at(on_day(39)), &monthly()[0]);
  EXPECT_EQ(series.at(on_day(70)), &monthly()[2]);
}

TEST(BindOver, AShiftedPartLooksAtTheSnapshotOfItsOwnInstant) {
  const SnapshotSeries series = SnapshotSeries::of(monthly(), on_day(100));
  const ExpressionPtr tree = evaluate::make(Op::kEqual, {word(), back(word(), 35)});
  const ExpressionPtr made = bound_at(tree, 80, series);
  EXPECT_EQ(made->arguments[0]->literal.text, "seventy");
  EXPECT_EQ(made->arguments[1]->arguments[0]->literal.text, "forty");
  const ExpressionPtr twice = bound_at(back(back(word(), 35), 30), 80, series);
  EXPECT_EQ(twice->arguments[0]->arguments[0]->literal.text, "ten");
  const ExpressionPtr before = bound_at(back(word(), 75), 80, series);
  EXPECT_EQ(before->arguments[0]->op, Op::kSnapshotText) << "no snapshot yet: unknown";
}

TEST(BindOver, WhatWasTrueOverTimeChoosesByTheInstant) {
  const SnapshotSeries series = SnapshotSeries::of(monthly(), on_day(100));
  const ExpressionPtr rule = evaluate::make(Op::kEqual, {word(), evaluate::text("forty")});
  const ExpressionPtr ever = evaluate::over_time(Op::kEver, rule, evaluate::rolling(days(20)));
  // [55, 75]: forty, then seventy. Some days more are let in on the early side.
  const ExpressionPtr chosen = bound_at(ever, 75, series)->arguments[0]->arguments[0];
  ASSERT_EQ(chosen->op, Op::kIfElse);
  EXPECT_EQ(chosen->arguments[0]->arguments[1]->literal.number, on_day(70).micros);
  EXPECT_EQ(chosen->arguments[1]->literal.text, "forty");
  EXPECT_EQ(chosen->arguments[2]->literal.text, "seventy");
  const ExpressionPtr since =
      bound_at(evaluate::over_time(Op::kSince, rule, evaluate::lifetime()), 75, series);
  EXPECT_EQ(since->arguments[0]->arguments[0]->op, Op::kIfElse) << "since ever";
}

TEST(BindOver, ChoicesAreEqualWhereTheSameSnapshotsCount) {
  const SnapshotSeries series = SnapshotSeries::of(monthly(), on_day(100));
  const auto choices = [&](const ExpressionPtr& tree, int day) {
    return looked_at({tree}, {on_day(day), on_day(day)}, Zone::utc(), series).choices;
  };
  EXPECT_EQ(choices(word(), 71), choices(word(), 90));
  const ExpressionPtr both = evaluate::make(Op::kEqual, {word(), back(word(), 35)});
  EXPECT_NE(choices(both, 71), choices(both, 90)) << "36 and 55 lie on both sides of 40";
  EXPECT_TRUE(choices(evaluate::integer(1), 71).empty());
}

TEST(BindOver, NeedsAreThoseOfEachSnapshot) {
  const SnapshotSeries series = SnapshotSeries::of(monthly(), on_day(100));
  evaluate::Aggregate count;
  count.event = "purchase";
  Expression position = *evaluate::make(Op::kPosition, {evaluate::aggregate(std::move(count))});
  position.literal = evaluate::text("rank")->literal;
  const auto rank = std::make_shared<const Expression>(std::move(position));
  const auto seen =
      looked_at({back(rank, 35), word()}, {on_day(80), on_day(80)}, Zone::utc(), series);
  ASSERT_EQ(seen.needs.size(), 2u);
  EXPECT_EQ(seen.needs[0].first, &monthly()[1]);
  EXPECT_EQ(seen.needs[0].second.populations.at(0).key, population_key(*rank));
  EXPECT_EQ(seen.needs[1].first, &monthly()[2]);
  EXPECT_EQ(seen.needs[1].second.words, std::vector<std::string>{"tier"});
  EXPECT_EQ(seen.asked.size(), 2u);
}

}  // namespace
}  // namespace regulars::definitions
