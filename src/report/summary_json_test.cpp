#include "report/summary_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/test_view.h"

namespace regulars::report {
namespace {

using Json = nlohmann::json;

TEST(SummaryJson, HoldsTheTotalsAsDecimalStrings) {
  const auto shop = make_test_shop();
  const Json json = Json::parse(summary_json(shop->view));
  EXPECT_EQ(json["schema_version"], 1);
  EXPECT_EQ(json["as_of"], "2011-12-09T23:59:59.999999Z");
  EXPECT_EQ(json["from"], "2010-12-01");
  EXPECT_EQ(json["customers_seen"], 4372);
  EXPECT_EQ(json["customers"], 4338);
  EXPECT_EQ(json["customers_without_purchase"], 34);
  EXPECT_EQ(json["orders"], 18532);
  EXPECT_EQ(json["gross_revenue"], "8911407.90");
  EXPECT_EQ(json["refunds"], "611342.09");
  EXPECT_EQ(json["net_revenue"], "8300065.81");
  EXPECT_EQ(json["currency"], nullptr);
}

TEST(SummaryJson, RowsAddUp) {
  const auto shop = make_test_shop();
  const Json json = Json::parse(summary_json(shop->view));
  const Json& rows = json["rows"];
  int64_t sum = 0;
  for (const char* part : {"used", "refunds", "zero", "unattributed", "rejected", "duplicates",
                           "not_sales", "excluded", "other_events"}) {
    sum += rows.at(part).get<int64_t>();
  }
  EXPECT_EQ(rows["read"], sum);
  EXPECT_EQ(rows["ties_out"], true);
}

TEST(SummaryJson, SegmentationsWithTheirSelfTest) {
  const auto shop = make_test_shop();
  const Json json = Json::parse(summary_json(shop->view));
  const Json& cycle = json["segmentations"][0];
  EXPECT_EQ(cycle["name"], "life_cycle");
  EXPECT_EQ(cycle["classes"].size(), 7U);
  const Json& active = cycle["classes"][2];
  EXPECT_EQ(active["name"], "active");
  EXPECT_EQ(active["net_revenue"], "6445052.00");
  EXPECT_DOUBLE_EQ(active["self_test"]["share"].get<double>(), .79);
  EXPECT_EQ(cycle["self_test"]["day"], "2011-09-10");
  EXPECT_EQ(json["segmentations"][1]["name"], "rfm_class");
  EXPECT_EQ(json["segmentations"][2]["classes"][0]["self_test"], nullptr);
}

TEST(SummaryJson, NothingToTestIsSaid) {
  const auto shop = make_young_shop();
  const Json json = Json::parse(summary_json(shop->view));
  const Json& cycle = json["segmentations"][0];
  EXPECT_EQ(cycle["self_test"]["possible"], false);
  EXPECT_EQ(cycle["self_test"]["why_not"], "only 14 days of data");
  EXPECT_EQ(cycle["classes"][1]["self_test"], nullptr);
  EXPECT_EQ(json["ladder"]["second_order_days"]["q50"], nullptr);
  EXPECT_EQ(json["cuts"]["life_cycle"]["assumed"], "fashion");
}

TEST(SummaryJson, BrokenTextDoesNotBreakIt) {
  const auto shop = make_test_shop();
  shop->view.intake.columns[0].column = "Kund\xe4";
  EXPECT_TRUE(Json::accept(summary_json(shop->view)));
}

TEST(SummaryJson, NamesNoCustomer) {
  const auto shop = make_test_shop();
  shop->view.notices.clear();
  const std::string json = summary_json(shop->view);
  EXPECT_EQ(json.find("16029"), std::string::npos);
  EXPECT_EQ(json.find("anna@example.org"), std::string::npos);
}

}  // namespace
}  // namespace regulars::report
