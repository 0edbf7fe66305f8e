#include <gtest/gtest.h>

#include "evaluate/evaluate.h"
#include "evaluate/reference.h"

namespace regulars::evaluate {
namespace {

Instant on(int year, int month, int date) {
  return Zone::utc().start_of(to_day({year, month, date}));
}

// Two customers: a with three purchases, b with none.
History shop() {
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  for (const char* id : {"a", "b"}) customers.ids->intern(id);
  EventBatch purchases;
  purchases.type = "purchase";
  purchases.customer = {0, 0, 0};
  purchases.at = {on(2024, 1, 1), on(2024, 2, 1), on(2024, 3, 1)};
  purchases.id = {1, 2, 3};
  purchases.columns.push_back(Column::decimal("amount", 2));
  purchases.columns[0].numbers = {1000, 250, kMissing};
  purchases.columns.push_back(Column::text("channel", std::make_shared<Dictionary>()));
  for (const char* channel : {"web", "store", "web"}) {
    purchases.columns[1].codes.push_back(purchases.columns[1].dictionary->intern(channel));
  }
  return History::build(std::move(customers), {std::move(purchases)}).value();
}

Aggregate of_purchases(AggregateKind kind, AggregateValue value = {}, Window window = lifetime()) {
  Aggregate result;
  result.kind = kind;
  result.event = "purchase";
  result.value = std::move(value);
  result.window = window;
  return result;
}

Plan plan_of(const History& history, std::vector<Definition> definitions) {
  return Plan::compile(schema_of(history), definitions, Zone::utc()).value();
}

std::string failure(const History& history, const ExpressionPtr& expression) {
  const auto plan = Plan::compile(schema_of(history), {{"x", expression}}, Zone::utc());
  return plan ? "compiled" : plan.error().message();
}

TEST(Plan, AnswersEveryCustomerAtEveryInstant) {
  const History history = shop();
  const Plan plan = plan_of(
      history,
      {{"orders", aggregate(of_purchases(AggregateKind::kCount))},
       {"spent", aggregate(of_purchases(AggregateKind::kSum, column_value("amount")))},
       {"largest", aggregate(of_purchases(AggregateKind::kMax, column_value("amount")))},
       {"first_channel", aggregate(of_purchases(AggregateKind::kFirst, column_value("channel")))}});
  const std::vector<Instant> as_of = {on(2024, 1, 1), on(2025, 1, 1)};
  const auto answers = plan.run(history, as_of, {}).value();
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[0].find("orders")->numbers, (std::vector<int64_t>{1, 0}));
  EXPECT_EQ(answers[1].find("orders")->numbers, (std::vector<int64_t>{3, 0}));
  EXPECT_EQ(answers[1].find("spent")->numbers, (std::vector<int64_t>{1250, 0}));
  EXPECT_EQ(answers[1].find("spent")->scale, 2);
  EXPECT_EQ(answers[1].find("largest")->known, (std::vector<uint8_t>{1, 0}));
  const AnswerColumn& channel = *answers[1].find("first_channel");
  EXPECT_EQ(channel.dictionary->text(channel.codes[0]), "web");
  EXPECT_EQ(channel.known, (std::vector<uint8_t>{1, 0}));
  EXPECT_EQ(answers[1].find("nothing"), nullptr);
}

TEST(Plan, SharesEqualAggregatesAndSelections) {
  const History history = shop();
  const auto web = make(Op::kEqual, {column("channel"), text("web")});
  Aggregate recent = of_purchases(AggregateKind::kCount, {}, rolling(days(90)));
  recent.where = web;
  Aggregate ever = of_purchases(AggregateKind::kCount);
  ever.where = make(Op::kEqual, {column("channel"), text("web")});
  const Plan plan = plan_of(history, {{"recent", aggregate(recent)},
                                      {"again", make(Op::kAdd, {aggregate(recent), integer(1)})},
                                      {"ever", aggregate(ever)}});
  EXPECT_EQ(plan.distinct_aggregates(), 2u);
  EXPECT_EQ(plan.distinct_selections(), 1u);
}

TEST(Plan, AnAbsentEventTypeIsEmpty) {
  const History history = shop();
  Aggregate refunds = of_purchases(AggregateKind::kSum, column_value("amount"));
  refunds.event = "refund";
  refunds.where = make(Op::kGreater, {column("amount"), integer(5)});
  const auto net = make(
      Op::kSubtract,
      {aggregate(of_purchases(AggregateKind::kSum, column_value("amount"))), aggregate(refunds)});
  const std::vector<Instant> as_of = {on(2025, 1, 1)};
  const auto answers = plan_of(history, {{"net", net}}).run(history, as_of, {}).value();
  EXPECT_EQ(answers[0].columns[0].numbers, (std::vector<int64_t>{1250, 0}));
}

TEST(Plan, ErrorsNameDefinitionAndNode) {
  const History history = shop();
  EXPECT_EQ(failure(history, aggregate(of_purchases(AggregateKind::kSum, column_value("channel")))),
            "definition 'x': sum(purchase.channel): 'sum' does not take a text");
  EXPECT_EQ(failure(history, aggregate(of_purchases(AggregateKind::kSum, column_value("price")))),
            "definition 'x': sum(purchase.price): there is no 'price'");
  EXPECT_EQ(failure(history, attribute("age")),
            "definition 'x': attribute 'age': there is no 'age'");
  EXPECT_EQ(failure(history, column("amount")),
            "definition 'x': column 'amount': belongs inside the `where` of an aggregate");
  EXPECT_EQ(failure(history, make(Op::kLess, {integer(1), text("a")})),
            "definition 'x': '<': '<' does not take an integer and a text");
  ExpressionPtr deep = boolean(true);
  for (int i = 0; i < 300; ++i) deep = make(Op::kNot, {deep});
  EXPECT_EQ(failure(history, deep), "definition 'x': the tree is deeper than 200 nodes");
}

TEST(Plan, RefusesAHistoryOfAnotherShape) {
  const History history = shop();
  const Plan plan = plan_of(
      history, {{"spent", aggregate(of_purchases(AggregateKind::kSum, column_value("amount")))}});
  EventBatch other;
  other.type = "purchase";
  other.columns.push_back(Column::decimal("amount", 3));
  const History strange = History::build({std::make_shared<Dictionary>(), {}, {}}, {other}).value();
  const std::vector<Instant> as_of = {on(2025, 1, 1)};
  EXPECT_EQ(plan.run(strange, as_of, {}).error().code(), ErrorCode::kBadData);
}

TEST(Plan, GivenColumnsAreAttributes) {
  const History history = shop();
  Column score = Column::of("score", ValueType::kInteger);
  score.numbers = {7, kMissing};
  Schema schema = schema_of(history);
  schema.attributes.push_back(Column::of("score", ValueType::kInteger));
  const Plan plan =
      Plan::compile(schema, {{"high", make(Op::kGreater, {attribute("score"), integer(5)})}},
                    Zone::utc())
          .value();
  RunOptions options;
  const std::vector<Instant> as_of = {on(2025, 1, 1)};
  EXPECT_EQ(plan.run(history, as_of, options).error().code(), ErrorCode::kBadData);
  options.given = {&score};
  const auto answers = plan.run(history, as_of, options).value();
  EXPECT_EQ(answers[0].columns[0].flags, (std::vector<uint8_t>{1, 0}));
  EXPECT_EQ(answers[0].columns[0].known, (std::vector<uint8_t>{1, 0}));
}

TEST(Plan, ASumThatLeavesItsRangeIsAnError) {
  History history = shop();
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  customers.ids->intern("a");
  EventBatch batch;
  batch.type = "purchase";
  batch.customer = {0, 0, 0};
  batch.at = {on(2024, 1, 1), on(2024, 1, 2), on(2024, 1, 3)};
  batch.id = {1, 2, 3};
  batch.columns.push_back(Column::of("n", ValueType::kInteger));
  const int64_t most = std::numeric_limits<int64_t>::max();
  batch.columns[0].numbers = {most, most, -most};
  history = History::build(std::move(customers), {batch}).value();
  const Plan plan =
      plan_of(history, {{"sum", aggregate(of_purchases(AggregateKind::kSum, column_value("n")))},
                        {"mean", aggregate(of_purchases(AggregateKind::kAvg, column_value("n")))}});
  const std::vector<Instant> two = {on(2024, 1, 2)};
  const std::vector<Instant> three = {on(2024, 1, 3)};
  EXPECT_EQ(plan.run(history, two, {}).error().code(), ErrorCode::kOverflow);
  EXPECT_EQ(plan.run(history, three, {}).value()[0].columns[0].numbers[0], most);
}

// Texts are coded by first appearance among the customers, however the work was split.
TEST(Plan, CodesOfTextsDoNotDependOnBlocks) {
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  customers.attributes.push_back(Column::text("city", std::make_shared<Dictionary>()));
  for (const char* city : {"z", "a", "z", "m", "a"}) {
    customers.ids->intern("c" + std::to_string(customers.ids->size()));
    customers.attributes[0].codes.push_back(customers.attributes[0].dictionary->intern(city));
  }
  const History history = History::build(std::move(customers), {}).value();
  const Plan plan = plan_of(history, {{"city", attribute("city")}});
  const std::vector<Instant> as_of = {on(2024, 1, 1)};
  for (const size_t block : {1, 2, 1024}) {
    const auto answers = plan.run(history, as_of, {2, block, {}}).value();
    EXPECT_EQ(answers[0].columns[0].codes, (std::vector<uint32_t>{0, 1, 0, 2, 1}));
    EXPECT_EQ(answers[0].columns[0].dictionary->text(0), "z");
  }
}

TEST(Plan, AnUnknownCustomerIsNotFound) {
  const History history = shop();
  const Plan plan = plan_of(history, {{"one", integer(1)}});
  EXPECT_EQ(plan.run_one(history, 1, on(2024, 1, 1), {}).value().columns[0].numbers[0], 1);
  EXPECT_EQ(plan.run_one(history, 2, on(2024, 1, 1), {}).error().code(), ErrorCode::kNotFound);
}

TEST(Reference, TracesTheRowsThatCounted) {
  const History history = shop();
  Aggregate web = of_purchases(AggregateKind::kCount);
  web.where = make(Op::kEqual, {column("channel"), text("web")});
  const ExpressionPtr expression = make(Op::kGreaterEqual, {aggregate(web), integer(2)});
  Question question;
  question.history = &history;
  question.as_of = on(2025, 1, 1);
  question.zone = &Zone::utc();
  Trace trace;
  const Value value = evaluate_reference(*expression, question, &trace).value();
  EXPECT_TRUE(value.known && value.number == 1);
  ASSERT_EQ(trace.leaves.size(), 1u);
  EXPECT_EQ(trace.leaves[0].rows, (std::vector<uint32_t>{0, 2}));
  EXPECT_EQ(trace.leaves[0].value.number, 2);
}

}  // namespace
}  // namespace regulars::evaluate
