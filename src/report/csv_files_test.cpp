#include "report/csv_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "report/test_view.h"

namespace regulars::report {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

int64_t line_count(const std::string& text) { return std::ranges::count(text, '\n'); }

TEST(CsvFiles, Customers) {
  const auto shop = make_test_shop();
  const std::string csv = customers_csv(shop->view);
  EXPECT_THAT(csv, StartsWith("customer_id,first_purchase,last_purchase,orders,gross_revenue,"
                              "net_revenue,average_order,recency_days,usual_gap_days,r,f,m,"
                              "rfm_class,life_cycle,value_tier\n"));
  EXPECT_EQ(line_count(csv), 13);
  EXPECT_THAT(csv, HasSubstr("\n16029,2011-01-05,2011-11-01,12,51000.00,51000.00,4250.00,38,11.0,"
                             "1,5,1,Champions,prospect,A\n"));
  EXPECT_THAT(csv, HasSubstr("\n\"A&B \"\"x\"\" 9\","));
  EXPECT_THAT(csv, HasSubstr("\n'=1+2,"));
  EXPECT_THAT(csv, HasSubstr("\n00012,"));
  EXPECT_THAT(csv, HasSubstr("\nnever-bought-1,,,0,0.00,0.00,,,,,,,"));
}

TEST(CsvFiles, Segments) {
  const auto shop = make_test_shop();
  const std::string csv = segments_csv(shop->view);
  EXPECT_EQ(line_count(csv), 1 + 7 + 10 + 3);
  EXPECT_THAT(csv, HasSubstr("\nlife_cycle,active,1703,0.3926,6812,6905412.85,6445052.00,0.7765,"
                             "2011-09-10,90,1703,1345,0.7900,0.7500,0.8300\n"));
  EXPECT_THAT(csv, HasSubstr("\nvalue_tier,A,242,"));
}

TEST(CsvFiles, Months) {
  const auto shop = make_test_shop();
  const std::string csv = months_csv(shop->view);
  EXPECT_EQ(line_count(csv), 14);
  EXPECT_THAT(csv, HasSubstr("\n2010-12,1400,900,885,550000.00,"));
  EXPECT_THAT(csv, HasSubstr(",yes,9\n"));
}

TEST(CsvFiles, Lists) {
  const auto shop = make_test_shop();
  const std::string csv = list_csv(shop->view, shop->view.cards[0]);
  EXPECT_THAT(csv, StartsWith("customer_id,why,last_order,usual_gap_days,value,group\n"));
  EXPECT_THAT(csv, HasSubstr("\n16029,\"prospect: silent for 38 days, usually 11 days between "
                             "orders\",2011-11-01,11.0,51000.00,control\n"));
  EXPECT_THAT(csv, HasSubstr(",contact\n"));
  EXPECT_EQ(line_count(csv), 7);
}

TEST(CsvFiles, Rejects) {
  const auto shop = make_test_shop();
  EXPECT_EQ(rejects_csv(shop->view),
            "file,line,column,field,reason,raw\n"
            "online_retail.csv.gz,17,5,InvoiceDate,'31.02.2011' is not a date,"
            "\"536365,\"\"<b>\"\",=2\"\n");
}

}  // namespace
}  // namespace regulars::report
