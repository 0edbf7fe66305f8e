#include "evaluate/timeline.h"

#include <gtest/gtest.h>

namespace regulars::evaluate {
namespace {

Instant at(const Zone& zone, int month, int day, int64_t hour = 0) {
  return zone.at(to_day({2024, month, day}), hours(hour).micros);
}

struct Shop {
  // One customer with purchases at ten o'clock of each of the days (month * 100 + day).
  explicit Shop(const std::vector<int>& days = {131, 331}) {
    CustomerTable table{std::make_shared<Dictionary>(), {}, {}};
    table.ids->intern("anna");
    Column born = Column::of("born", ValueType::kDay);
    born.numbers = {to_day({2000, 2, 29}).number};
    table.attributes = {std::move(born)};
    EventBatch purchases;
    purchases.type = "purchase";
    for (const int day : days) {
      purchases.customer.push_back(0);
      purchases.at.push_back(at(berlin_, day / 100, day % 100, 10));
      purchases.id.push_back(static_cast<uint64_t>(day));
    }
    history_ = History::build(std::move(table), {std::move(purchases)}).value();
  }

  Question seen_from(Instant t) const { return {&history_, 0, t, &berlin_, {}}; }

  std::string next(const ExpressionPtr& tree, Instant t) const {
    const auto found = next_change({&tree, 1}, seen_from(t));
    if (!found) return found.error().message();
    return *found ? to_iso(**found) : "never";
  }

  Zone berlin_ = Zone::find("Europe/Berlin").value();
  History history_;
};

class Timeline : public ::testing::Test, protected Shop {};

ExpressionPtr purchases(Window window) {
  Aggregate a;
  a.event = "purchase";
  a.window = std::move(window);
  return aggregate(std::move(a));
}

ExpressionPtr last_purchase() {
  Aggregate a;
  a.kind = AggregateKind::kLast;
  a.event = "purchase";
  a.value = at_value();
  return aggregate(std::move(a));
}

TEST_F(Timeline, EventsComeAndLeaveWindows) {
  const Instant start = at(berlin_, 1, 1);
  EXPECT_EQ(next(purchases(lifetime()), start), "2024-01-31T09:00:00Z");
  EXPECT_EQ(next(purchases(rolling(days(7))), at(berlin_, 2, 1)), "2024-02-07T09:00:00Z");
  EXPECT_EQ(next(purchases(lifetime()), at(berlin_, 4, 1)), "never");
  // The month before is over, and the purchase of March after the change of the clocks.
  EXPECT_EQ(next(purchases(last_period(Window::Period::kMonth)), at(berlin_, 2, 2)),
            "2024-02-29T23:00:00Z");
  EXPECT_EQ(next(purchases(last_period(Window::Period::kMonth)), at(berlin_, 3, 2)),
            "2024-03-31T22:00:00Z");
}

TEST_F(Timeline, MonthsFallBackWhereDaysAreClamped) {
  // A month before 29 February is 29 January, a month before 1 March 1 February: the purchase of 31
  // January leaves with the first instant of March.
  EXPECT_EQ(next(purchases(months(1)), at(berlin_, 2, 1)), "2024-02-29T23:00:00Z");
  // Until ten on 29 March a month before is before ten on 29 February; on 30 March it is so again.
  const Shop leap({229});
  const ExpressionPtr count = purchases(months(1));
  EXPECT_EQ(leap.next(count, at(berlin_, 3, 1)), "2024-03-29T09:00:00Z");
  EXPECT_EQ(leap.next(count, at(berlin_, 3, 29, 10)), "2024-03-29T23:00:00Z");
  EXPECT_EQ(leap.next(count, at(berlin_, 3, 30)), "2024-03-30T09:00:00Z");
}

TEST_F(Timeline, ComparisonsTurnAtTheExactInstant) {
  const ExpressionPtr lapsed =
      make(Op::kGreater, {make(Op::kDaysSince, {last_purchase()}), integer(45)});
  EXPECT_EQ(next(lapsed, at(berlin_, 2, 1)), "2024-03-17T09:00:00Z");
  const ExpressionPtr by_hand =
      make(Op::kGreaterEqual,
           {make(Op::kSubtract, {as_of(), last_purchase()}), integer(hours(1).micros)});
  EXPECT_EQ(next(by_hand, at(berlin_, 1, 31, 10)), "2024-01-31T10:00:00Z");
  const ExpressionPtr exactly =
      make(Op::kEqual, {make(Op::kDaysSince, {last_purchase()}), integer(3)});
  EXPECT_EQ(next(exactly, at(berlin_, 2, 1)), "2024-02-03T09:00:00Z");
  EXPECT_EQ(next(exactly, at(berlin_, 2, 3, 10)), "2024-02-04T09:00:00Z");
  const ExpressionPtr adult =
      make(Op::kGreaterEqual, {make(Op::kYearsSince, {attribute("born")}), integer(30)});
  EXPECT_EQ(next(adult, at(berlin_, 5, 1)), "2030-02-28T23:00:00Z");
}

TEST_F(Timeline, WhatMovesWithEachMicrosecondIsRefusedByName) {
  EXPECT_NE(next(as_of(), at(berlin_, 5, 1)).find("'as_of'"), std::string::npos);
  const ExpressionPtr difference = make(Op::kSubtract, {as_of(), last_purchase()});
  EXPECT_NE(next(difference, at(berlin_, 5, 1)).find("'-'"), std::string::npos);
  EXPECT_EQ(next_change({&difference, 1}, seen_from(at(berlin_, 5, 1))).error().code(),
            ErrorCode::kUnsupported);
  EXPECT_EQ(next(as_of_day(), at(berlin_, 3, 31)), "2024-03-31T22:00:00Z");
}

// held(x) alone: elapsed microseconds; compared, it is found.
TEST_F(Timeline, WhatStepsManyTimesASecondIsRefused) {
  const ExpressionPtr held = elapsed(last_purchase(), microseconds(1));
  const ExpressionPtr thousandths = make(Op::kFloor, {make(Op::kDivide, {held, integer(1'000)})});
  const Instant t = at(berlin_, 2, 1);
  for (const ExpressionPtr& tree : {held, thousandths, make(Op::kNegate, {held})}) {
    EXPECT_EQ(next_change({&tree, 1}, seen_from(t)).error().code(), ErrorCode::kUnsupported);
    EXPECT_EQ(timeline(tree, seen_from(t), t, at(berlin_, 12, 1)).error().code(),
              ErrorCode::kUnsupported);
  }
  const ExpressionPtr days_held =
      make(Op::kFloor, {make(Op::kDivide, {held, integer(days(1).micros)})});
  EXPECT_EQ(next(days_held, t), "2024-02-01T09:00:00Z");
  const ExpressionPtr tens = make(Op::kMultiply, {days_held, integer(10)});
  EXPECT_EQ(next(tens, at(berlin_, 2, 1, 10) - microseconds(1)), "2024-02-01T09:00:00Z");
  const ExpressionPtr month = make(Op::kGreaterEqual, {held, integer(days(30).micros)});
  EXPECT_EQ(next(month, t), "2024-03-01T09:00:00Z");
  EXPECT_EQ(next(elapsed(last_purchase(), seconds(1)), t), "2024-01-31T23:00:01Z");
}

TEST_F(Timeline, ShiftsMoveTheChanges) {
  Shift back;
  back.back = days(10);
  EXPECT_EQ(next(shifted(purchases(lifetime()), back), at(berlin_, 1, 1)), "2024-02-10T09:00:00Z");
  Shift fixed;
  fixed.kind = Shift::Kind::kInstant;
  fixed.instant = at(berlin_, 2, 10);
  EXPECT_EQ(next(shifted(purchases(lifetime()), fixed), at(berlin_, 2, 11)), "never");
}

TEST_F(Timeline, HoldsTheFirstValueAndEveryChange) {
  const auto found =
      timeline(purchases(rolling(days(5))), seen_from({}), at(berlin_, 1, 1), at(berlin_, 4, 30));
  ASSERT_TRUE(found);
  std::vector<std::pair<std::string, int64_t>> seen;
  for (const ValueFrom& one : *found) seen.emplace_back(to_iso(one.at), one.value.number);
  const std::vector<std::pair<std::string, int64_t>> wanted = {{"2023-12-31T23:00:00Z", 0},
                                                               {"2024-01-31T09:00:00Z", 1},
                                                               {"2024-02-05T09:00:00Z", 0},
                                                               {"2024-03-31T08:00:00Z", 1},
                                                               {"2024-04-05T08:00:00Z", 0}};
  EXPECT_EQ(seen, wanted);
}

}  // namespace
}  // namespace regulars::evaluate
