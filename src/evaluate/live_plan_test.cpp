#include "evaluate/live_plan.h"

#include <gtest/gtest.h>

namespace regulars::evaluate {
namespace {

Instant on(int year, int month, int date) {
  return Zone::utc().start_of(to_day({year, month, date}));
}

// Purchases (amount, channel, items with an sku) and visits; customers have a city.
Schema shop() {
  Schema schema;
  schema.events.push_back(
      {"purchase",
       {Column::decimal("amount", 2), Column::text("channel", std::make_shared<Dictionary>())},
       {Column::text("sku", std::make_shared<Dictionary>())}});
  schema.events.push_back({"visit", {}, {}});
  schema.attributes.push_back(Column::text("city", std::make_shared<Dictionary>()));
  return schema;
}

ExpressionPtr of_purchases(AggregateKind kind, AggregateValue value = {},
                           Window window = lifetime(), ExpressionPtr where = nullptr) {
  Aggregate made;
  made.kind = kind;
  made.event = "purchase";
  made.value = std::move(value);
  made.where = std::move(where);
  made.window = std::move(window);
  return aggregate(std::move(made));
}

ExpressionPtr by_web() { return make(Op::kEqual, {column("channel"), text("web")}); }

class LiveShop : public ::testing::Test {
 protected:
  LivePlan plan(const std::vector<ExpressionPtr>& trees) {
    std::vector<Definition> definitions;
    for (const ExpressionPtr& tree : trees) {
      definitions.push_back({std::to_string(definitions.size()), tree});
    }
    return LivePlan::make(schema_, definitions, Zone::utc(), /*indexed_events=*/4).value();
  }

  // A purchase without items; `channel` by its name.
  LiveCustomer::Put buy(LiveCustomer& customer, Instant at, uint64_t id, int64_t cents,
                        const char* channel = "web") {
    const std::vector<int64_t> columns = {cents,
                                          schema_.events[0].columns[1].dictionary->intern(channel)};
    return customer.put(layout_, {0, at, id, columns, {}, 0}).value();
  }

  std::vector<int64_t> numbers(const LivePlan& plan, LiveCustomer& customer, Instant t) {
    LiveScratch scratch(plan);
    const auto found = plan.answers(customer, t, scratch).value();
    std::vector<int64_t> result;
    for (const LiveAnswer& one : found) result.push_back(one.known ? one.number : kMissing);
    return result;
  }

  Schema schema_ = shop();
  LiveLayout layout_{schema_};
};

TEST_F(LiveShop, EventsInAnyOrderGiveTheSortedHistory) {
  const LivePlan asked =
      plan({of_purchases(AggregateKind::kSum, column_value("amount")),
            of_purchases(AggregateKind::kFirst, column_value("amount")),
            of_purchases(AggregateKind::kCount, {}, rolling(days(30)), by_web())});
  LiveCustomer anna(layout_, "anna");
  EXPECT_EQ(numbers(asked, anna, on(2024, 3, 1)), (std::vector<int64_t>{0, kMissing, 0}));
  EXPECT_EQ(buy(anna, on(2024, 2, 10), 1, 1000), LiveCustomer::Put::kAppended);
  EXPECT_EQ(buy(anna, on(2024, 2, 20), 2, 500, "store"), LiveCustomer::Put::kAppended);
  EXPECT_EQ(numbers(asked, anna, on(2024, 3, 1)), (std::vector<int64_t>{1500, 1000, 1}));
  EXPECT_EQ(buy(anna, on(2024, 1, 5), 3, 70), LiveCustomer::Put::kLate);
  EXPECT_EQ(buy(anna, on(2024, 2, 10), 0, 30), LiveCustomer::Put::kLate);  // a tie, by id
  EXPECT_EQ(numbers(asked, anna, on(2024, 3, 1)), (std::vector<int64_t>{1600, 70, 2}));
  EXPECT_EQ(buy(anna, on(2024, 2, 20), 2, 500, "store"), LiveCustomer::Put::kUnchanged);
  EXPECT_EQ(buy(anna, on(2024, 2, 20), 2, 800, "web"), LiveCustomer::Put::kRevised);
  EXPECT_EQ(numbers(asked, anna, on(2024, 3, 1)), (std::vector<int64_t>{1900, 70, 3}));
  EXPECT_TRUE(anna.remove(layout_, 0, on(2024, 1, 5), 3));
  EXPECT_FALSE(anna.remove(layout_, 0, on(2024, 1, 5), 3));
  EXPECT_FALSE(anna.remove(layout_, 1, on(2024, 1, 5), 3));
  EXPECT_EQ(numbers(asked, anna, on(2024, 3, 1)), (std::vector<int64_t>{1830, 30, 3}));
  EXPECT_EQ(numbers(asked, anna, on(2024, 2, 10) - microseconds(1)),
            (std::vector<int64_t>{0, kMissing, 0}));
  EXPECT_EQ(anna.events(), 3u);
}

TEST_F(LiveShop, TextsMayComeAfterThePlan) {
  const LivePlan asked = plan({of_purchases(AggregateKind::kCount, {}, lifetime(), by_web())});
  LiveScratch scratch(asked);
  LiveCustomer anna(layout_, "anna");
  buy(anna, on(2024, 1, 1), 1, 100, "store");
  EXPECT_EQ(asked.answers(anna, on(2024, 2, 1), scratch).value()[0].number, 0);
  buy(anna, on(2024, 1, 2), 2, 100, "web");
  EXPECT_EQ(asked.answers(anna, on(2024, 2, 1), scratch).value()[0].number, 1);
}

TEST_F(LiveShop, OneCustomerMayBeAskedByTwoPlans) {
  const LivePlan a = plan({of_purchases(AggregateKind::kCount, {}, rolling(days(30)), by_web())});
  const LivePlan b = plan({of_purchases(AggregateKind::kMax, column_value("amount")),
                           of_purchases(AggregateKind::kCount)});
  LiveCustomer anna(layout_, "anna");
  for (int i = 0; i < 100; ++i) {
    buy(anna, on(2024, 1, 1) + days(i), static_cast<uint64_t>(i), 100 + i % 7,
        i % 2 == 0 ? "web" : "store");
    const Instant t = on(2024, 1, 1) + days(i);
    EXPECT_EQ(numbers(a, anna, t)[0], std::min(i, 29 - (i % 2 == 0 ? 1 : 0)) / 2 + 1) << i;
    EXPECT_EQ(numbers(b, anna, t), (std::vector<int64_t>{100 + std::min(i, 6), i + 1})) << i;
  }
}

TEST_F(LiveShop, RefusesEventsThatDoNotFit) {
  LiveCustomer anna(layout_, "anna");
  const std::vector<int64_t> two = {100, 0};
  const auto code = [&](const LiveEvent& event) {
    const auto put = anna.put(layout_, event);
    return put ? ErrorCode::kInternal : put.error().code();
  };
  EXPECT_EQ(code({9, on(2024, 1, 1), 1, two, {}, 0}), ErrorCode::kBadData);
  EXPECT_EQ(code({1, on(2024, 1, 1), 1, two, {}, 0}), ErrorCode::kBadData);
  EXPECT_EQ(code({0, Instant{kMissing}, 1, two, {}, 0}), ErrorCode::kBadData);
  EXPECT_EQ(code({0, on(2024, 1, 1), 1, two, {}, 2}), ErrorCode::kBadData);
  EXPECT_EQ(anna.events(), 0u);
}

TEST_F(LiveShop, TheNextChangeIsWhenAThresholdTurns) {
  const LivePlan asked =
      plan({make(Op::kGreaterEqual,
                 {of_purchases(AggregateKind::kCount, {}, rolling(days(30))), integer(2)})});
  LiveScratch scratch(asked);
  LiveCustomer anna(layout_, "anna");
  EXPECT_EQ(asked.next_change(anna, on(2024, 1, 1), scratch).value(), std::nullopt);
  for (const int date : {1, 5, 9}) buy(anna, on(2024, 1, date), static_cast<uint64_t>(date), 100);
  // Three are in the window; it ceases when the second leaves.
  EXPECT_EQ(asked.next_change(anna, on(2024, 1, 10), scratch).value(), on(2024, 2, 4));
  EXPECT_EQ(asked.next_change(anna, on(2024, 2, 4), scratch).value(), std::nullopt);
  // Events to come count.
  EXPECT_EQ(asked.next_change(anna, on(2024, 1, 2), scratch).value(), on(2024, 1, 5));
}

TEST_F(LiveShop, SaysWhatIsFast) {
  Sequence twice;
  twice.steps.resize(2);
  twice.steps[0].event = "purchase";
  twice.steps[1].event = "visit";
  Shift month;
  month.back = days(30);
  const ExpressionPtr last = of_purchases(AggregateKind::kLast, at_value());
  const std::vector<ExpressionPtr> fast = {
      of_purchases(AggregateKind::kCount, {}, rolling(days(30)), by_web()),
      of_purchases(AggregateKind::kDistinct, item_value("sku"), months(3)),
      of_purchases(AggregateKind::kMedian, column_value("amount"), calendar_days(7)),
      of_purchases(AggregateKind::kMedianGap, day_value()),
      make(Op::kGreater, {make(Op::kDaysSince, {last}), integer(60)}),
      make(Op::kEqual, {attribute("city"), text("Ulm")}),
      shifted(of_purchases(AggregateKind::kCount, {}, rolling(days(30))), month)};
  const LivePlan::Coverage all = plan(fast).coverage();
  EXPECT_EQ(all.slots, 6u);
  EXPECT_EQ(all.fast_slots, all.slots);
  EXPECT_EQ(all.fast_nodes, all.nodes);
  EXPECT_EQ(all.found, 0u);

  const std::vector<ExpressionPtr> slow = {
      sequence(twice),
      over_time(Op::kEver, make(Op::kGreater, {of_purchases(AggregateKind::kCount), integer(2)}),
                rolling(days(90))),
      of_purchases(AggregateKind::kCount, {}, lifetime(),
                   make(Op::kContains, {column("channel"), text("e")}))};
  const LivePlan::Coverage rest = plan(slow).coverage();
  EXPECT_EQ(rest.slots, 1u);
  EXPECT_EQ(rest.fast_slots, 0u);
  EXPECT_EQ(rest.nodes, 2u);
  EXPECT_EQ(rest.fast_nodes, 0u);
  EXPECT_EQ(rest.found, 3u);
}

TEST_F(LiveShop, RefusesWhatLooksAtOthers) {
  Expression unit;
  unit.op = Op::kOfUnit;
  unit.name = "city";
  unit.literal.type = ValueType::kText;
  unit.literal.text = "together";
  unit.arguments = {of_purchases(AggregateKind::kCount)};
  const auto made =
      LivePlan::make(schema_, {{"household", std::make_shared<Expression>(unit)}}, Zone::utc());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code(), ErrorCode::kUnsupported);
  EXPECT_NE(made.error().message().find("household"), std::string::npos);
}

TEST_F(LiveShop, TellsItsBytes) {
  LiveCustomer anna(layout_, "anna");
  const size_t empty = anna.bytes(layout_);
  EXPECT_LE(empty, 100u);
  for (uint64_t i = 0; i < 1000; ++i) buy(anna, on(2024, 1, 1) + hours(i), i, 100);
  // Instant, id, amount, channel and the end of the items; room for half as many again.
  EXPECT_LE(anna.bytes(layout_), empty + 64 + 1500 * (8 + 8 + 8 + 4 + 4));
}

}  // namespace
}  // namespace regulars::evaluate
