#include "definitions/population.h"

#include <gtest/gtest.h>

#include <cmath>

namespace regulars::definitions {
namespace {

using evaluate::Expression;
using evaluate::ExpressionPtr;
using evaluate::Op;

ExpressionPtr position(const ExpressionPtr& value, const char* word,
                       const ExpressionPtr& group = nullptr) {
  Expression made = *(group == nullptr ? evaluate::make(Op::kPosition, {value})
                                       : evaluate::make(Op::kPosition, {value, group}));
  made.literal = evaluate::text(word)->literal;
  return std::make_shared<const Expression>(std::move(made));
}

ExpressionPtr word(const char* name) {
  Expression made;
  made.op = Op::kSnapshotText;
  made.name = name;
  return std::make_shared<const Expression>(std::move(made));
}

ExpressionPtr orders() {
  evaluate::Aggregate count;
  count.event = "purchase";
  return evaluate::aggregate(std::move(count));
}

ExpressionPtr spent() {
  evaluate::Aggregate sum;
  sum.kind = evaluate::AggregateKind::kSum;
  sum.event = "purchase";
  sum.value = evaluate::column_value("amount");
  return evaluate::aggregate(std::move(sum));
}

constexpr Instant kDay0{1'700'000'000'000'000};

// Customers: a buys 1.00 and 2.00, b 5.00, c nothing, d (known only later) 9.00; countries AT, DE,
// AT, DE and unknown for e, who bought for 4.00.
History shop() {
  CustomerTable customers;
  customers.ids = std::make_shared<Dictionary>();
  auto countries = std::make_shared<Dictionary>();
  Column country = Column::text("country", countries);
  for (const char* id : {"a", "b", "c", "d", "e"}) customers.ids->intern(id);
  for (const char* name : {"AT", "DE", "AT", "DE"})
    country.codes.push_back(countries->intern(name));
  country.codes.push_back(kNoCode);
  customers.attributes = {country};
  customers.known_from = {kDay0, kDay0, kDay0, kDay0 + days(100), kDay0};
  EventBatch purchases;
  purchases.type = "purchase";
  Column amount = Column::decimal("amount", 2);
  const auto buy = [&](CustomerNumber c, int day, int64_t cents) {
    purchases.customer.push_back(c);
    purchases.at.push_back(kDay0 + days(day));
    purchases.id.push_back(purchases.id.size());
    amount.numbers.push_back(cents);
  };
  buy(0, 1, 100);
  buy(0, 2, 200);
  buy(1, 3, 500);
  buy(3, 100, 900);
  buy(4, 4, 400);
  buy(1, 50, 1000);  // after the cut-off
  purchases.columns = {amount};
  auto history = History::build(std::move(customers), {std::move(purchases)});
  EXPECT_TRUE(history.ok());
  return std::move(history).value();
}

PopulationSnapshot take(const std::vector<ExpressionPtr>& trees) {
  auto snapshot = take_snapshot(needs_of(trees), shop(), Zone::utc(), kDay0 + days(10),
                                kDay0 + days(11), {}, 1);
  EXPECT_TRUE(snapshot.ok()) << (snapshot ? "" : snapshot.error().to_string());
  return snapshot ? std::move(snapshot).value() : PopulationSnapshot{};
}

TEST(Population, NeedsAreDistinctAndWordsAreNamedOnce) {
  const ExpressionPtr tree = evaluate::make(
      Op::kAnd,
      {evaluate::make(Op::kGreater, {position(spent(), "percentile"), evaluate::real(0.8)}),
       evaluate::make(Op::kGreater, {position(spent(), "rank"), evaluate::integer(3)}),
       evaluate::make(Op::kEqual, {word("rfm_class"), evaluate::text("Champions")}),
       evaluate::make(Op::kEqual, {word("life_cycle"), word("rfm_class")})});
  const SnapshotNeeds needs = needs_of({tree, tree});
  ASSERT_EQ(needs.populations.size(), 1u);
  EXPECT_TRUE(evaluate::equal(*needs.populations[0].value, *spent()));
  EXPECT_EQ(needs.populations[0].group, nullptr);
  EXPECT_EQ(needs.words, (std::vector<std::string>{"life_cycle", "rfm_class"}));
}

TEST(Population, GroupingAndValueMakeDifferentPopulations) {
  const ExpressionPtr country = evaluate::attribute("country");
  const SnapshotNeeds needs =
      needs_of({position(spent(), "percentile"), position(spent(), "percentile", country),
                position(orders(), "percentile", country)});
  EXPECT_EQ(needs.populations.size(), 3u);
}

TEST(Population, InnerPopulationsComeFirstWhereverTheyStand) {
  const ExpressionPtr inner = position(spent(), "percentile");
  const ExpressionPtr outer =
      position(evaluate::make(Op::kAdd, {orders(), inner}), "rank", word("tier"));
  evaluate::Aggregate since;
  since.event = "purchase";
  since.window.kind = evaluate::Window::Kind::kAnchored;
  since.window.anchor = evaluate::make(Op::kIfElse, {outer, evaluate::as_of(), evaluate::as_of()});
  const SnapshotNeeds needs = needs_of({evaluate::aggregate(since)});
  ASSERT_EQ(needs.populations.size(), 2u);
  EXPECT_EQ(needs.populations[0].key, population_key(*inner));
  EXPECT_EQ(needs.populations[1].key, population_key(*outer));
  EXPECT_EQ(needs.words, std::vector<std::string>{"tier"});
}

// Two trees that differ only in a part that is easily forgotten have different keys.
TEST(Population, KeysTellEveryPartOfTheValueApart) {
  evaluate::Aggregate streak;
  streak.kind = evaluate::AggregateKind::kLongestStreak;
  streak.event = "purchase";
  evaluate::Aggregate monthly = streak;
  monthly.period = evaluate::Window::Period::kMonth;
  EXPECT_NE(population_key(*position(evaluate::aggregate(streak), "rank")),
            population_key(*position(evaluate::aggregate(monthly), "rank")));
  EXPECT_NE(population_key(*position(position(spent(), "rank"), "rank")),
            population_key(*position(position(spent(), "percentile"), "rank")));
  EXPECT_EQ(population_key(*position(spent(), "rank")),
            population_key(*position(spent(), "percentile")));
}

TEST(Population, MeasuresThoseKnownAtTheCutOffAsOfTheCutOff) {
  const PopulationSnapshot snapshot = take({position(spent(), "percentile")});
  EXPECT_EQ(snapshot.id, to_iso(kDay0 + days(10)));
  EXPECT_EQ(snapshot.recorded_at, kDay0 + days(11));
  ASSERT_EQ(snapshot.populations.size(), 1u);
  const evaluate::Population& population = *snapshot.populations[0];
  EXPECT_EQ(population.type, ValueType::kDecimal);
  EXPECT_EQ(population.scale, 2);
  ASSERT_EQ(population.groups.size(), 1u);
  EXPECT_EQ(population.groups[0].numbers, (std::vector<int64_t>{0, 300, 400, 500}));
  EXPECT_DOUBLE_EQ(population.groups[0].mean, 3.0);
  // Squares about the mean: 9 + 0 + 1 + 4, over 3.
  EXPECT_DOUBLE_EQ(population.groups[0].deviation, std::sqrt(14.0 / 3));
}

TEST(Population, GroupsByTextAndLeavesOutUnknownGroups) {
  const PopulationSnapshot snapshot =
      take({position(spent(), "percentile", evaluate::attribute("country"))});
  ASSERT_EQ(snapshot.populations.size(), 1u);
  const auto& groups = snapshot.populations[0]->groups;
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].name, "AT");
  EXPECT_EQ(groups[0].numbers, (std::vector<int64_t>{0, 300}));
  EXPECT_EQ(groups[1].name, "DE");
  EXPECT_EQ(groups[1].numbers, (std::vector<int64_t>{500}));
  EXPECT_EQ(groups[1].deviation, 0);
}

TEST(Population, UnknownValuesHaveNoPlaceAndNobodyIsAnEmptyPopulation) {
  const ExpressionPtr average = evaluate::make(Op::kDivide, {spent(), orders()});
  const PopulationSnapshot snapshot = take({position(average, "percentile")});
  ASSERT_EQ(snapshot.populations.size(), 1u);
  EXPECT_EQ(snapshot.populations[0]->type, ValueType::kReal);
  EXPECT_EQ(snapshot.populations[0]->groups.at(0).reals, (std::vector<double>{1.5, 4.0, 5.0}));

  const PopulationSnapshot nobody = take({position(evaluate::unknown(), "percentile")});
  ASSERT_EQ(nobody.populations.size(), 1u);
  EXPECT_EQ(nobody.populations[0]->groups.size(), 1u);
  EXPECT_TRUE(nobody.populations[0]->groups[0].numbers.empty());
}

TEST(Population, OnlyNumbersAreMeasuredAndOnlyTextsGroup) {
  const auto refused = [](const ExpressionPtr& tree) {
    return !take_snapshot(needs_of({tree}), shop(), Zone::utc(), kDay0 + days(10), kDay0, {}, 1);
  };
  EXPECT_TRUE(refused(position(evaluate::attribute("country"), "rank")));
  EXPECT_TRUE(refused(position(spent(), "rank", orders())));
}

TEST(Population, BindingPutsInWhatTheSnapshotHasAndSharesTheRest) {
  const ExpressionPtr rank = position(spent(), "rank");
  const ExpressionPtr class_word = word("rfm_class");
  const ExpressionPtr plain = evaluate::make(Op::kGreater, {orders(), evaluate::integer(2)});
  const ExpressionPtr tree = evaluate::make(
      Op::kAnd, {evaluate::make(Op::kLess, {rank, evaluate::integer(9)}),
                 evaluate::make(Op::kEqual, {class_word, evaluate::text("x")}), plain});
  EXPECT_EQ(definitions::bind(tree, nullptr), tree);
  PopulationSnapshot snapshot = take({rank});
  snapshot.words["rfm_class"] = evaluate::text("x");
  const ExpressionPtr bound = definitions::bind(tree, &snapshot);
  EXPECT_EQ(bound->arguments[0]->arguments[0]->population, snapshot.populations[0]);
  EXPECT_EQ(bound->arguments[1]->arguments[0], snapshot.words["rfm_class"]);
  EXPECT_EQ(bound->arguments[2], plain);
  EXPECT_EQ(definitions::bind(plain, &snapshot), plain);
  // The tree itself is as it was.
  EXPECT_EQ(rank->population, nullptr);
}

TEST(Population, WhatTheSnapshotLacksStaysUnknown) {
  const PopulationSnapshot snapshot = take({position(spent(), "rank")});
  const ExpressionPtr other = position(orders(), "rank");
  EXPECT_EQ(definitions::bind(other, &snapshot), other);
  const ExpressionPtr tier = word("tier");
  EXPECT_EQ(definitions::bind(tier, &snapshot), tier);
}

TEST(Population, TheNewestSnapshotKnownThenIsTaken) {
  const auto at = [](int cut_off, int recorded) {
    PopulationSnapshot snapshot;
    snapshot.cut_off = kDay0 + days(cut_off);
    snapshot.recorded_at = kDay0 + days(recorded);
    return snapshot;
  };
  const std::vector<PopulationSnapshot> all = {at(20, 21), at(10, 11), at(10, 40), at(5, 6)};
  const auto index = [&](int t, std::optional<int> known) -> int {
    const auto known_at =
        known ? std::optional<Instant>(kDay0 + days(*known)) : std::optional<Instant>();
    const PopulationSnapshot* found = snapshot_at(all, kDay0 + days(t), known_at);
    return found == nullptr ? -1 : static_cast<int>(found - all.data());
  };
  EXPECT_EQ(index(4, {}), -1);
  EXPECT_EQ(index(6, {}), 3);
  EXPECT_EQ(index(10, {}), 3);  // that of day 10 is recorded on day 11
  EXPECT_EQ(index(10, 15), 1);  // seen from day 15
  EXPECT_EQ(index(10, 50), 2);  // taken again later
  EXPECT_EQ(index(30, {}), 0);
  EXPECT_EQ(index(30, 20), 1);
  EXPECT_EQ(snapshot_at({}, kDay0, {}), nullptr);
}

}  // namespace
}  // namespace regulars::definitions
