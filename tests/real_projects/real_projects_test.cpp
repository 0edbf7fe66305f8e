// Projects on real shops' records, run as a user runs them. The sizes were computed from the same
// files by scripts that share nothing with the program. Skipped, loudly, without REGULARS_DATA.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "run_program.h"

namespace regulars::cli_tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Sizes = std::map<std::string, int64_t>;

class RealProjects : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("REGULARS_DATA");
    if (folder == nullptr || !fs::exists(std::string(folder) + "/online_retail")) {
      GTEST_SKIP() << "REGULARS_DATA names no folder with the real data sets: NOT TESTED";
    }
    data_ = folder;
  }

  // The files stand in the project's folder: links that lead out of it are refused.
  std::string project(const fs::path& definitions, const std::string& data_set) {
    const fs::path made = folder_ / definitions.filename().string();
    fs::copy(definitions, made, fs::copy_options::recursive);
    fs::create_directory(made / "data");
    for (const auto& file : fs::directory_iterator(data_ + "/" + data_set)) {
      fs::copy_file(file.path(), made / "data" / file.path().filename());
    }
    return made.string();
  }

  static fs::path source(const std::string& path) { return fs::path(REGULARS_SOURCE_DIR) / path; }

  // Runs the project and returns the size of each segment.
  static Sizes sizes_after_run(const std::string& project, const std::string& as_of) {
    const Ran ran = run({"regulars", "run", project, "--as-of", as_of});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    const Ran listed = run({"regulars", "segment", "list", project, "--as-of", as_of, "--json"});
    EXPECT_EQ(listed.exit_code, 0) << listed.err;
    Sizes sizes;
    const Json told = Json::parse(listed.out);
    for (const Json& one : told.at("segments")) {
      sizes[one.at("segment")] = one.at("customers");
    }
    return sizes;
  }

  static Sizes classes(const std::string& project, const std::string& word,
                       const std::string& as_of) {
    const Ran asked = run({"regulars", "eval", project, word, "--as-of", as_of});
    EXPECT_EQ(asked.exit_code, 0) << asked.err;
    Sizes sizes;
    std::istringstream lines(asked.out);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) ++sizes[line.substr(line.find(',') + 1)];
    return sizes;
  }

  TemporaryFolder folder_;
  std::string data_;
};

TEST_F(RealProjects, ReferenceRfmAsRulesAndAsWords) {
  const std::string rfm = project(source("examples/rfm"), "online_retail");
  fs::rename(rfm + "/data/online_retail.csv.gz", rfm + "/data/orders.csv");
  EXPECT_EQ(sizes_after_run(rfm, "2011-12-09"), (Sizes{{"champions", 690},
                                                       {"loyal", 315},
                                                       {"potential_loyalists", 667},
                                                       {"new_customers", 63},
                                                       {"promising", 167},
                                                       {"need_attention", 406},
                                                       {"about_to_sleep", 839},
                                                       {"at_risk", 362},
                                                       {"cannot_lose", 47},
                                                       {"hibernating", 782}}));
  EXPECT_EQ(classes(rfm, "rfm_class", "2011-12-09"), (Sizes{{"Champions", 690},
                                                            {"Loyal", 315},
                                                            {"Potential loyalists", 667},
                                                            {"New customers", 63},
                                                            {"Promising", 167},
                                                            {"Need attention", 406},
                                                            {"About to sleep", 839},
                                                            {"At risk", 362},
                                                            {"Cannot lose", 47},
                                                            {"Hibernating", 782},
                                                            {"", 34}}));
  EXPECT_EQ(classes(rfm, "life_cycle", "2011-12-09"), (Sizes{{"new", 717},
                                                             {"active", 1703},
                                                             {"won back", 337},
                                                             {"slipping", 606},
                                                             {"lapsed", 533},
                                                             {"lost", 442},
                                                             {"prospect", 34}}));
}

TEST_F(RealProjects, OnlineRetail) {
  const Sizes sizes = sizes_after_run(
      project(source("tests/real_projects/online_retail"), "online_retail"), "2011-12-09");
  EXPECT_EQ(sizes.at("second_order_due"), 416);
  EXPECT_EQ(sizes.at("one_and_done"), 693);
  EXPECT_EQ(sizes.at("erratic_buyers"), 58) << "standard deviation of a sample";
  EXPECT_EQ(sizes.at("holiday_only"), 156);
  EXPECT_EQ(sizes.at("trade_customers"), 348);
  EXPECT_EQ(sizes.at("heavy_returners"), 34);
  EXPECT_EQ(sizes.at("one_product_many_times"), 86);
  EXPECT_EQ(sizes.at("abroad"), 418);
  EXPECT_EQ(sizes.at("came_back_within_30_days"), 956) << "957 if summer time were forgotten";
  EXPECT_EQ(sizes.at("autumn_large_orders"), 45);
}

TEST_F(RealProjects, CompleteJourney) {
  const Sizes sizes = sizes_after_run(
      project(source("tests/real_projects/complete_journey"), "complete_journey"), "2018-01-01");
  EXPECT_EQ(sizes, (Sizes{{"second_order_due", 16},
                          {"one_and_done", 64},
                          {"price_sensitive", 306},
                          {"full_price_loyal", 40},
                          {"families", 290},
                          {"coupon_people", 150},
                          {"redeemed_type_a", 214},
                          {"redeemed_late", 173},
                          {"young_and_married", 61},
                          {"own_brand", 155},
                          {"redeems_without_shopping", 3}}));
}

TEST_F(RealProjects, RewardsApp) {
  EXPECT_EQ(
      sizes_after_run(project(source("tests/real_projects/starbucks"), "starbucks"), "2000-01-30"),
      (Sizes{{"second_order_due", 214},
             {"left_unseen", 16041},
             {"viewed_then_completed_it", 5776},
             {"viewed_and_silent", 430},
             {"bogo_fans", 1540},
             {"discount_fans", 1879},
             {"received_but_never_completed", 1914},
             {"reward_rich", 1494},
             {"viewed_then_bought_within_a_day", 11494},
             {"older_women_who_spend", 579},
             {"age_not_told", 2175},
             {"quick_viewers", 4708}}));
}

}  // namespace
}  // namespace regulars::cli_tests
