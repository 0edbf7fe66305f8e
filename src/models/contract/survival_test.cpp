// Kaplan-Meier and log-rank.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "models/contract/kaplan_meier.h"
#include "models/contract/leukaemia.h"
#include "models/contract/log_rank.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

struct Telco {
  std::vector<double> time;
  std::vector<uint8_t> ended;
  std::vector<uint32_t> contract;
};
std::optional<Telco> telco() {
  const auto rows = public_table("telco_churn/Telco-Customer-Churn.csv.gz", ',');
  if (!rows) return std::nullopt;
  const auto column = [&](const std::string& name) {
    return static_cast<size_t>(std::ranges::find(rows->front(), name) - rows->front().begin());
  };
  const size_t contract = column("Contract");
  Telco telco;
  for (size_t i = 1; i < rows->size(); ++i) {
    const std::vector<std::string>& row = (*rows)[i];
    telco.time.push_back(std::stod(row[column("tenure")]));
    telco.ended.push_back(row[column("Churn")] == "Yes" ? 1 : 0);
    telco.contract.push_back(row[contract] == "One year" ? 1 : row[contract] == "Two year" ? 2 : 0);
  }
  return telco;
}

// Published to six digits; more of them, and the intervals, from lifelines 0.30.3.
TEST(KaplanMeier, TelcoAsPublished) {
  const auto data = telco();
  REGULARS_NEEDS(data);
  const KaplanMeier curve = kaplan_meier({data->time, data->ended}).value();
  EXPECT_EQ(curve.customers, 7043U);
  EXPECT_EQ(curve.ended, 1869U);
  EXPECT_NEAR(curve.at(12).survival, 0.8431995538158302, 1e-12);
  EXPECT_NEAR(curve.at(24.9).survival, 0.7887363983705965, 1e-12);
  EXPECT_NEAR(curve.at(72).survival, 0.5927901520522275, 1e-12);
  EXPECT_NEAR(curve.at(12).low, 0.834168685811462, 1e-12);
  EXPECT_NEAR(curve.at(12).high, 0.851783320693123, 1e-12);
  EXPECT_NEAR(curve.at(72).low, 0.573062891004292, 1e-12);
  EXPECT_NEAR(curve.at(72).high, 0.611936209192662, 1e-12);
  EXPECT_NEAR(curve.restricted_mean(60).value().time, 46.81735187333171, 1e-10);
  EXPECT_FALSE(curve.median().time);
}

TEST(KaplanMeier, LeukaemiaByHand) {
  const Leukaemia data;
  const KaplanMeier curve = kaplan_meier(data.treated()).value();
  const SurvivalStep six = curve.at(6);
  EXPECT_EQ(six.at_risk, 21U);
  EXPECT_EQ(six.ended, 3U);
  EXPECT_EQ(six.censored, 1U);
  EXPECT_NEAR(six.survival, 18.0 / 21, 1e-15);
  EXPECT_NEAR(six.standard_error, 18.0 / 21 * std::sqrt(3 / (21.0 * 18)), 1e-15);
  EXPECT_NEAR(six.plain_high, std::min(1.0, 18.0 / 21 + 1.959963984540054 * six.standard_error),
              1e-14);
  EXPECT_NEAR(curve.at(23).survival, 0.448179271708683, 1e-14);
  EXPECT_NEAR(curve.at(35).low, 0.188052005959232, 1e-13);
  EXPECT_NEAR(curve.at(35).high, 0.680142628495241, 1e-13);
  EXPECT_EQ(curve.at(5.99).survival, 1);
  EXPECT_EQ(curve.at(0).low, 1);
  EXPECT_EQ(curve.median().time, 23);
  EXPECT_EQ(curve.median().low, 13);
  EXPECT_FALSE(curve.median().high);
}

// Without censoring the restricted mean is the mean of the times cut at the end, and its variance
// the sample variance over n; survival's variance is the binomial's.
TEST(KaplanMeier, WithoutCensoringItIsTheShareLeft) {
  const std::vector<double> time = {1, 2, 2, 5, 9, 9, 12, 20};
  const std::vector<uint8_t> ended(8, 1);
  const KaplanMeier curve = kaplan_meier({time, ended}).value();
  EXPECT_NEAR(curve.at(5).survival, 0.5, 1e-15);
  EXPECT_NEAR(curve.at(5).standard_error, std::sqrt(0.25 / 8), 1e-15);
  EXPECT_EQ(curve.median().time, 5);
  const auto mean = curve.restricted_mean(10).value();
  EXPECT_NEAR(mean.time, (1 + 2 + 2 + 5 + 9 + 9 + 10 + 10) / 8.0, 1e-12);
  double squares = 0;
  for (const double t : time) squares += std::pow(std::min(t, 10.0) - mean.time, 2);
  EXPECT_NEAR(mean.standard_error, std::sqrt(squares) / 8, 1e-12);
  EXPECT_EQ(curve.at(20).survival, 0);
  EXPECT_TRUE(std::isnan(curve.at(20).low));
  EXPECT_NEAR(curve.restricted_mean(20).value().time, 60.0 / 8, 1e-12);
}

TEST(KaplanMeier, EdgesAndErrors) {
  const std::vector<double> one = {0};
  const std::vector<uint8_t> yes = {1};
  const std::vector<uint8_t> no = {0};
  EXPECT_EQ(kaplan_meier({one, yes}).value().at(0).survival, 0);
  EXPECT_EQ(kaplan_meier({one, no}).value().at(0).survival, 1);
  EXPECT_EQ(kaplan_meier({one, yes}).value().restricted_mean(0).value().time, 0);
  EXPECT_FALSE(kaplan_meier({one, yes}).value().restricted_mean(1));
  EXPECT_FALSE(kaplan_meier({}));
  EXPECT_FALSE(kaplan_meier({one, {}}));
  EXPECT_EQ(kaplan_meier({one, yes}, 1).error().code(), ErrorCode::kUsage);
  for (const double wrong : {-1.0, std::nan(""), HUGE_VAL}) {
    const std::vector<double> time = {1, wrong};
    const std::vector<uint8_t> ended = {1, 1};
    EXPECT_NE(kaplan_meier({time, ended}).error().message().find("customer 1"), std::string::npos);
  }
  const std::vector<double> million(1000000, 3);
  const std::vector<uint8_t> half_ended = [] {
    std::vector<uint8_t> v(1000000, 0);
    std::fill(v.begin(), v.begin() + 500000, uint8_t{1});
    return v;
  }();
  EXPECT_EQ(kaplan_meier({million, half_ended}).value().median().time, 3);
}

// The share of simulated lives that the interval's bounds hold.
TEST(KaplanMeier, IntervalsHoldWhatTheySay) {
  Random random(11);
  int held = 0;
  const int shops = 2000;
  for (int shop = 0; shop < shops; ++shop) {
    std::vector<double> time;
    std::vector<uint8_t> ended;
    for (int i = 0; i < 100; ++i) {
      const double life = random.exponential(0.5);
      const double watched = 4 * random.uniform();
      time.push_back(std::min(life, watched));
      ended.push_back(life <= watched ? 1 : 0);
    }
    const SurvivalStep step = kaplan_meier({time, ended}).value().at(1.5);
    held += step.low <= std::exp(-0.75) && std::exp(-0.75) <= step.high ? 1 : 0;
  }
  EXPECT_NEAR(held / static_cast<double>(shops), 0.95, 0.015);
}

TEST(LogRank, TelcoContractsAsPublished) {
  const auto data = telco();
  REGULARS_NEEDS(data);
  const LogRank test = log_rank({data->time, data->ended}, data->contract, 3).value();
  EXPECT_EQ(test.degrees, 2);
  EXPECT_NEAR(test.statistic, 2352.8725382593416, 1e-8);
  EXPECT_EQ(test.p_value, 0);
  EXPECT_EQ(test.observed[0] + test.observed[1] + test.observed[2], 1869);
  EXPECT_NEAR(test.expected[0] + test.expected[1] + test.expected[2], 1869, 1e-8);
}

TEST(LogRank, LeukaemiaAsPublished) {
  const Leukaemia data;
  std::vector<uint32_t> group(42, 1);
  std::fill(group.begin(), group.begin() + 21, 0U);
  const LogRank test = log_rank(data.all(), group, 2).value();
  EXPECT_NEAR(test.statistic, 16.792940989216547, 1e-12);
  EXPECT_NEAR(test.expected[0], 19.25, 0.005);  // Lawless 2003, table 8.3
  EXPECT_EQ(test.observed[0], 9);
}

TEST(LogRank, GroupsOfOneKindDifferAsOftenAsChance) {
  Random random(5);
  int found = 0;
  for (int shop = 0; shop < 1000; ++shop) {
    std::vector<double> time;
    std::vector<uint8_t> ended;
    std::vector<uint32_t> group;
    for (int i = 0; i < 150; ++i) {
      const double life = random.exponential(0.5);
      time.push_back(std::ceil(4 * std::min(life, 3.0)));
      ended.push_back(life < 3 ? 1 : 0);
      group.push_back(static_cast<uint32_t>(random.below(3)));
    }
    found += log_rank({time, ended}, group, 3).value().p_value < 0.05 ? 1 : 0;
  }
  EXPECT_NEAR(found / 1000.0, 0.05, 0.025);
}

TEST(LogRank, EdgesAndErrors) {
  const std::vector<double> time = {1, 2, 2, 3};
  const std::vector<uint8_t> ended = {1, 1, 0, 1};
  const std::vector<uint8_t> nobody(4, 0);
  const std::vector<uint32_t> group = {0, 1, 0, 1};
  EXPECT_TRUE(log_rank({time, ended}, group, 2));
  EXPECT_FALSE(log_rank({time, ended}, group, 1));
  EXPECT_NE(log_rank({time, ended}, group, 3).error().message().find("group 2 has no"),
            std::string::npos);
  EXPECT_FALSE(log_rank({time, nobody}, group, 2));
  EXPECT_FALSE(log_rank({time, ended}, std::span(group).first(3), 2));
  EXPECT_FALSE(log_rank({time, ended}, std::vector<uint32_t>{0, 1, 5, 1}, 2));
  // All leave at once: no group can be told from another.
  const std::vector<double> same(4, 7);
  const std::vector<uint8_t> all(4, 1);
  EXPECT_EQ(log_rank({same, all}, group, 2).value().p_value, 1);
}

}  // namespace
}  // namespace regulars::models
