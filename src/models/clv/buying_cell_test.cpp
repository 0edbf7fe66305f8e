#include "models/clv/buying_cell.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace regulars::models {
namespace {

TEST(CellTable, CountsEqualCustomersOnceInOrder) {
  const std::vector<BuyingCell> customers = {{2, 3, 9}, {0, 0, 9}, {2, 3, 9}, {2, 3, 8}};
  const Result<CellTable> table = CellTable::of(customers);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->cells(), (std::vector<BuyingCell>{{0, 0, 9}, {2, 3, 8}, {2, 3, 9}}));
  EXPECT_EQ(table->counts(), (std::vector<uint64_t>{1, 1, 2}));
  EXPECT_EQ(table->customers(), 4U);
}

TEST(CellTable, PartsMergeToTheWhole) {
  const std::vector<BuyingCell> all = {{2, 3, 9}, {0, 0, 9}, {2, 3, 9}, {2, 3, 8}, {1, 4, 5}};
  CellTable parts = CellTable::of(std::span(all).first(2)).value();
  parts.merge(CellTable::of(std::span(all).subspan(2)).value());
  const CellTable whole = CellTable::of(all).value();
  EXPECT_EQ(parts.cells(), whole.cells());
  EXPECT_EQ(parts.counts(), whole.counts());
  EXPECT_EQ(parts.customers(), whole.customers());
}

TEST(CellTable, NamesTheCustomerWhoseNumbersAreImpossible) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const BuyingCell wrong :
       {BuyingCell{1, 5, 4}, BuyingCell{1, 0, 4}, BuyingCell{0, 1, 4}, BuyingCell{-1, 0, 4},
        BuyingCell{1.5, 1, 4}, BuyingCell{1, nan, 4}, BuyingCell{0, -1, -1}}) {
    const std::vector<BuyingCell> customers = {{0, 0, 1}, wrong};
    const Result<CellTable> table = CellTable::of(customers);
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code(), ErrorCode::kBadData);
    EXPECT_NE(table.error().message().find("customer 1"), std::string::npos);
  }
}

}  // namespace
}  // namespace regulars::models
