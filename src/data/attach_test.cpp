#include "data/attach.h"

#include <gtest/gtest.h>

namespace regulars {
namespace {

Column texts(const std::string& name, const std::vector<std::string>& values) {
  Column column = Column::text(name, std::make_shared<Dictionary>());
  for (const std::string& value : values) {
    column.codes.push_back(value.empty() ? kNoCode : column.dictionary->intern(value));
  }
  return column;
}

std::string text_of(const Column& column, size_t row) {
  return column.known(row) ? std::string(column.dictionary->text(column.codes[row])) : "?";
}

// Two purchases: at 10 in store 7 of tea and cup, at 20 in store 8 of tea.
History shop() {
  CustomerTable customers{std::make_shared<Dictionary>(), {}, {}};
  customers.ids->intern("ann");
  EventBatch batch;
  batch.type = "purchase";
  batch.customer = {0, 0};
  batch.at = {{10}, {20}};
  batch.id = {1, 2};
  Column store = Column::of("store", ValueType::kInteger);
  store.numbers = {7, 8};
  batch.columns = {store};
  batch.item_offset = {0, 2, 3};
  batch.item_columns = {texts("product", {"tea", "cup", "tea"})};
  EventBatch visit;
  visit.type = "visit";
  visit.customer = {0};
  visit.at = {{15}};
  visit.id = {1};
  auto history = History::build(std::move(customers), {batch, visit});
  EXPECT_TRUE(history);
  return *std::move(history);
}

std::vector<ReferenceData> tables() {
  // Tea: not organic until 15, then organic; cup: known from 12 on; pot is never sold.
  ReferenceData product{"product", std::make_shared<Dictionary>(), {}, {}, {}};
  for (const char* id : {"tea", "cup", "pot"}) product.keys->intern(id);
  product.key = {0, 1, 0, 2};
  product.valid_from = {{15}, {12}, {0}, {0}};
  Column eco = Column::of("eco", ValueType::kBoolean);
  eco.numbers = {1, 1, 0, 1};
  product.columns = {eco, texts("brand", {"new", "cups", "old", "pots"})};
  ReferenceData store{"store", std::make_shared<Dictionary>(), {0, 1}, {}, {}};
  store.keys->intern("8");
  store.keys->intern("9");
  store.columns = {texts("region", {"north", "south"})};
  return {product, store};
}

TEST(Attach, TheValueThatHeldAtTheEvent) {
  const auto history = attach(shop(), tables(), {"product.eco", "product.brand"});
  ASSERT_TRUE(history) << history.error().to_string();
  const Stream& purchases = *history->stream("purchase");
  const Column* eco = find_column(purchases.item_columns, "product.eco");
  ASSERT_NE(eco, nullptr);
  EXPECT_EQ(eco->type, ValueType::kBoolean);
  EXPECT_EQ(eco->numbers, (std::vector<int64_t>{0, kMissing, 1}));
  const Column* brand = find_column(purchases.item_columns, "product.brand");
  EXPECT_EQ(text_of(*brand, 0) + text_of(*brand, 1) + text_of(*brand, 2), "old?new");
  EXPECT_EQ(find_column(purchases.columns, "product.eco"), nullptr);
}

TEST(Attach, EventsPointAtTablesTooAlsoByNumber) {
  const auto history = attach(shop(), tables(), {"store.region"});
  ASSERT_TRUE(history);
  const Column* region = find_column(history->stream("purchase")->columns, "store.region");
  ASSERT_NE(region, nullptr);
  EXPECT_EQ(text_of(*region, 0), "?");
  EXPECT_EQ(text_of(*region, 1), "north");
  EXPECT_TRUE(history->stream("visit")->columns.empty());
}

TEST(Attach, NothingAskedNothingDone) {
  const auto history = attach(shop(), tables(), {});
  ASSERT_TRUE(history);
  EXPECT_EQ(history->stream("purchase")->columns.size(), 1u);
}

TEST(Attach, AskedTwiceIsAttachedOnce) {
  const auto history = attach(shop(), tables(), {"store.region", "store.region"});
  ASSERT_TRUE(history);
  EXPECT_EQ(history->stream("purchase")->columns.size(), 2u);
}

TEST(Attach, UnknownNamesAreNearOnes) {
  const auto table = attach(shop(), tables(), {"produkt.eco"});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code(), ErrorCode::kNotFound);
  EXPECT_NE(table.error().hint().find("'product'"), std::string::npos);
  const auto field = attach(shop(), tables(), {"product.brnd"});
  ASSERT_FALSE(field);
  EXPECT_NE(field.error().hint().find("'brand'"), std::string::npos);
  EXPECT_FALSE(attach(shop(), tables(), {"product"}));
  EXPECT_FALSE(attach(shop(), {}, {"product.eco"}));
}

}  // namespace
}  // namespace regulars
