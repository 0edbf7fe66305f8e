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

TEST_F(RealOrders, CdnowWithAndWithoutHeader) {
  const auto master = read("cdnow/CDNOW_master.txt.gz");
  ASSERT_TRUE(master) << master.error().to_string();
  EXPECT_EQ(master->intake.spec.columns.customer, "customer_id");
  EXPECT_EQ(master->intake.spec.columns.amount, "dollar_value");
  EXPECT_EQ(master->intake.spec.columns.quantity, "number_of_cds");
  EXPECT_EQ(master->lines.customers->size(), 23'570);
  EXPECT_EQ(master->lines.size(), 69'659);
  EXPECT_EQ(master->intake.exact_duplicates, 255);
  EXPECT_TRUE(master->intake.rounding.rounded_sum == 250'031'563);
  const auto sample = read("cdnow/CDNOW_sample.txt.gz");
  ASSERT_TRUE(sample) << sample.error().to_string();
  EXPECT_EQ(sample->intake.spec.columns.customer, "column1");
  EXPECT_EQ(sample->intake.spec.columns.time, "column3");
  EXPECT_EQ(sample->intake.spec.columns.amount, "column5");
  EXPECT_EQ(sample->lines.customers->size(), 2'357);
  for (const FoundColumn& found : sample->intake.columns) {
    if (found.role == "customer") {
      EXPECT_EQ(found.alternatives, std::vector<std::string>{"column2"});
    }
  }
}

TEST_F(RealOrders, RfmOrdersWithNamesAsIds) {
  const auto orders = read("rfm/rfm_data_orders.csv.gz");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->intake.spec.columns.customer, "customer_id");
  EXPECT_EQ(orders->intake.spec.columns.amount, "revenue");
  EXPECT_EQ(orders->lines.customers->size(), 995);
  EXPECT_EQ(orders->lines.size(), 4'906);
}

TEST_F(RealOrders, StarbucksEventsWithHours) {
  const auto orders = read("starbucks/transcript.json.gz");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->lines.size(), 138'953);
  EXPECT_EQ(orders->intake.rows.other_events, 76'277 + 57'725 + 33'579);
  EXPECT_EQ(orders->intake.spec.time_format.kind, TimeKind::kHoursFromStart);
  EXPECT_TRUE(orders->intake.rounding.rounded_sum == 177'545'197);
  EXPECT_EQ(orders->lines.customers->size(), 17'000) << "also those who never bought";
}

TEST_F(RealOrders, CompleteJourneyWithItsOtherFiles) {
  const std::string folder = std::string(std::getenv("REGULARS_DATA")) + "/complete_journey/";
  const auto orders =
      read_orders({folder + "transactions_sample.csv.gz"}, folder + "demographics.csv.gz",
                  folder + "products.csv.gz", {}, real_files());
  ASSERT_TRUE(orders) << orders.error().to_string();
  const ColumnMapping& columns = orders->intake.spec.columns;
  EXPECT_EQ(columns.customer, "household_id");
  EXPECT_EQ(columns.order, "basket_id");
  EXPECT_EQ(columns.amount, "sales_value");
  EXPECT_EQ(columns.store, "store_id");
  EXPECT_EQ(columns.time, "transaction_timestamp");
  EXPECT_EQ(orders->intake.spec.amount_meaning, AmountMeaning::kLineAmount);
  EXPECT_NE(find_column(orders->customer_attributes, "income"), nullptr);
  const Column* category = find_column(orders->lines.product_facts, "category");
  ASSERT_NE(category, nullptr);
  EXPECT_EQ(category->size(), orders->lines.products->size());
}

TEST_F(RealOrders, ApparelHasAPriceAndNoQuantity) {
  const auto orders = read("apparel/apparelTrans.csv.gz");
  ASSERT_TRUE(orders) << orders.error().to_string();
  EXPECT_EQ(orders->intake.spec.columns.customer, "Id");
  EXPECT_EQ(orders->intake.spec.columns.amount, "Price");
  EXPECT_EQ(orders->lines.customers->size(), 600);
}

TEST_F(RealOrders, BasketsAloneAreRefusedWithReasons) {
  const auto orders = read("groceries/groceries.csv.gz");
  ASSERT_FALSE(orders);
  const std::string text = orders.error().to_string();
  EXPECT_NE(text.find("no column can be the customer, time and amount"), std::string::npos);
  EXPECT_NE(text.find("citrus fruit"), std::string::npos);
  EXPECT_NE(text.find("--customer COLUMN --time COLUMN --amount COLUMN"), std::string::npos);
}

}  // namespace
}  // namespace regulars::connect
