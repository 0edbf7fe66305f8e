#include "app/analyze.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/clock.h"

namespace regulars::app {
namespace {

// 300 customers, each with an order every 20 days from 2020-01-01 to 2020-12-30, at 12:00, and one
// sale a day without a customer. `country` of each order is "early" up to June, then "late".
std::string shop() {
  std::string csv = "order_id,customer_id,order_time,product,country,amount\n";
  int number = 0;
  const auto row = [&](Day day, const std::string& customer) {
    const char* half = to_civil(day).month <= 6 ? "early" : "late";
    ++number;
    csv += "o" + std::to_string(number) + "," + customer + "," + to_iso(day) + " 12:00:00," + half +
           std::to_string(number % 3) + "," + half + ",10.00\n";
  };
  const Day begin = to_day({2020, 1, 1});
  for (int day = 0; day < 365; ++day) {
    for (int c = day % 20; c < 300; c += 20) row(begin + day, "c" + std::to_string(c));
    row(begin + day, "");
  }
  return csv;
}

class Analyze : public testing::Test {
 protected:
  Analysis analysed(const std::string& csv, const std::string& as_of) {
    EXPECT_TRUE(files_.write("orders.csv", csv).ok());
    options_.order_files = {"orders.csv"};
    options_.as_of = as_of;
    auto analysis = analyze(options_, files_, FixedClock(Instant{0}), {});
    EXPECT_TRUE(analysis.ok()) << (analysis.ok() ? "" : analysis.error().to_string());
    return analysis.ok() ? std::move(*analysis) : Analysis{};
  }

  static bool has_notice(const report::AnalysisView& view, const std::string& code) {
    return std::any_of(view.notices.begin(), view.notices.end(),
                       [&](const Notice& notice) { return notice.code == code; });
  }

  MemoryFiles files_;
  AnalyzeOptions options_;
};

// The same file cut off by hand is what an earlier as-of must see, in every part.
TEST_F(Analyze, NothingLaterThanTheAsOfIsSeen) {
  const std::string whole = shop();
  const std::string first_half = whole.substr(0, whole.find("2020-07-01"));
  const std::string cut = first_half.substr(0, first_half.rfind('\n') + 1);
  const Analysis early = analysed(whole, "2020-06-30");
  const Analysis alone = analysed(cut, "2020-06-30");
  const report::AnalysisView& a = early.view;
  const report::AnalysisView& b = alone.view;
  EXPECT_EQ(a.net, b.net);
  EXPECT_EQ(a.orders, b.orders);
  EXPECT_EQ(a.months.size(), b.months.size());
  EXPECT_EQ(a.months.back().orders, b.months.back().orders);
  EXPECT_EQ(a.rhythm.orders, b.rhythm.orders);
  EXPECT_EQ(a.rhythm.regularity, b.rhythm.regularity);
  EXPECT_EQ(a.places.size(), b.places.size());
  ASSERT_FALSE(a.products.by_net.empty());
  EXPECT_EQ(a.products.by_net.size(), b.products.by_net.size());
  EXPECT_EQ(a.products.by_net[0].net, b.products.by_net[0].net);
  EXPECT_EQ(a.life_cycle.segmentation.class_of, b.life_cycle.segmentation.class_of);
  EXPECT_EQ(a.rfm.segmentation.class_of, b.rfm.segmentation.class_of);
  ASSERT_EQ(a.cohorts.cohorts.size(), b.cohorts.cohorts.size());
  EXPECT_EQ(a.cohorts.cohorts[0].retained, b.cohorts.cohorts[0].retained);
  for (size_t i = 0; i + 1 < a.headlines.size(); ++i) {
    EXPECT_EQ(a.headlines[i].now, b.headlines[i].now) << a.headlines[i].name;
    EXPECT_EQ(a.headlines[i].before, b.headlines[i].before) << a.headlines[i].name;
  }
  EXPECT_TRUE(has_notice(a, "after_as_of"));
  EXPECT_FALSE(has_notice(b, "after_as_of"));
}

// Sales without a customer are counted for the file as a whole, so their share is of the file.
TEST_F(Analyze, IdentifiedShareIsOfTheWholeFile) {
  const std::string csv = shop();
  const Analysis whole = analysed(csv, "");
  const Analysis early = analysed(csv, "2020-03-31");
  EXPECT_NEAR(*whole.view.headlines.back().now, 15.0 / 16, 0.001);
  EXPECT_EQ(early.view.headlines.back().now, whole.view.headlines.back().now);
}

TEST_F(Analyze, SelfTestUsesTheLastDaysOfTheDataWhenTheAsOfLiesLater) {
  const Analysis analysis = analysed(shop(), "2023-12-31");
  ASSERT_TRUE(analysis.view.life_cycle_test.possible);
  EXPECT_EQ(to_iso(analysis.view.life_cycle_test.then), "2020-10-01T23:59:59.999999Z");
  EXPECT_EQ(analysis.view.life_cycle_test.base.value, 1.0);
}

TEST_F(Analyze, OtherFilesInTheOutputDirectoryStay) {
  Analysis analysis = analysed(shop(), "");
  analysis.view.out_directory = "out";
  ASSERT_TRUE(files_.write("out/lists/friends.csv", "a\n").ok());
  ASSERT_TRUE(files_.write("out/lists/second-order.csv", "an earlier run's\n").ok());
  ASSERT_TRUE(write_outputs(analysis, options_, files_).ok());
  EXPECT_TRUE(files_.exists("out/lists/friends.csv"));
  EXPECT_FALSE(files_.exists("out/lists/second-order.csv"));
  EXPECT_TRUE(files_.exists("out/summary.json"));
  files_.fail_writes = true;
  EXPECT_FALSE(write_outputs(analysis, options_, files_).ok());
  EXPECT_FALSE(files_.exists("out/summary.json"));
}

TEST_F(Analyze, AFileOfAnotherKindIsNoDatabase) {
  ASSERT_TRUE(files_.write("orders.csv", shop()).ok());
  options_.order_files = {"orders.csv"};
  options_.database = "orders.csv";
  const auto analysis = analyze(options_, files_, FixedClock(Instant{0}), {});
  ASSERT_FALSE(analysis.ok());
  EXPECT_EQ(analysis.error().code(), ErrorCode::kUsage);
}

}  // namespace
}  // namespace regulars::app
