#include "data/link_history.h"

#include <gtest/gtest.h>

namespace regulars {
namespace {

struct Row {
  uint32_t customer;
  int64_t at;
  int64_t amount;
  std::string order;      // of a refund: the order it gives back; empty: unknown
  int64_t linked_to = 0;  // of a refund that its file linked: the purchase's time
};

EventBatch batch_of(const std::string& type, const std::vector<Row>& rows, bool own_columns) {
  EventBatch batch;
  batch.type = type;
  batch.columns = {
      Column::decimal("amount", type == "purchase" ? 2 : 1),
      Column::text(type == "purchase" ? "order" : "refund_of", std::make_shared<Dictionary>())};
  if (own_columns && type == "refund") {
    batch.columns.push_back(Column::of("applies_at", ValueType::kInstant));
    batch.columns.push_back(Column::of("linked", ValueType::kBoolean));
  }
  for (const Row& row : rows) {
    batch.customer.push_back(row.customer);
    batch.at.push_back({row.at});
    batch.id.push_back(batch.id.size());
    batch.columns[0].numbers.push_back(row.amount);
    Column& order = batch.columns[1];
    order.codes.push_back(row.order.empty() ? kNoCode : order.dictionary->intern(row.order));
    if (batch.columns.size() < 4) continue;
    batch.columns[2].numbers.push_back(row.linked_to != 0 ? row.linked_to : row.at);
    batch.columns[3].numbers.push_back(row.linked_to != 0 ? 1 : 0);
  }
  return batch;
}

History linked(const std::vector<Row>& purchases, const std::vector<Row>& refunds,
               bool own_columns = true) {
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  for (const char* id : {"ann", "bob"}) customers.ids->intern(id);
  auto history = History::build(std::move(customers), {batch_of("purchase", purchases, own_columns),
                                                       batch_of("refund", refunds, own_columns)});
  EXPECT_TRUE(history) << history.error().to_string();
  return link_refunds(*std::move(history));
}

std::vector<int64_t> numbers(const History& history, const char* type, const char* column) {
  const Column* found = find_column(history.stream(type)->columns, column);
  if (found == nullptr) return {-1};
  return {found->numbers.begin(), found->numbers.end()};
}

// Amounts of purchases are cents, those of refunds tenths.
TEST(LinkRefunds, AcrossFilesByTheOrderNamed) {
  const History history = linked({{0, 10, 500, "1"}, {0, 20, 900, "2"}, {1, 15, 500, "1"}},
                                 {{0, 30, 20, "1"}, {0, 40, 30, "1"}, {1, 50, 10, "2"}});
  EXPECT_EQ(numbers(history, "refund", "linked"), (std::vector<int64_t>{1, 1, 0}));
  EXPECT_EQ(numbers(history, "refund", "applies_at"), (std::vector<int64_t>{10, 10, 50}));
  // Two parts make the whole; the order of another customer is not hers.
  EXPECT_EQ(numbers(history, "purchase", "undone_at"),
            (std::vector<int64_t>{40, kMissing, kMissing}));
  const EventLinks& links = history.stream("purchase")->links.at(0);
  EXPECT_EQ(links.type, "refund");
  EXPECT_EQ(links.offset, (std::vector<uint32_t>{0, 2, 2, 2}));
  EXPECT_EQ(links.rows, (std::vector<uint32_t>{0, 1}));
}

TEST(LinkRefunds, ColumnsThatRefundsLackAreAdded) {
  const History history = linked({{0, 10, 500, "1"}}, {{0, 30, 20, ""}, {0, 31, 60, "1"}}, false);
  EXPECT_EQ(numbers(history, "refund", "linked"), (std::vector<int64_t>{0, 1}));
  EXPECT_EQ(numbers(history, "refund", "applies_at"), (std::vector<int64_t>{30, 10}));
  EXPECT_EQ(numbers(history, "purchase", "undone_at"), (std::vector<int64_t>{31}));
}

TEST(LinkRefunds, WhatAFileLinkedByInstantStaysLinked) {
  const History history = linked({{0, 10, 500, "1"}, {0, 20, 100, ""}}, {{0, 30, 10, "", 20}});
  EXPECT_EQ(history.stream("purchase")->links.at(0).offset, (std::vector<uint32_t>{0, 0, 1}));
  EXPECT_EQ(numbers(history, "purchase", "undone_at"), (std::vector<int64_t>{kMissing, 30}));
}

TEST(LinkRefunds, NumbersUsedAgainMeanTheLatestOrderBefore) {
  const History history = linked({{0, 10, 500, "1"}, {0, 20, 600, "1"}, {0, 40, 700, "1"}},
                                 {{0, 30, 10, "1"}, {0, 15, 10, "1"}, {0, 5, 10, "1"}});
  EXPECT_EQ(numbers(history, "refund", "applies_at"), (std::vector<int64_t>{5, 10, 20}));
  EXPECT_EQ(numbers(history, "refund", "linked"), (std::vector<int64_t>{0, 1, 1}));
}

TEST(LinkRefunds, ACutKeepsOnlyLinksBetweenWhatIsLeft) {
  History history = linked({{0, 10, 500, "1"}, {0, 20, 900, "2"}, {1, 60, 100, "3"}},
                           {{0, 30, 20, "2"}, {0, 50, 30, "1"}, {1, 70, 10, "3"}});
  history = std::move(history).up_to({40});
  const Stream& purchases = *history.stream("purchase");
  ASSERT_EQ(purchases.size(), 2u);
  EXPECT_EQ(purchases.links.at(0).offset, (std::vector<uint32_t>{0, 0, 1}));
  EXPECT_EQ(purchases.links.at(0).rows, (std::vector<uint32_t>{0}));
  EXPECT_EQ(history.stream("refund")->offset, (std::vector<uint32_t>{0, 1, 1}));
}

TEST(LinkRefunds, WithoutRefundsNothingChanges) {
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  customers.ids->intern("ann");
  auto history =
      History::build(std::move(customers), {batch_of("purchase", {{0, 1, 2, "1"}}, false)});
  ASSERT_TRUE(history);
  const History same = link_refunds(*std::move(history));
  EXPECT_EQ(same.stream("purchase")->columns.size(), 2u);
  EXPECT_TRUE(same.stream("purchase")->links.empty());
}

}  // namespace
}  // namespace regulars
