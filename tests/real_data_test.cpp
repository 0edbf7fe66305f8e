// The main job on real shops' records, against published figures and figures computed from the
// same files by independent scripts. Skipped, loudly, when REGULARS_DATA names no folder.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "app/analyze.h"
#include "base/clock.h"
#include "base/files.h"

namespace regulars::app {
namespace {

class RealData : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("REGULARS_DATA");
    if (folder == nullptr || !real_files().exists(std::string(folder) + "/online_retail")) {
      GTEST_SKIP() << "REGULARS_DATA names no folder with the real data sets: NOT TESTED";
    }
    folder_ = folder;
  }

  Analysis analyze_file(const std::string& file, AnalyzeOptions options = {}) {
    options.order_files = {folder_ + "/" + file};
    const FixedClock clock(Instant{0});
    auto analysis = analyze(options, real_files(), clock, {});
    EXPECT_TRUE(analysis.ok()) << (analysis.ok() ? "" : analysis.error().to_string());
    return analysis.ok() ? std::move(*analysis) : Analysis{};
  }

  static std::map<std::string, int64_t> sizes(const std::vector<segments::ClassSize>& classes) {
    std::map<std::string, int64_t> result;
    for (const segments::ClassSize& one : classes) {
      if (one.customers > 0) result[one.name] = one.customers;
    }
    return result;
  }

  static std::map<std::string, int> percents(const segments::SelfTest& test) {
    std::map<std::string, int> result;
    for (const segments::ClassTest& one : test.classes) {
      if (one.returned.of > 0) {
        result[one.name] = static_cast<int>(100 * one.returned.value + 0.5);
      }
    }
    return result;
  }

  static std::string money(const report::AnalysisView& view, int64_t units) {
    return Decimal{units, view.scale}.to_string();
  }

  std::string folder_;
};

using Sizes = std::map<std::string, int64_t>;
using Percents = std::map<std::string, int>;

TEST_F(RealData, OnlineRetailWithNoOptions) {
  const Analysis analysis = analyze_file("online_retail/online_retail.csv.gz");
  const report::AnalysisView& view = analysis.view;
  const RowCounts& rows = view.intake.rows;
  EXPECT_EQ(rows.read, 541'909);
  EXPECT_EQ(rows.used, 397'884);
  EXPECT_EQ(rows.refunds, 8'905);
  EXPECT_EQ(rows.zero, 40);
  EXPECT_EQ(rows.unattributed, 135'080);
  EXPECT_EQ(rows.rejected, 0);
  EXPECT_EQ(view.customers_seen, 4'372);
  EXPECT_EQ(view.customers, 4'338);
  EXPECT_EQ(view.orders, 18'532);
  EXPECT_EQ(money(view, view.gross), "8911407.90");
  EXPECT_EQ(money(view, view.refunds), "611342.09");
  EXPECT_EQ(money(view, view.net), "8300065.81");
  EXPECT_EQ(view.gross_before_rounding, "8911407.904");
  EXPECT_EQ(view.intake.exact_duplicates, 5'268);
  EXPECT_EQ(to_iso(view.as_of), "2011-12-09T23:59:59.999999Z");

  // Practice E3, with refunds that name no order.
  EXPECT_EQ(sizes(view.rfm_sizes), (Sizes{{"Champions", 690},
                                          {"Loyal", 315},
                                          {"Potential loyalists", 667},
                                          {"New customers", 63},
                                          {"Promising", 167},
                                          {"Need attention", 406},
                                          {"About to sleep", 839},
                                          {"At risk", 362},
                                          {"Cannot lose", 47},
                                          {"Hibernating", 782}}));
  EXPECT_EQ(view.rfm.r_ranges[4].high, 11);
  EXPECT_EQ(view.rfm.r_ranges[3].high, 31);
  EXPECT_EQ(view.rfm.r_ranges[2].high, 70);
  EXPECT_EQ(view.rfm.r_ranges[1].high, 178);
  EXPECT_EQ(view.rfm.r_ranges[0].high, 373);
  EXPECT_EQ(view.rfm.f_ranges[4].low, 7);
  EXPECT_EQ(percents(view.rfm_test), (Percents{{"Champions", 91},
                                               {"Loyal", 81},
                                               {"Potential loyalists", 63},
                                               {"Cannot lose", 64},  // 14 of 22, counted twice
                                               {"At risk", 59},
                                               {"Need attention", 59},
                                               {"New customers", 51},
                                               {"Promising", 43},
                                               {"About to sleep", 42},
                                               {"Hibernating", 33}}));
  EXPECT_NEAR(view.rfm_test.base.value, 0.57, 0.005);

  // Practice D2 and E4.
  EXPECT_EQ(view.life_cycle.rhythm.twice_usual_gap, 105);
  EXPECT_DOUBLE_EQ(view.life_cycle.rhythm.q50, 67.5);
  EXPECT_DOUBLE_EQ(view.life_cycle.rhythm.q80, 154);
  EXPECT_EQ(sizes(view.life_cycle_sizes), (Sizes{{"prospect", 34},
                                                 {"new", 717},
                                                 {"active", 1'703},
                                                 {"won back", 337},
                                                 {"slipping", 606},
                                                 {"lapsed", 533},
                                                 {"lost", 442}}));
  EXPECT_EQ(percents(view.life_cycle_test), (Percents{{"new", 50},
                                                      {"active", 79},
                                                      {"won back", 60},
                                                      {"slipping", 55},
                                                      {"lapsed", 37},
                                                      {"lost", 33}}));
  EXPECT_EQ(view.late.size(), 511u);
  EXPECT_NEAR(view.late_came_back.value, 0.593, 0.001);
  EXPECT_EQ(view.slipping_repeat_customers, 308);
  EXPECT_EQ(view.endangered, 409);
  EXPECT_EQ(view.loyal_but_late, 18);
  EXPECT_EQ(sizes(view.tier_sizes), (Sizes{{"A", 242}, {"B", 935}, {"C", 3'161}}));
  EXPECT_EQ(view.concentration.top_1_percent, 43);
  EXPECT_EQ(view.concentration.bring_half, 242);
  EXPECT_EQ(view.concentration.bring_80, 1'177);
  EXPECT_NEAR(view.ladder.steps[0].within_90, 0.46, 0.005);
  EXPECT_NEAR(view.ladder.steps[4].within_90, 0.90, 0.005);
}

TEST_F(RealData, OnlineRetailRanksByNet) {
  const Analysis analysis = analyze_file("online_retail/online_retail.csv.gz");
  const auto undone = segments::undone_among_largest(*analysis.facts);
  ASSERT_EQ(undone.size(), 2u);
  EXPECT_EQ(analysis.history->customer_id(undone[0].customer), "16446");
  EXPECT_EQ(money(analysis.view, undone[0].net), "2.90");
  EXPECT_EQ(analysis.history->customer_id(undone[1].customer), "12346");
  EXPECT_EQ(money(analysis.view, undone[1].net), "0.00");
  // The best-selling "product" by gross was one order, cancelled twelve minutes later.
  for (const segments::ProductLine& product : analysis.view.products.by_net) {
    EXPECT_NE(product.id, "23843") << "PAPER CRAFT, LITTLE BIRDIE";
    EXPECT_NE(product.id, "POST");
  }
  EXPECT_NEAR(analysis.view.products.charge_share, 0.017, 0.004);
  // Of 8,905 cancelled lines 7,599 match an earlier line of the same customer and product.
  EXPECT_EQ(analysis.view.refund_delay.q50, 9);
  EXPECT_EQ(analysis.view.refund_delay.q80, 33);
  EXPECT_EQ(analysis.view.refund_delay.q95, 119);
}

TEST_F(RealData, CdnowMaster) {
  const Analysis analysis = analyze_file("cdnow/CDNOW_master.txt.gz");
  const report::AnalysisView& view = analysis.view;
  EXPECT_EQ(view.intake.rows.read, 69'659);
  EXPECT_EQ(view.intake.rows.zero, 80);
  EXPECT_EQ(view.intake.rows.rejected, 0);
  EXPECT_EQ(view.customers_seen, 23'570);
  EXPECT_EQ(view.customers, 23'502);
  EXPECT_EQ(view.customers_without_purchase, 68);
  EXPECT_EQ(money(view, view.gross), "2500315.63");
  EXPECT_EQ(to_iso(view.from), "1997-01-01");
  EXPECT_EQ(to_iso(view.to), "1998-06-30");
}

TEST_F(RealData, CdnowSampleWithoutHeader) {
  const Analysis analysis = analyze_file("cdnow/CDNOW_sample.txt.gz");
  EXPECT_EQ(analysis.view.intake.rows.read, 6'919);
  EXPECT_EQ(analysis.view.customers_seen, 2'357);
  EXPECT_EQ(analysis.view.intake.rows.rejected, 0);
}

// The reference R package's classes, cut points and order of rules.
constexpr const char* kReferenceRfm = R"(
match: first
else: Others
one_is_once: false
cuts:
  recency_days: [115, 181, 297.4, 482]
  orders: [4, 5, 6, 8]
  net: [255.8, 382, 506.4, 666]
classes:
  - {name: Champions, rules: [{r: 5, f: 5, m: 5}]}
  - {name: Potential Loyalist, rules: [{r: [3, 5], f: [3, 5], m: [2, 5]}]}
  - {name: Loyal, rules: [{r: [2, 4], f: [2, 4], m: [2, 4]}]}
  - {name: Promising, rules: [{r: [3, 4], f: [1, 3], m: [3, 5]}]}
  - {name: New, rules: [{r: [4, 5], f: [1, 3], m: [1, 5]}]}
  - {name: Can't Lose, rules: [{r: [1, 2], f: [3, 4], m: [4, 5]}]}
  - {name: At Risk, rules: [{r: [1, 2], f: [2, 5], m: [4, 5]}]}
  - {name: Need Attention, rules: [{r: [1, 3], f: [3, 5], m: [3, 5]}]}
  - {name: About To Sleep, rules: [{r: [2, 3], f: [1, 3], m: [1, 4]}]}
  - {name: Lost, rules: [{r: 1, f: [1, 5], m: [1, 5]}]}
)";

TEST_F(RealData, ReferenceRfmPackage) {
  const std::string file = testing::TempDir() + "/reference-rfm.yaml";
  ASSERT_TRUE(real_files().write(file, kReferenceRfm).ok());
  AnalyzeOptions options;
  options.rfm_file = file;
  options.rfm_window = "all";
  options.as_of = "2006-12-31";
  options.overrides.each_row_is_an_order = true;
  const Analysis analysis = analyze_file("rfm/rfm_data_orders.csv.gz", options);
  const report::AnalysisView& view = analysis.view;
  EXPECT_EQ(view.customers, 995);
  const std::map<std::string, std::tuple<int64_t, int64_t, int64_t>> published = {
      {"About To Sleep", {102, 283, 23449}},
      {"At Risk", {28, 216, 22227}},
      {"Can't Lose", {47, 274, 32446}},
      {"Champions", {35, 316, 31646}},
      {"Lost", {148, 393, 35324}},
      {"Loyal", {170, 799, 76562}},
      {"Need Attention", {10, 57, 4562}},
      {"New", {104, 329, 28837}},
      {"Potential Loyalist", {342, 2211, 204856}},
      {"Promising", {9, 28, 4249}}};
  size_t matched = 0;
  for (const segments::ClassSize& one : view.rfm_sizes) {
    if (one.customers == 0) continue;
    ASSERT_TRUE(published.contains(one.name)) << one.name;
    const auto [customers, orders, revenue] = published.at(one.name);
    EXPECT_EQ(one.customers, customers) << one.name;
    EXPECT_EQ(one.orders, orders) << one.name;
    EXPECT_EQ(one.net, revenue * power_of_ten(view.scale)) << one.name;
    ++matched;
  }
  EXPECT_EQ(matched, published.size());
}

TEST_F(RealData, StarbucksTransactions) {
  const Analysis analysis = analyze_file("starbucks/transcript.json.gz");
  const report::AnalysisView& view = analysis.view;
  EXPECT_EQ(view.intake.rows.read, 306'534);
  EXPECT_EQ(view.intake.rows.other_events, 306'534 - 138'953);
  EXPECT_EQ(view.intake.rows.used, 138'953);
  EXPECT_EQ(view.customers_seen, 17'000);
  EXPECT_EQ(money(view, view.gross), "1775451.97");
}

TEST_F(RealData, CompleteJourney) {
  const Analysis analysis = analyze_file("complete_journey/transactions_sample.csv.gz");
  const report::AnalysisView& view = analysis.view;
  EXPECT_EQ(view.intake.rows.read, 75'000);
  EXPECT_EQ(view.customers_seen, 2'377);
  EXPECT_EQ(view.intake.rows.rejected, 0);
  EXPECT_TRUE(view.life_cycle_test.possible);
  // Active households came back far more often than lapsed ones (practice E4).
  const auto& classes = view.life_cycle_test.classes;
  EXPECT_GT(classes[segments::kActive].returned.low, classes[segments::kLapsed].returned.high);
}

TEST_F(RealData, Apparel) {
  const Analysis analysis = analyze_file("apparel/apparelTrans.csv.gz");
  EXPECT_EQ(analysis.view.customers, 600);
  EXPECT_EQ(analysis.view.intake.rows.rejected, 0);
}

// Baskets without customer, time or money are nothing to segment: the message says what is missing.
TEST_F(RealData, GroceriesSayWhatIsMissing) {
  AnalyzeOptions options;
  options.order_files = {folder_ + "/groceries/groceries.csv.gz"};
  const FixedClock clock(Instant{0});
  const auto analysis = analyze(options, real_files(), clock, {});
  ASSERT_FALSE(analysis.ok());
  EXPECT_NE(analysis.error().to_string().find("customer"), std::string::npos);
}

}  // namespace
}  // namespace regulars::app
