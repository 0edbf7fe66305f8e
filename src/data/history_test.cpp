#include "data/history.h"

#include <gtest/gtest.h>

namespace regulars {
namespace {

TEST(Dictionary, CodesAreStableAndTextsStay) {
  Dictionary words;
  std::vector<std::string> expected;
  for (int i = 0; i < 50'000; ++i) {
    expected.push_back("customer-" + std::to_string(i * 7919 % 50'000));
    EXPECT_EQ(words.intern(expected.back()), static_cast<uint32_t>(i));
  }
  for (uint32_t i = 0; i < expected.size(); ++i) EXPECT_EQ(words.text(i), expected[i]);
  EXPECT_EQ(words.find("nobody"), kNoCode);
  EXPECT_EQ(words.intern(""), 50'000u);
  EXPECT_EQ(words.find(""), 50'000u);
}

CustomerTable customers(std::initializer_list<const char*> ids) {
  CustomerTable table{std::make_shared<Dictionary>(), {}, {}};
  for (const char* id : ids) table.ids->intern(id);
  return table;
}

EventBatch shuffled_purchases() {
  EventBatch batch;
  batch.type = "purchase";
  batch.customer = {1, 0, 1, 0};
  batch.at = {{30}, {20}, {10}, {20}};
  batch.id = {1, 4, 3, 2};
  batch.columns.push_back(Column::decimal("amount", 2));
  batch.columns[0].numbers = {100, 200, 300, 400};
  batch.item_offset = {0, 2, 3, 3, 4};
  batch.item_columns.push_back(Column::of("quantity", ValueType::kInteger));
  batch.item_columns[0].numbers = {1, 2, 3, 4};
  return batch;
}

TEST(History, ClustersByCustomerTimeAndId) {
  const History history = *History::build(customers({"a", "b", "c"}), {shuffled_purchases()});
  const Stream& stream = *history.stream("purchase");
  EXPECT_EQ(stream.offset, (std::vector<uint32_t>{0, 2, 4, 4}));
  EXPECT_EQ(stream.columns[0].numbers, (std::vector<int64_t>{400, 200, 300, 100}));
  EXPECT_EQ(stream.item_offset, (std::vector<uint32_t>{0, 1, 2, 2, 4}));
  EXPECT_EQ(stream.item_columns[0].numbers, (std::vector<int64_t>{4, 3, 1, 2}));
  EXPECT_EQ(history.stream("visit"), nullptr);
  EXPECT_EQ(history.customer_id(2), "c");
}

TEST(History, UpToAnInstantHasNothingLater) {
  EventBatch batch = shuffled_purchases();
  History whole = *History::build(customers({"a", "b", "c"}), {std::move(batch)});
  const History history = std::move(whole).up_to(Instant{20});
  const Stream& stream = *history.stream("purchase");
  EXPECT_EQ(stream.offset, (std::vector<uint32_t>{0, 2, 3, 3}));
  EXPECT_EQ(stream.at, (std::vector<Instant>{{20}, {20}, {10}}));
  EXPECT_EQ(stream.id, (std::vector<uint64_t>{2, 4, 3}));
  EXPECT_EQ(stream.columns[0].numbers, (std::vector<int64_t>{400, 200, 300}));
  EXPECT_EQ(stream.item_offset, (std::vector<uint32_t>{0, 1, 2, 2}));
  EXPECT_EQ(stream.item_columns[0].numbers, (std::vector<int64_t>{4, 3}));
  EXPECT_EQ(history.customers(), 3u);
}

TEST(History, RefusesUnevenColumnsAndUnknownCustomers) {
  EventBatch uneven = shuffled_purchases();
  uneven.columns[0].numbers.pop_back();
  EXPECT_EQ(History::build(customers({"a", "b"}), {uneven}).error().code(), ErrorCode::kBadData);
  EXPECT_EQ(History::build(customers({"a"}), {shuffled_purchases()}).error().code(),
            ErrorCode::kBadData);
}

}  // namespace
}  // namespace regulars
