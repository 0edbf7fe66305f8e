#include "store/results.h"

#include <cmath>

#include "store/store_fixture.h"

namespace regulars::store {
namespace {

TEST_F(StoreTest, SnapshotsInTheOrderOfTheirCutOff) {
  sql::Connection connection = sql();
  ASSERT_TRUE(store_snapshot(connection, {"b", on_day(20), on_day(21), "[1]", "{}"}));
  ASSERT_TRUE(store_snapshot(connection, {"a", on_day(10), on_day(22), "[2]", "{\"w\":1}"}));
  ASSERT_TRUE(store_snapshot(connection, {"b", on_day(20), on_day(23), "[3]", "{}"}));
  ASSERT_TRUE(store_snapshot(connection, {"b", on_day(20), on_day(24), "[3]", "{}"}));
  const auto loaded = load_snapshots(connection);
  ASSERT_TRUE(loaded);
  ASSERT_EQ(loaded->size(), 3u);
  EXPECT_EQ(loaded->at(0).words, "{\"w\":1}");
  EXPECT_EQ(loaded->at(1).populations, "[1]") << "what was known on day 22";
  EXPECT_EQ(loaded->at(2).populations, "[3]");
  EXPECT_EQ(loaded->at(2).recorded_at, on_day(23)) << "the same again says nothing new";
}

TEST_F(StoreTest, VersionsOfASegmentAreKeptOnce) {
  sql::Connection connection = sql();
  EXPECT_TRUE(*store_segment_version(connection, {"vip", "1", "spent > 5", on_day(1)}));
  EXPECT_FALSE(*store_segment_version(connection, {"vip", "1", "spent > 5", on_day(2)}));
  EXPECT_TRUE(*store_segment_version(connection, {"vip", "2", "spent > 6", on_day(3)}));
  // Back to an old meaning is a new version in time.
  EXPECT_TRUE(*store_segment_version(connection, {"vip", "1", "spent > 5", on_day(4)}));
  EXPECT_EQ(segment_versions(connection, "vip")->size(), 3u);
  EXPECT_TRUE(segment_versions(connection, "other")->empty());
}

TEST_F(StoreTest, CustomersKeepTheirNumbers) {
  ingest(delivery_of(kJanuary, 1), 31);
  const auto history = store_->load();
  sql::Connection connection = sql();
  const auto numbers = stored_numbers(connection, *history);
  ASSERT_TRUE(numbers);
  EXPECT_EQ(*numbers, (std::vector<uint32_t>{0, 1}));
  CustomerTable others{std::make_shared<Dictionary>(), {}, {}};
  others.ids->intern("bob@example.org");
  others.ids->intern("nobody");
  const auto other = History::build(std::move(others), {});
  EXPECT_EQ(*stored_numbers(connection, *other), (std::vector<uint32_t>{1, kNoCode}));
}

TEST_F(StoreTest, ScoresOfAnInstantAreReplacedAndKept) {
  sql::Connection connection = sql();
  ASSERT_TRUE(
      record_scores(connection, {"churn", "1", on_day(10), {1, 2}, {0.5, NAN}}, on_day(11), 1));
  ASSERT_TRUE(record_scores(connection, {"churn", "1", on_day(10), {1}, {0.25}}, on_day(12), 2));
  ASSERT_TRUE(record_scores(connection, {"churn", "1", on_day(20), {1}, {0.75}}, on_day(21), 3));
  EXPECT_EQ(*connection.query_integer("SELECT count(*) FROM score"), 2);
  EXPECT_EQ(*connection.query_integer("SELECT (100 * sum(value))::BIGINT FROM score"), 100);
  EXPECT_EQ(*connection.query_integer("SELECT count(*) FROM score_row"), 3);
  EXPECT_FALSE(record_scores(connection, {"churn", "1", on_day(20), {1}, {}}, on_day(22), 3));
}

TEST_F(StoreTest, WhatWasLastExported) {
  sql::Connection connection = sql();
  EXPECT_TRUE(last_exported(connection, "crm")->empty());
  const std::vector<ExportedRow> rows = {{1, 0xFFFFFFFFFFFFFFFFULL}, {5, 2}};
  ASSERT_TRUE(record_exported(connection, "crm", {{9, 9}}, on_day(1), 1));
  ASSERT_TRUE(record_exported(connection, "crm", rows, on_day(2), 2));
  EXPECT_EQ(*last_exported(connection, "crm"), rows);
  ASSERT_TRUE(record_exported(connection, "crm", {}, on_day(3), 3));
  EXPECT_TRUE(last_exported(connection, "crm")->empty());
}

}  // namespace
}  // namespace regulars::store
