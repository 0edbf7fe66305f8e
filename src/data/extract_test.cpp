#include "data/extract.h"

#include <gtest/gtest.h>

namespace regulars {
namespace {

// Three customers; purchases with items, refunds linked to purchases, one attribute.
History shop() {
  CustomerTable table;
  table.ids = std::make_shared<Dictionary>();
  for (const char* id : {"anna", "ben", "cleo"}) table.ids->intern(id);
  table.known_from = {Instant{1}, Instant{2}, Instant{3}};
  Column age = Column::of("age", ValueType::kInteger);
  age.numbers = {30, 40, 50};
  table.attributes = {age};
  EventBatch purchases;
  purchases.type = "purchase";
  purchases.customer = {0, 1, 1, 2};
  purchases.at = {Instant{10}, Instant{20}, Instant{30}, Instant{40}};
  purchases.id = {1, 2, 3, 4};
  Column amount = Column::decimal("amount", 2);
  amount.numbers = {100, 200, 300, 400};
  purchases.columns = {amount};
  purchases.item_offset = {0, 1, 3, 3, 4};
  Column product = Column::text("product", std::make_shared<Dictionary>());
  for (const char* name : {"tea", "cup", "pot", "tea"}) {
    product.codes.push_back(product.dictionary->intern(name));
  }
  purchases.item_columns = {product};
  EventBatch refunds;
  refunds.type = "refund";
  refunds.customer = {1, 1};
  refunds.at = {Instant{25}, Instant{35}};
  refunds.id = {8, 9};
  History history = *History::build(std::move(table), {purchases, refunds});
  for (Stream& stream : history.edit_streams()) {
    if (stream.type == "purchase") stream.links = {{"refund", {0, 0, 1, 2, 2}, {0, 1}}};
  }
  return history;
}

TEST(Extract, KeepsWhatBelongsToTheCustomersListed) {
  const History all = shop();
  const std::vector<CustomerNumber> wanted = {2, 1};
  const auto some = extract(all, wanted);
  ASSERT_TRUE(some);
  ASSERT_EQ(some->customers(), 2u);
  EXPECT_EQ(some->customer_id(0), "cleo");
  EXPECT_EQ(some->customer_id(1), "ben");
  EXPECT_EQ(some->customer_table().known_from[1], Instant{2});
  EXPECT_EQ(some->customer_table().attributes[0].numbers, (std::vector<int64_t>{50, 40}));
  const Stream& purchases = *some->stream("purchase");
  EXPECT_EQ(purchases.offset, (std::vector<uint32_t>{0, 1, 3}));
  EXPECT_EQ(purchases.id, (std::vector<uint64_t>{4, 2, 3}));
  EXPECT_EQ(purchases.columns[0].numbers, (std::vector<int64_t>{400, 200, 300}));
  EXPECT_EQ(purchases.item_offset, (std::vector<uint32_t>{0, 1, 3, 3}));
  EXPECT_EQ(purchases.item_columns[0].dictionary->text(purchases.item_columns[0].codes[2]), "pot");
  ASSERT_EQ(purchases.links.size(), 1u);
  EXPECT_EQ(purchases.links[0].offset, (std::vector<uint32_t>{0, 0, 1, 2}));
  EXPECT_EQ(purchases.links[0].rows, (std::vector<uint32_t>{0, 1}));
}

TEST(Extract, EndsAtTheInstantAsked) {
  const History all = shop();
  const std::vector<CustomerNumber> ben = {1};
  const auto some = extract(all, ben, Instant{30});
  ASSERT_TRUE(some);
  EXPECT_EQ(some->stream("purchase")->size(), 2u);
  EXPECT_EQ(some->stream("refund")->size(), 1u);
  EXPECT_EQ(some->stream("purchase")->links[0].offset, (std::vector<uint32_t>{0, 1, 1}))
      << "the later refund is not there to be pointed at";
}

TEST(Extract, OfNobodyIsEmpty) {
  const auto none = extract(shop(), {});
  ASSERT_TRUE(none);
  EXPECT_EQ(none->customers(), 0u);
}

}  // namespace
}  // namespace regulars
