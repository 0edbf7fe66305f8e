#include "definitions/label.h"

#include <gtest/gtest.h>

#include "evaluate/evaluate.h"
#include "language/parse.h"

namespace regulars::definitions {
namespace {

Instant at(const Zone& zone, int year, int month, int day, int hour) {
  return zone.at(to_day({year, month, day}), hours(hour).micros);
}

// One customer in Berlin who buys on the given instants for 10, 20, 30 ...; the second purchase is
// given back, 5 at once and 15 on 20 April; she writes a review on 2 March.
History shop(const std::vector<Instant>& bought) {
  const Zone zone = *Zone::find("Europe/Berlin");
  CustomerTable customers;
  customers.ids = std::make_shared<Dictionary>();
  customers.ids->intern("a");
  EventBatch purchases;
  purchases.type = "purchase";
  Column amount = Column::decimal("amount", 2);
  for (size_t i = 0; i < bought.size(); ++i) {
    purchases.customer.push_back(0);
    purchases.at.push_back(bought[i]);
    purchases.id.push_back(i);
    amount.numbers.push_back(1000 * (static_cast<int64_t>(i) + 1));
  }
  purchases.columns = {amount};
  EventBatch reviews;
  reviews.type = "review";
  reviews.customer = {0};
  reviews.at = {at(zone, 2025, 3, 2, 12)};
  reviews.id = {1};
  return *History::build(std::move(customers), {purchases, reviews});
}

class Label : public testing::Test {
 protected:
  Label() {
    scope_.schema = evaluate::schema_of(history_);
    scope_.facts.zone = "Europe/Berlin";
  }

  Result<language::Compiled> label(const std::string& text) const {
    return compile_label(text, scope_);
  }

  // The label of t, evaluated as of the end of all data.
  evaluate::AnswerColumn value(const evaluate::ExpressionPtr& label, Instant t) const {
    const auto plan =
        evaluate::Plan::compile(scope_.schema, {{"label", label_at(label, t, zone_)}}, zone_);
    EXPECT_TRUE(plan.ok()) << plan.error().to_string();
    const Instant end = at(zone_, 2027, 1, 1, 0);
    return (*plan->run(history_, std::span(&end, 1), {}))[0].columns[0];
  }
  bool holds(const std::string& text, Instant t) const {
    const auto compiled = label(text);
    EXPECT_TRUE(compiled.ok()) << compiled.error().to_string();
    return value(compiled->expression, t).is_true(0);
  }
  std::string fault(const std::string& text) const {
    const auto compiled = label(text);
    return compiled.ok() ? "" : compiled.error().message();
  }

  Zone zone_ = *Zone::find("Europe/Berlin");
  // 10 January, 1 March, 31 March (after the clocks changed on the 30th), 15 May.
  History history_ = shop({at(zone_, 2025, 1, 10, 12), at(zone_, 2025, 3, 1, 12),
                           at(zone_, 2025, 3, 31, 12), at(zone_, 2025, 5, 15, 12)});
  language::Scope scope_;
};

TEST_F(Label, CountsWhatComesAndNothingElse) {
  const Instant t = at(zone_, 2025, 3, 1, 12);  // the instant of a purchase: it is past
  EXPECT_TRUE(holds("count(purchase) over next 29 days = 0", t));
  EXPECT_FALSE(holds("count(purchase) over next 30 days = 0", t));
  EXPECT_TRUE(holds("count(purchase) over next 90 days = 2", t));
  EXPECT_TRUE(holds("sum(purchase.amount) over next 90 days = 70.00", t));
  EXPECT_TRUE(holds("count(purchase) over next 90 days = 3", t - microseconds(1)));
}

TEST_F(Label, WindowsOfDifferentLengthBeginAtTheSameInstant) {
  const Instant t = at(zone_, 2025, 3, 1, 12);
  const char* text =
      "count(purchase) over next 31 days = 1 and count(purchase) over next 90 days = 2"
      " and count(review) over next 1 day = 1";
  EXPECT_TRUE(holds(text, t));
  const auto compiled = label(text);
  EXPECT_EQ(label_end(compiled->expression, t, zone_), t + days(90));
}

TEST_F(Label, OtherPartsAreAsOfTheInstant) {
  const Instant t = at(zone_, 2025, 3, 1, 12);
  EXPECT_TRUE(
      holds("count(purchase) over next 90 days >= count(purchase) and count(purchase) = 2", t));
  EXPECT_TRUE(holds("days_since(last(purchase)) = 0 and count(purchase) over next 90 days > 0", t));
  EXPECT_TRUE(holds(
      "sum(purchase.amount) over next 90 days > 2 * sum(purchase.amount) over last 90 days", t));
  EXPECT_TRUE(holds("count(review) = 0 and count(review) over next 2 days = 1", t));
}

TEST_F(Label, ALookBackMovesTheInstant) {
  const Instant t = at(zone_, 2025, 5, 1, 12);
  // 60 days before is 2 March 11:00, for the clocks changed since: one on 31 March.
  const std::string text =
      "(count(purchase) over next 31 days) at 60 days ago = 1 and "
      "count(purchase) over next 30 days = 1";
  EXPECT_TRUE(holds(text, t));
  EXPECT_EQ(label_end(label(text)->expression, t, zone_), t + days(30));
}

TEST_F(Label, MonthsAreOfTheCalendarAlsoAtTheirEnds) {
  // From 28 February (last microsecond) one month leads to 28 March, and 31 March is not in it;
  // from 31 January one month leads to 28 February, and two to 31 March.
  const Instant end_of_february = zone_.end_of(to_day({2025, 2, 28}));
  EXPECT_TRUE(holds("count(purchase) over next 1 month = 1", end_of_february));
  const Instant end_of_january = zone_.end_of(to_day({2025, 1, 31}));
  EXPECT_TRUE(holds("count(purchase) over next 1 month = 0", end_of_january));
  EXPECT_TRUE(holds("count(purchase) over next 2 months = 2", end_of_january));
  EXPECT_TRUE(
      holds("count(purchase) over next 3 months = 3", zone_.end_of(to_day({2024, 12, 31}))));
}

TEST_F(Label, CalendarDaysEndWithTheLocalDay) {
  const Instant t = at(zone_, 2025, 3, 29, 23);  // the next day has 23 hours
  EXPECT_TRUE(holds("count(purchase) over next 1 calendar day = 0", t));
  EXPECT_TRUE(holds("count(purchase) over next 2 calendar days = 1", t));
  EXPECT_TRUE(holds("count(purchase) over next 1 day = 0", t));
}

TEST_F(Label, SequencesMayLieAhead) {
  const Instant t = at(zone_, 2025, 2, 1, 12);
  EXPECT_TRUE(holds("sequence(purchase then review within 2 days) over next 60 days", t));
  EXPECT_FALSE(holds("sequence(purchase then review within 2 days) over next 28 days", t));
}

TEST_F(Label, WhatHappensAfterTheSpanChangesNothing) {
  const Instant t = at(zone_, 2025, 1, 1, 0);
  const auto compiled = label("max(purchase.amount) over next 30 days = 10.00");
  ASSERT_TRUE(compiled.ok());
  EXPECT_TRUE(value(compiled->expression, t).is_true(0));
  EXPECT_FALSE(value(compiled->expression, t - days(60)).is_true(0)) << "nothing: unknown";
}

TEST_F(Label, MustLookAheadAndOnlyWhereItHasAMeaning) {
  EXPECT_EQ(fault("count(purchase) over last 90 days = 0"), "the label does not look ahead");
  EXPECT_EQ(fault("days_since(last(purchase) over next 90 days) > 3"),
            "a time up to now cannot be asked of what lies ahead");
  EXPECT_EQ(fault("percentile(count(purchase) over next 90 days) > 0.9"),
            "a place among all customers cannot look ahead");
  EXPECT_NE(fault("count(purchas) over next 90 days = 0"), "");
  EXPECT_NE(fault("count(purchase) over next 90 days"), "") << "a number is no label";
  const auto pointed = label("count(purchase) over last 90 days = 0");
  EXPECT_EQ(pointed.error().place().line, 1);
}

}  // namespace
}  // namespace regulars::definitions
