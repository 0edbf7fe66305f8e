// Real data sets, as they are: REGULARS_DATA names their folder.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "connect/rows.h"

namespace regulars::connect {
namespace {

struct Expected {
  const char* path;
  size_t rows;
  size_t columns;
  bool header;
  const char* first_column;
};

class RealData : public testing::TestWithParam<Expected> {};

TEST_P(RealData, RowsAndColumns) {
  const char* folder = std::getenv("REGULARS_DATA");
  if (folder == nullptr) GTEST_SKIP() << "REGULARS_DATA is not set: real data are not tested";
  const std::string path = std::string(folder) + "/" + GetParam().path;
  if (!real_files().exists(path)) GTEST_SKIP() << path << " is not there";
  auto reader = open_rows(path, real_files(), {});
  ASSERT_TRUE(reader.ok()) << reader.error().to_string();
  EXPECT_EQ((*reader)->columns().size(), GetParam().columns);
  EXPECT_EQ((*reader)->columns()[0], GetParam().first_column);
  EXPECT_EQ((*reader)->has_header(), GetParam().header);
  RowBatch batch;
  size_t rows = 0;
  while (true) {
    const Result<bool> more = (*reader)->next(batch);
    ASSERT_TRUE(more.ok()) << more.error().to_string();
    if (!*more) break;
    rows += batch.rows;
  }
  EXPECT_EQ(rows, GetParam().rows);
  EXPECT_EQ((*reader)->rejects().size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Files, RealData,
    testing::Values(
        Expected{"online_retail/online_retail.csv.gz", 541909, 8, true, "InvoiceNo"},
        Expected{"cdnow/CDNOW_master.txt.gz", 69659, 4, true, "customer_id"},
        Expected{"cdnow/CDNOW_sample.txt.gz", 6919, 5, false, "column1"},
        Expected{"cdnow/donations.csv", 22, 4, true, "frequency"},
        Expected{"complete_journey/transactions_sample.csv.gz", 75000, 11, true, "household_id"},
        Expected{"complete_journey/campaigns.csv.gz", 6589, 2, true, "campaign_id"},
        Expected{"complete_journey/campaign_descriptions.csv.gz", 27, 4, true, "campaign_id"},
        Expected{"complete_journey/coupons.csv.gz", 116204, 3, true, "coupon_upc"},
        Expected{"complete_journey/coupon_redemptions.csv.gz", 2102, 4, true, "household_id"},
        Expected{"complete_journey/demographics.csv.gz", 801, 8, true, "household_id"},
        Expected{"complete_journey/products.csv.gz", 92331, 7, true, "product_id"},
        Expected{"complete_journey/promotions_sample.csv.gz", 360535, 5, true, "product_id"},
        Expected{"rfm/rfm_data_orders.csv.gz", 4906, 6, true, "customer_id"},
        Expected{"rfm/rfm_data_customer.csv.gz", 39999, 8, true, "customer_id"},
        Expected{"hillstrom/hillstrom.csv.gz", 64000, 12, true, "recency"},
        Expected{"apparel/apparelTrans.csv.gz", 3187, 3, true, "Id"},
        Expected{"apparel/apparelStaticCov.csv.gz", 600, 3, true, "Id"},
        Expected{"apparel/apparelDynCov.csv.gz", 187800, 5, true, "Id"},
        Expected{"groceries/groceries.csv.gz", 9835, 32, false, "column1"},
        Expected{"sbg/sbg_cohort_counts.csv", 14, 4, true, "cohort"},
        Expected{"starbucks/transcript.json.gz", 306534, 7, true, "person"},
        Expected{"starbucks/profile.json.gz", 17000, 5, true, "gender"},
        Expected{"starbucks/portfolio.json", 10, 6, true, "reward"},
        Expected{"open_bandit/random_men_men.csv.gz", 10000, 44, true, "column1"}),
    [](const auto& about) {
      std::string name;
      for (const char c : std::string(about.param.path)) {
        name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
      }
      return name;
    });

}  // namespace
}  // namespace regulars::connect
