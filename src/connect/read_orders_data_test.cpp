// Real data sets as they are, without any option. They are not part of the repository: the folder
// is taken from REGULARS_DATA.
#include <gtest/gtest.h>

#include <cstdlib>

#include "connect/read_orders.h"

namespace regulars::connect {
namespace {

class RealOrders : public testing::Test {
 protected:
  void SetUp() override {
    if (std::getenv("REGULARS_DATA") == nullptr) {
      GTEST_SKIP() << "REGULARS_DATA is not set: the real data sets are not tested";
    }
  }

  static Result<OrdersRead> read(const std::string& name) {
    return read_orders({std::string(std::getenv("REGULARS_DATA")) + "/" + name}, "", "", {},
                       real_files());
  }
};

TEST_F(RealOrders, OnlineRetail) {
  const auto orders = read("online_retail/online_retail.csv.gz");
  ASSERT_TRUE(orders) << orders.error().to_string();
  const ColumnMapping& columns = orders->intake.spec.columns;
  EXPECT_EQ(columns.customer, "CustomerID");
  EXPECT_EQ(columns.order, "InvoiceNo");
  EXPECT_EQ(columns.time, "InvoiceDate");
  EXPECT_EQ(columns.product, "StockCode");
  EXPECT_EQ(columns.quantity, "Quantity");
  EXPECT_EQ(columns.price, "UnitPrice");
  EXPECT_EQ(columns.amount, "");
  EXPECT_EQ(orders->intake.spec.amount_meaning, AmountMeaning::kQuantityTimesPrice);
  EXPECT_EQ(orders->intake.spec.cancellation_prefix, "C");
  EXPECT_EQ(orders->intake.rows.read, 541'909);
  EXPECT_EQ(orders->intake.rows.rejected, 0);
  EXPECT_EQ(orders->intake.exact_duplicates, 5'268);
  EXPECT_EQ(orders->lines.size(), 541'909);
  EXPECT_EQ(orders->lines.customers->size(), 4'372);
  EXPECT_EQ(orders->lines.orders->size(), 25'900);
  // 8,911,407.904 before each line is rounded to pence.
  EXPECT_EQ(orders->intake.rounding.exact_scale, 3);
  EXPECT_TRUE(orders->intake.rounding.exact_sum == Int128{8'911'407'904});
}

}  // namespace
}  // namespace regulars::connect
