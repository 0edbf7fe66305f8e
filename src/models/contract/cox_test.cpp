#include "models/contract/cox.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "models/contract/cox_checks.h"
#include "models/contract/leukaemia.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

// Rows of customers that keep themselves.
struct Rows {
  std::vector<double> time;
  std::vector<uint8_t> ended;
  std::vector<double> z;
  std::vector<std::string> names;

  CoxData data() const { return {{time, ended}, z, names}; }
};

Rows leukaemia() {
  const Leukaemia trial;
  Rows rows{trial.time, trial.ended, std::vector<double>(42, 0), {"placebo"}};
  std::fill(rows.z.begin() + 21, rows.z.end(), 1.0);
  return rows;
}

std::optional<Rows> telco() {
  const auto table = public_table("telco_churn/Telco-Customer-Churn.csv.gz", ',');
  if (!table) return std::nullopt;
  const auto& header = table->front();
  const auto column = [&](const char* name) {
    return static_cast<size_t>(std::ranges::find(header, name) - header.begin());
  };
  const size_t contract = column("Contract");
  Rows rows{{}, {}, {}, {"monthly", "senior", "one", "two", "partner"}};
  for (size_t i = 1; i < table->size(); ++i) {
    const std::vector<std::string>& row = (*table)[i];
    rows.time.push_back(std::stod(row[column("tenure")]));
    rows.ended.push_back(row[column("Churn")] == "Yes" ? 1 : 0);
    for (const double z :
         {std::stod(row[column("MonthlyCharges")]), std::stod(row[column("SeniorCitizen")]),
          row[contract] == "One year" ? 1.0 : 0.0, row[contract] == "Two year" ? 1.0 : 0.0,
          row[column("Partner")] == "Yes" ? 1.0 : 0.0})
      rows.z.push_back(z);
  }
  return rows;
}

// Lives of a constant chance of leaving times exp(effects' z), watched for at most 3.
Rows simulate(const std::vector<double>& effects, size_t customers, uint64_t seed) {
  Random random(seed);
  Rows rows;
  for (size_t k = 0; k < effects.size(); ++k) rows.names.push_back("z" + std::to_string(k));
  for (size_t i = 0; i < customers; ++i) {
    double log_risk = -1;
    for (const double effect : effects) {
      rows.z.push_back(random.normal());
      log_risk += effect * rows.z.back();
    }
    const double life = random.exponential(std::exp(log_risk));
    rows.time.push_back(std::min(life, 3.0));
    rows.ended.push_back(life < 3 ? 1 : 0);
  }
  return rows;
}

void expect_near(const CoxFit& fit, const std::vector<double>& effects,
                 const std::vector<double>& errors, double tolerance) {
  ASSERT_EQ(fit.fitted.parameters.size(), effects.size());
  for (size_t i = 0; i < effects.size(); ++i) {
    EXPECT_NEAR(fit.fitted.parameters[i].value, effects[i], tolerance) << i;
    EXPECT_NEAR(fit.fitted.parameters[i].standard_error, errors[i], tolerance) << i;
  }
}

// Efron from lifelines 0.30.3, Breslow from statsmodels 0.15.0.
TEST(Cox, LeukaemiaAsPublished) {
  const Rows rows = leukaemia();
  const CoxFit efron = fit_cox(rows.data()).value();
  EXPECT_TRUE(efron.fitted.converged);
  EXPECT_TRUE(efron.fitted.warnings.empty());
  EXPECT_EQ(efron.ended, 30U);
  expect_near(efron, {1.572125148829053}, {0.412396717709454}, 1e-10);
  EXPECT_NEAR(efron.fitted.log_likelihood, -85.00842457737164, 1e-10);
  EXPECT_NEAR(efron.likelihood_ratio.statistic, 16.35169083895221, 1e-9);
  EXPECT_NEAR(efron.wald.statistic, std::pow(1.572125148829053 / 0.412396717709454, 2), 1e-8);
  const CoxFit breslow = fit_cox(rows.data(), Ties::kBreslow).value();
  expect_near(breslow, {1.509191412585878}, {0.409564406366741}, 1e-10);
  EXPECT_NEAR(breslow.fitted.log_likelihood, -86.37962207114555, 1e-10);
  const double none = 0;
  EXPECT_NEAR(cox_survival(breslow, std::span(&none, 1), 22.9), std::exp(-0.588775978514357),
              1e-12);
}

// Without ties the score test of a group is the log-rank test; here with few of them.
TEST(Cox, TheScoreTestIsTheLogRankTest) {
  Rows rows = leukaemia();
  Random random(1);
  for (double& time : rows.time) time += 1e-6 * random.uniform();
  const CoxFit fit = fit_cox(rows.data()).value();
  // The log-rank statistic of the same times by its definition.
  double difference = 0;
  double variance = 0;
  for (size_t i = 0; i < 42; ++i) {
    if (rows.ended[i] == 0) continue;
    double at_risk = 0;
    double placebo = 0;
    for (size_t j = 0; j < 42; ++j) {
      if (rows.time[j] < rows.time[i]) continue;
      ++at_risk;
      placebo += rows.z[j];
    }
    const double share = placebo / at_risk;
    difference += rows.z[i] - share;
    variance += share * (1 - share);
  }
  EXPECT_NEAR(fit.score.statistic, difference * difference / variance, 1e-9);
  EXPECT_EQ(fit.score.degrees, 1);
}

// lifelines 0.30.3 (Efron) and statsmodels 0.15.0 (Breslow), on all 7,043 customers.
TEST(Cox, TelcoAsOthersFitIt) {
  const auto rows = telco();
  REGULARS_NEEDS(rows);
  const CoxFit efron = fit_cox(rows->data()).value();
  expect_near(efron,
              {1.115859539655131e-03, 4.654783285806930e-02, -2.131073860949754, -4.107948313256119,
               -6.281321789300334e-01},
              {0.000924983332623, 0.054892606878684, 0.08421469895884, 0.158514839440153,
               0.049902684083495},
              1e-8);
  EXPECT_NEAR(efron.fitted.log_likelihood, -14260.823730921058, 1e-7);
  EXPECT_NEAR(efron.likelihood_ratio.statistic, 2784.4318083808575, 1e-6);
  EXPECT_EQ(efron.likelihood_ratio.degrees, 5);
  const CoxFit breslow = fit_cox(rows->data(), Ties::kBreslow).value();
  expect_near(breslow,
              {1.213122987086720e-03, 4.525017408999741e-02, -2.116817985228967, -4.087063161062127,
               -6.178380668819562e-01},
              {0.000926985966035, 0.054873577869522, 0.084240564553006, 0.158322004665376,
               0.049957107932977},
              1e-8);
  EXPECT_NEAR(breslow.fitted.log_likelihood, -14297.12737498746, 1e-7);
  const Concordance ranked =
      concordance(rows->data().lifetimes, cox_risks(efron, rows->data())).value();
  EXPECT_NEAR(ranked.index, 0.8046626701586098, 1e-9);
}

TEST(Cox, ProportionalHazardsOfTelcoAsOthersTestThem) {
  const auto rows = telco();
  REGULARS_NEEDS(rows);
  const CoxFit fit = fit_cox(rows->data()).value();
  const auto expect = [&](TimeScale scale, const std::vector<double>& statistics) {
    const auto test = test_proportional_hazards(fit, rows->data(), scale).value();
    for (size_t i = 0; i < statistics.size(); ++i)
      EXPECT_NEAR(test.covariates[i].statistic, statistics[i], 1e-5);
    EXPECT_EQ(test.words.size(), 4U);
    EXPECT_LT(test.all.p_value, 1e-20);
  };
  expect(TimeScale::kIdentity,
         {51.639878302309, .357885839769, 120.122924555288, 51.823526010608, 10.411140468400});
}

// From the residuals of lifelines 0.30.3 and the published formula.
TEST(Cox, ProportionalHazardsOfLeukaemia) {
  const Rows rows = leukaemia();
  const CoxFit fit = fit_cox(rows.data()).value();
  const auto statistic = [&](TimeScale scale) {
    const auto test = test_proportional_hazards(fit, rows.data(), scale).value();
    EXPECT_NEAR(test.all.statistic, test.covariates[0].statistic, 1e-12);
    EXPECT_TRUE(test.words.empty());
    return test.covariates[0].statistic;
  };
  EXPECT_NEAR(statistic(TimeScale::kIdentity), 0.0002052857041683352, 1e-9);
  EXPECT_NEAR(statistic(TimeScale::kLog), 0.23151348532752256, 1e-9);
  EXPECT_NEAR(statistic(TimeScale::kRank), 0.025836014568249358, 1e-9);
  EXPECT_NEAR(statistic(TimeScale::kKaplanMeier), 0.022859215522376984, 1e-9);
}

TEST(Cox, AnEffectThatChangesWithTimeIsFoundAndOneThatDoesNotIsNot) {
  Random random(9);
  Rows rows;
  rows.names = {"early", "always"};
  for (int i = 0; i < 3000; ++i) {
    const double early = random.chance(0.5) ? 1 : 0;
    const double always = random.normal();
    const double base = std::exp(0.4 * always);
    double life = random.exponential(base * std::exp(1.5 * early));
    if (life > 0.4) life = 0.4 + random.exponential(base);
    rows.time.push_back(life);
    rows.ended.push_back(1);
    rows.z.insert(rows.z.end(), {early, always});
  }
  const CoxFit fit = fit_cox(rows.data()).value();
  const auto test = test_proportional_hazards(fit, rows.data()).value();
  EXPECT_LT(test.covariates[0].p_value, 1e-6);
  EXPECT_GT(test.covariates[1].p_value, 0.01);
  ASSERT_EQ(test.words.size(), 1U);
  EXPECT_NE(test.words[0].find("the effect of early falls"), std::string::npos);
}

TEST(Cox, FindsTheTruthWithHonestErrors) {
  const std::vector<double> truth = {0.5, -0.3};
  int held = 0;
  const int shops = 1000;
  for (int shop = 0; shop < shops; ++shop) {
    const CoxFit fit =
        fit_cox(simulate(truth, 150, 100U + static_cast<uint64_t>(shop)).data()).value();
    for (size_t i = 0; i < 2; ++i)
      held += std::abs(fit.fitted.parameters[i].value - truth[i]) <
                      1.96 * fit.fitted.parameters[i].standard_error
                  ? 1
                  : 0;
  }
  EXPECT_NEAR(held / (2.0 * shops), 0.95, 0.015);
}

TEST(Cox, UnitsAndOriginsOfCovariatesDoNotMatter) {
  Rows rows = simulate({0.5, -0.3}, 400, 3);
  const CoxFit fit = fit_cox(rows.data()).value();
  for (size_t i = 0; i < rows.z.size(); i += 2) rows.z[i] = 1e6 * rows.z[i] + 4e7;
  const CoxFit other = fit_cox(rows.data()).value();
  EXPECT_NEAR(other.fitted.parameters[0].value * 1e6, fit.fitted.parameters[0].value, 1e-6);
  EXPECT_NEAR(other.fitted.log_likelihood, fit.fitted.log_likelihood, 1e-6);
  EXPECT_NEAR(other.fitted.parameters[1].standard_error, fit.fitted.parameters[1].standard_error,
              1e-8);
}

// Expected numbers who left, at the fitted hazard, sum to those who did (Breslow).
TEST(Cox, BaselineAccountsForAllWhoLeft) {
  const Rows rows = simulate({0.5, -0.3}, 500, 4);
  const CoxFit fit = fit_cox(rows.data(), Ties::kBreslow).value();
  double expected = 0;
  for (size_t i = 0; i < rows.time.size(); ++i)
    expected -= std::log(cox_survival(fit, rows.data().z(i), rows.time[i]));
  EXPECT_NEAR(expected, static_cast<double>(fit.ended), 1e-8);
  EXPECT_EQ(cox_survival(fit, rows.data().z(0), -1), 1);
  // The truth: a constant chance of exp(-1) for covariates of 0.
  const std::vector<double> none = {0, 0};
  EXPECT_NEAR(cox_survival(fit, none, 2), std::exp(-2 * std::exp(-1)), 0.05);
}

TEST(Cox, ACovariateThatPartsThemAltogetherIsNamed) {
  Rows rows{{1, 2, 3, 4, 5, 6}, {1, 1, 1, 0, 0, 0}, {1, 1, 1, 0, 0, 0}, {"sign"}};
  const CoxFit fit = fit_cox(rows.data()).value();
  EXPECT_GT(fit.fitted.parameters[0].value, 0);
  EXPECT_TRUE(std::isfinite(fit.fitted.parameters[0].value));
  ASSERT_FALSE(fit.fitted.warnings.empty());
  EXPECT_NE(fit.fitted.warnings.back().find("sign parts"), std::string::npos);
}

TEST(Cox, CovariatesThatSayTheSameHaveNoErrors) {
  Rows rows = simulate({0.5, 0}, 100, 5);
  for (size_t i = 0; i < rows.z.size(); i += 2) rows.z[i + 1] = rows.z[i];
  const CoxFit fit = fit_cox(rows.data()).value();
  EXPECT_FALSE(fit.fitted.warnings.empty());
  EXPECT_TRUE(std::isfinite(fit.fitted.log_likelihood));
}

TEST(Cox, WhatCannotBeFittedIsNamed) {
  const Rows good = simulate({0.5, -0.3}, 20, 6);
  Rows rows = good;
  rows.z[7] = std::nan("");
  EXPECT_NE(fit_cox(rows.data()).error().message().find("customer 3: z1"), std::string::npos);
  rows = good;
  for (size_t i = 0; i < rows.z.size(); i += 2) rows.z[i] = 7;
  EXPECT_NE(fit_cox(rows.data()).error().message().find("z0 is the same"), std::string::npos);
  rows = good;
  std::ranges::fill(rows.ended, uint8_t{0});
  EXPECT_FALSE(fit_cox(rows.data()));
  rows = good;
  rows.z.pop_back();
  EXPECT_FALSE(fit_cox(rows.data()));
  rows = good;
  rows.time[2] = -1;
  EXPECT_FALSE(fit_cox(rows.data()));
  EXPECT_FALSE(fit_cox({}));
  const Rows one{{3}, {1}, {2}, {"z"}};
  EXPECT_FALSE(fit_cox(one.data()));
}

TEST(Cox, AllAtOnceIsFinite) {
  const Rows rows{{5, 5, 5, 5}, {1, 1, 1, 0}, {1, 2, 3, 4}, {"z"}};
  for (const Ties ties : {Ties::kEfron, Ties::kBreslow}) {
    const CoxFit fit = fit_cox(rows.data(), ties).value();
    EXPECT_TRUE(std::isfinite(fit.fitted.log_likelihood));
    EXPECT_TRUE(std::isfinite(fit.fitted.parameters[0].value));
    EXPECT_FALSE(test_proportional_hazards(fit, rows.data()));
  }
}

TEST(Concordance, ByHand) {
  // 1 left at 1, 2 left at 3, 3 censored at 3, 4 left at 4, 5 censored at 2.
  const std::vector<double> time = {1, 3, 3, 4, 2};
  const std::vector<uint8_t> ended = {1, 1, 0, 1, 0};
  const std::vector<double> risk = {5, 2, 2, 3, 9};
  // 1 against 2, 3, 4 (higher: 3) and 5 (lower); 2 against 3 (equal) and 4 (lower).
  const Concordance c = concordance({time, ended}, risk).value();
  EXPECT_EQ(c.concordant, 3U);
  EXPECT_EQ(c.discordant, 2U);
  EXPECT_EQ(c.equal, 1U);
  EXPECT_NEAR(c.index, 3.5 / 6, 1e-15);
}

TEST(Concordance, AgreesWithCountingPairs) {
  Random random(8);
  std::vector<double> time;
  std::vector<uint8_t> ended;
  std::vector<double> risk;
  for (int i = 0; i < 300; ++i) {
    time.push_back(static_cast<double>(random.below(30)));
    ended.push_back(random.chance(0.6) ? 1 : 0);
    risk.push_back(static_cast<double>(random.below(40)));
  }
  uint64_t concordant = 0;
  uint64_t equal = 0;
  uint64_t pairs = 0;
  for (size_t i = 0; i < 300; ++i)
    for (size_t j = 0; j < 300; ++j) {
      const bool sooner = time[i] < time[j] || (time[i] == time[j] && ended[j] == 0);
      if (ended[i] == 0 || i == j || !sooner) continue;
      ++pairs;
      concordant += risk[i] > risk[j] ? 1 : 0;
      equal += risk[i] == risk[j] ? 1 : 0;
    }
  const Concordance c = concordance({time, ended}, risk).value();
  EXPECT_EQ(c.concordant, concordant);
  EXPECT_EQ(c.equal, equal);
  EXPECT_EQ(c.discordant, pairs - concordant - equal);
}

TEST(Concordance, NoPairsAndWrongRisks) {
  const std::vector<double> time = {1, 2};
  const std::vector<uint8_t> nobody = {0, 0};
  EXPECT_TRUE(std::isnan(concordance({time, nobody}, std::vector<double>{1, 2}).value().index));
  EXPECT_FALSE(concordance({time, nobody}, std::vector<double>{1, NAN}));
  EXPECT_FALSE(concordance({time, nobody}, std::vector<double>{1}));
}

}  // namespace
}  // namespace regulars::models
