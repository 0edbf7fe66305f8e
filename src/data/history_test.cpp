#include "data/history.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace regulars {
namespace {

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

TEST(History, KeepsWhatIsInOrder) {
  EventBatch batch = shuffled_purchases();
  batch.customer = {0, 0, 1, 1};
  batch.at = {{20}, {20}, {10}, {10}};
  batch.id = {2, 4, 1, 3};
  const Stream ordered = *History::build(customers({"a", "b"}), {batch})->stream("purchase");
  EXPECT_EQ(ordered.offset, (std::vector<uint32_t>{0, 2, 4}));
  EXPECT_EQ(ordered.id, batch.id);
  EXPECT_EQ(ordered.columns[0].numbers, batch.columns[0].numbers);
  EXPECT_EQ(ordered.item_offset, batch.item_offset);
  std::swap(batch.id[2], batch.id[3]);  // a tie in time in the wrong order of ids
  const Stream turned = *History::build(customers({"a", "b"}), {batch})->stream("purchase");
  EXPECT_EQ(turned.id, (std::vector<uint64_t>{2, 4, 1, 3}));
  EXPECT_EQ(turned.columns[0].numbers, (std::vector<int64_t>{100, 200, 400, 300}));
  EXPECT_EQ(turned.item_offset, (std::vector<uint32_t>{0, 2, 3, 4, 4}));
}

TEST(History, ManyEventsOfSeveralTypesAreClusteredByThreads) {
  std::vector<EventBatch> batches;
  for (const char* type : {"visit", "click", "open"}) {
    EventBatch batch;
    batch.type = type;
    for (uint32_t i = 0; i < 100'000; ++i) {
      batch.customer.push_back(i % 2);
      batch.at.push_back(Instant{static_cast<int64_t>(i) * 7919 % 100'000});
      batch.id.push_back(i);
    }
    batches.push_back(std::move(batch));
  }
  const History history = *History::build(customers({"a", "b"}), std::move(batches));
  ASSERT_EQ(history.streams().size(), 3U);
  EXPECT_EQ(history.streams()[2].type, "open");
  for (const Stream& stream : history.streams()) {
    EXPECT_EQ(stream.offset, (std::vector<uint32_t>{0, 50'000, 100'000}));
    EXPECT_TRUE(std::is_sorted(stream.at.begin(), stream.at.begin() + 50'000));
    EXPECT_TRUE(std::is_sorted(stream.at.begin() + 50'000, stream.at.end()));
  }
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
