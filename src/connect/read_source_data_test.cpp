// Declared sources over public data sets (the folder that REGULARS_DATA names).
#include <gtest/gtest.h>

#include <cstdlib>

#include "connect/source_testing.h"

namespace regulars::connect {
namespace {

class SourceDataTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("REGULARS_DATA");
    if (folder == nullptr) GTEST_SKIP() << "REGULARS_DATA names no folder of public data";
    folder_ = folder;
  }
  Result<SourceContents> read(const std::string& name, const SourceDeclaration& declaration,
                              const ProjectFacts& facts) {
    REGULARS_ASSIGN(auto rows, open_rows(folder_ + "/" + name, real_files(), {}));
    return read_source(*rows, declaration, facts, {});
  }
  static const EventBatch* batch(const SourceContents& contents, const std::string& type) {
    for (const EventBatch& batch : contents.events) {
      if (batch.type == type) return &batch;
    }
    return nullptr;
  }
  std::string folder_;
};

TEST_F(SourceDataTest, StarbucksTranscript) {
  ProjectFacts facts;
  facts.tables = {{.name = "offer", .key = "id", .fields = {}, .valid_from = {}}};
  SourceDeclaration declaration = events_source();
  declaration.type_column = "event";
  declaration.types = {{"offer received", "offer_received"},
                       {"offer viewed", "offer_viewed"},
                       {"offer completed", "offer_completed"},
                       {"transaction", "purchase"}};
  declaration.time_format = "hours";
  const auto contents = read("starbucks/transcript.json.gz", declaration, facts);
  ASSERT_TRUE(contents) << contents.error().to_string();
  EXPECT_EQ(batch(*contents, "offer_received")->size(), 76'277u);
  EXPECT_EQ(batch(*contents, "offer_viewed")->size(), 57'725u);
  EXPECT_EQ(batch(*contents, "purchase")->size(), 138'953u);
  const EventBatch& completed = *batch(*contents, "offer_completed");
  EXPECT_EQ(completed.size(), 33'579u);
  int64_t rewards = 0;
  for (const int64_t reward : find_column(completed.columns, "reward")->numbers) rewards += reward;
  EXPECT_EQ(rewards, 164'676);
  for (const char* type : {"offer_received", "offer_completed"}) {
    const Column* offer = find_column(batch(*contents, type)->columns, "offer");
    ASSERT_NE(offer, nullptr);
    for (size_t row = 0; row < offer->size(); ++row) ASSERT_TRUE(offer->known(row));
  }
  EXPECT_TRUE(contents->rows.ties_out());
  EXPECT_EQ(contents->rows.rejected, 0);
}

TEST_F(SourceDataTest, CompleteJourneyCoupons) {
  ProjectFacts facts;
  facts.tables = {{.name = "campaign", .key = "campaign_id", .fields = {}, .valid_from = {}},
                  {.name = "product", .key = "product_id", .fields = {}, .valid_from = {}}};
  const auto redeemed =
      read("complete_journey/coupon_redemptions.csv.gz", events_source("reward_redeemed"), facts);
  ASSERT_TRUE(redeemed) << redeemed.error().to_string();
  ASSERT_EQ(redeemed->events.size(), 1u);
  EXPECT_EQ(redeemed->events[0].size(), 2'102u);
  EXPECT_NE(find_column(redeemed->events[0].columns, "reward"), nullptr);
  EXPECT_NE(find_column(redeemed->events[0].columns, "campaign"), nullptr);

  SourceDeclaration tables;
  tables.kind = SourceDeclaration::Kind::kReference;
  tables.table = "campaign";
  const auto campaigns = read("complete_journey/campaign_descriptions.csv.gz", tables, facts);
  ASSERT_TRUE(campaigns) << campaigns.error().to_string();
  EXPECT_EQ(campaigns->table->size(), 27u);
  EXPECT_EQ(find_column(campaigns->table->columns, "start_date")->type, ValueType::kDay);
  tables.table = "product";
  const auto products = read("complete_journey/products.csv.gz", tables, facts);
  ASSERT_TRUE(products) << products.error().to_string();
  EXPECT_EQ(products->table->size(), 92'331u);
}

TEST_F(SourceDataTest, CompleteJourneyDemographics) {
  SourceDeclaration declaration;
  declaration.kind = SourceDeclaration::Kind::kCustomers;
  declaration.date = "2017-12-31";
  const auto contents = read("complete_journey/demographics.csv.gz", declaration, {});
  ASSERT_TRUE(contents) << contents.error().to_string();
  EXPECT_EQ(contents->customers.ids->size(), 801u);
  EXPECT_EQ(batch(*contents, kAttributeChanges)->size(), 801u);
  EXPECT_EQ(contents->rows.rejected, 0);
}

}  // namespace
}  // namespace regulars::connect
