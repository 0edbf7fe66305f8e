#include "data/identity.h"

#include <gtest/gtest.h>

#include "data/regroup.h"

namespace regulars {
namespace {

// Three customers; purchases with items, refunds linked to them.
History three() {
  CustomerTable table{std::make_shared<Dictionary>(), {}, {}};
  for (const char* id : {"a", "b", "c"}) table.ids->intern(id);
  table.known_from = {{10}, {5}, {20}};
  EventBatch purchases;
  purchases.type = "purchase";
  purchases.customer = {0, 1, 0, 2, 1};
  purchases.at = {{10}, {10}, {30}, {20}, {25}};
  purchases.id = {4, 1, 3, 2, 5};
  purchases.columns = {Column::of("amount", ValueType::kInteger)};
  purchases.columns[0].numbers = {100, 200, 300, 400, 500};
  purchases.item_offset = {0, 2, 3, 3, 4, 6};
  purchases.item_columns = {Column::of("price", ValueType::kInteger)};
  purchases.item_columns[0].numbers = {1, 2, 3, 4, 5, 6};
  History built = History::build(std::move(table), {std::move(purchases)}).value();
  return built;
}

std::vector<uint64_t> ids_of(const History& history, CustomerNumber c) {
  const Stream& stream = history.streams()[0];
  return {stream.id.begin() + stream.offset[c], stream.id.begin() + stream.offset[c + 1]};
}

TEST(Regroup, MergesStreamsInOrderOfTimeAndId) {
  const History history = three();
  const std::vector<uint32_t> group_of = {1, 1, 0};
  const History grouped = regroup(history, group_of, 2);
  ASSERT_EQ(grouped.customers(), 2u);
  EXPECT_EQ(grouped.customer_id(0), "c");
  EXPECT_EQ(grouped.customer_id(1), "a");
  EXPECT_EQ(ids_of(grouped, 0), (std::vector<uint64_t>{2}));
  EXPECT_EQ(ids_of(grouped, 1), (std::vector<uint64_t>{1, 4, 5, 3}));
  const Stream& stream = grouped.streams()[0];
  EXPECT_EQ(stream.columns[0].numbers, (std::vector<int64_t>{400, 200, 100, 500, 300}));
  EXPECT_EQ(stream.item_offset, (std::vector<uint32_t>{0, 1, 2, 4, 6, 6}));
  EXPECT_EQ(stream.item_columns[0].numbers, (std::vector<int64_t>{4, 3, 1, 2, 5, 6}));
  EXPECT_EQ(grouped.customer_table().known_from, (std::vector<Instant>{{20}, {5}}));
  EXPECT_EQ(ids_of(regroup(history, {0, 1}), 0), ids_of(grouped, 1));
}

TEST(Regroup, LeavesOutThoseWithoutAGroup) {
  const std::vector<uint32_t> group_of = {kNoGroup, 0, kNoGroup};
  const History grouped = regroup(three(), group_of, 1);
  EXPECT_EQ(ids_of(grouped, 0), (std::vector<uint64_t>{1, 5}));
  EXPECT_EQ(grouped.streams()[0].size(), 2u);
}

TEST(Regroup, LinksLeadToTheSameEvents) {
  History history = three();
  std::vector<Stream> streams = history.streams();
  // Each purchase is linked to itself.
  EventLinks links{"purchase", {0, 1, 2, 3, 4, 5}, {0, 1, 2, 3, 4}};
  streams[0].links.push_back(links);
  history = History::of_streams(history.customer_table(), std::move(streams));
  const std::vector<uint32_t> group_of = {1, 1, 0};
  const History grouped = regroup(history, group_of, 2);
  EXPECT_EQ(grouped.streams()[0].links[0].offset, links.offset);
  EXPECT_EQ(grouped.streams()[0].links[0].rows, links.rows);
}

TEST(Identity, FollowsChainsAndUndoesThem) {
  const std::vector<IdentityChange> changes = {
      {0, 1, {10}, true}, {1, 2, {20}, true}, {0, 1, {30}, false}};
  const auto at = [&](int64_t t) { return identity_at(changes, 3, {t}).value(); };
  EXPECT_EQ(at(9), (std::vector<CustomerNumber>{0, 1, 2}));
  EXPECT_EQ(at(10), (std::vector<CustomerNumber>{1, 1, 2}));
  EXPECT_EQ(at(20), (std::vector<CustomerNumber>{2, 2, 2}));
  EXPECT_EQ(at(30), (std::vector<CustomerNumber>{0, 2, 2}));
  EXPECT_EQ(next_identity_change(changes, {10})->at, Instant{20});
  EXPECT_EQ(next_identity_change(changes, {30}), nullptr);
}

TEST(Identity, TheOrderOfTheListDoesNotMatterButForEqualTimes) {
  const std::vector<IdentityChange> changes = {{1, 2, {20}, true}, {0, 1, {10}, true}};
  EXPECT_EQ(identity_at(changes, 3, {20}).value(), (std::vector<CustomerNumber>{2, 2, 2}));
  const std::vector<IdentityChange> again = {{0, 1, {10}, true}, {0, 2, {10}, true}};
  EXPECT_EQ(identity_at(again, 3, {10}).value(), (std::vector<CustomerNumber>{2, 1, 2}));
}

TEST(Identity, RefusesCirclesAndWhatWasNotMerged) {
  const auto code = [](const std::vector<IdentityChange>& changes) {
    return identity_at(changes, 3, {100}).error().code();
  };
  EXPECT_EQ(code({{0, 0, {1}, true}}), ErrorCode::kBadData);
  EXPECT_EQ(code({{0, 1, {1}, true}, {1, 0, {2}, true}}), ErrorCode::kBadData);
  EXPECT_EQ(code({{0, 1, {1}, true}, {1, 2, {2}, true}, {2, 0, {3}, true}}), ErrorCode::kBadData);
  EXPECT_EQ(code({{0, 1, {1}, true}, {1, 2, {2}, true}, {1, 0, {3}, true}}), ErrorCode::kBadData);
  EXPECT_EQ(code({{0, 1, {1}, false}}), ErrorCode::kBadData);
  EXPECT_EQ(code({{0, 7, {1}, true}}), ErrorCode::kBadData);
  // What is to come is not looked at yet.
  EXPECT_TRUE(identity_at(std::vector<IdentityChange>{{0, 0, {200}, true}}, 3, {100}).ok());
}

TEST(Identity, MergedHistoryHasTheEventsWithTheSurvivor) {
  const std::vector<IdentityChange> changes = {{0, 1, {10}, true}};
  const History before = merged(three(), changes, {9}).value();
  EXPECT_EQ(ids_of(before, 0), (std::vector<uint64_t>{4, 3}));
  const History after = merged(three(), changes, {10}).value();
  EXPECT_EQ(after.customers(), 3u);
  EXPECT_TRUE(ids_of(after, 0).empty());
  EXPECT_EQ(ids_of(after, 1), (std::vector<uint64_t>{1, 4, 5, 3}));
  EXPECT_EQ(after.customer_table().known_from, (std::vector<Instant>{kNeverKnown, {5}, {20}}));
}

TEST(KnownBy, LeavesOutWhatWasFoundOutLater) {
  const Instant day{days(1).micros};
  const std::vector<IdentityChange> changes = {{0, 1, day, true, day + days(5)},
                                               {2, 1, day + days(1), true},
                                               {0, 1, day + days(2), false, day + days(9)}};
  EXPECT_EQ(known_by(changes, day + days(4)).size(), 1u);
  EXPECT_EQ(known_by(changes, day + days(5) - microseconds(1)).front().from, 2u);
  EXPECT_EQ(known_by(changes, day + days(5)).size(), 2u);
  const auto all = known_by(changes, day + days(9));
  ASSERT_EQ(all.size(), 3u);
  EXPECT_TRUE(all[0].merge);
  EXPECT_FALSE(all[2].merge);
}

}  // namespace
}  // namespace regulars
