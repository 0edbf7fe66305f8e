#include <gtest/gtest.h>

#include "evaluate/reference.h"

namespace regulars::evaluate {
namespace {

const Instant kStart = Zone::utc().start_of(to_day({2024, 1, 1}));

EventBatch batch(const char* type, std::vector<int64_t> after_days, std::vector<int64_t> amounts) {
  EventBatch made;
  made.type = type;
  made.columns = {Column::decimal("amount", 2)};
  made.columns[0].numbers = std::move(amounts);
  for (const int64_t day : after_days) {
    made.customer.push_back(0);
    made.at.push_back(kStart + days(day));
    made.id.push_back(made.id.size());
  }
  return made;
}

// Two purchases of 50.00 and 20.00; the first has refunds of 10.00 and 5.00 and an unknown one.
History shop() {
  CustomerTable table{std::make_shared<Dictionary>(), {}, {}};
  table.ids->intern("anna");
  std::vector<EventBatch> batches;
  batches.push_back(batch("purchase", {0, 1}, {50'00, 20'00}));
  batches.push_back(batch("refund", {10, 20, 30}, {-10'00, -5'00, kMissing}));
  const History history = History::build(std::move(table), std::move(batches)).value();
  std::vector<Stream> streams = history.streams();
  streams[0].links = {{"refund", {0, 3, 3}, {0, 1, 2}}};
  return History::of_streams(history.customer_table(), std::move(streams));
}

ExpressionPtr refunded() {
  Expression made;
  made.op = Op::kLinkedSum;
  made.name = "amount";
  made.literal.type = ValueType::kText;
  made.literal.text = "refund";
  return std::make_shared<Expression>(std::move(made));
}

// The purchases' amounts after refunds, and how many of them have had one.
TEST(LinkedSum, CountsWhatHasHappened) {
  const History history = shop();
  Aggregate net{.kind = AggregateKind::kSum, .event = "purchase"};
  net.value = expression_value(make(Op::kAdd, {column("amount"), refunded()}), false);
  Aggregate returned{.kind = AggregateKind::kCount, .event = "purchase"};
  returned.where = make(Op::kLess, {refunded(), integer(0)});
  const std::vector<Definition> definitions = {{"net", aggregate(net)},
                                               {"returned", aggregate(returned)}};
  const auto plan = Plan::compile(schema_of(history), definitions, Zone::utc());
  ASSERT_TRUE(plan) << plan.error().to_string();
  const std::vector<Instant> as_of = {kStart + days(9), kStart + days(10), kStart + days(40)};
  const auto answers = plan->run(history, as_of, {});
  ASSERT_TRUE(answers) << answers.error().to_string();
  const std::vector<std::pair<int64_t, int64_t>> expected = {{70'00, 0}, {60'00, 1}, {55'00, 1}};
  for (size_t m = 0; m < as_of.size(); ++m) {
    EXPECT_EQ((*answers)[m].columns[0].numbers[0], expected[m].first);
    EXPECT_EQ((*answers)[m].columns[1].numbers[0], expected[m].second);
    const Question question{&history, 0, as_of[m], &Zone::utc(), {}};
    EXPECT_EQ(evaluate_reference(*definitions[0].expression, question)->number, expected[m].first);
  }
}

TEST(LinkedSum, OfEventsTooLargeIsAnError) {
  const History history = shop();
  std::vector<Stream> streams = history.streams();
  streams[1].columns[0].numbers = {-INT64_MAX, -INT64_MAX, 0};
  const History huge = History::of_streams(history.customer_table(), std::move(streams));
  Aggregate least{.kind = AggregateKind::kMin, .event = "purchase"};
  least.value = expression_value(refunded(), false);
  const auto plan = Plan::compile(schema_of(huge), {{"least", aggregate(least)}}, Zone::utc());
  const std::vector<Instant> as_of = {kStart + days(40)};
  EXPECT_EQ(plan->run(huge, as_of, {}).error().code(), ErrorCode::kOverflow);
}

}  // namespace
}  // namespace regulars::evaluate
