#include "models/clv/spend_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/random.h"
#include "models/coverage.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

constexpr uint64_t kShops = 400;
constexpr double kGate = 0.03;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// Customers of a shop with this truth; z: a covariate of 0 or 1 with the effect.
struct Simulated {
  std::vector<SpendCell> cells;
  SpendOptions options;
};
Simulated simulate(const SpendParameters& truth, double effect, size_t customers, uint64_t seed) {
  Random random(seed);
  Simulated shop;
  shop.options.covariate_names = {"plus"};
  for (size_t i = 0; i < customers; ++i) {
    const double z = random.chance(0.4) ? 1 : 0;
    const double rate = random.gamma(truth.q, truth.gamma * std::exp(effect * z));
    const auto x = static_cast<double>(1 + random.poisson(3));
    shop.cells.push_back({x, random.gamma(truth.p * x, rate * x)});
    shop.options.covariates.push_back(z);
  }
  return shop;
}

TEST(SpendModel, DerivativesAgreeWithDifferences) {
  const auto at = [](double log_p, double log_q, double log_gamma) {
    return SpendParameters{std::exp(log_p), std::exp(log_q), std::exp(log_gamma)};
  };
  const double h = 1e-5;
  for (const SpendCell& cell : {SpendCell{1, 3}, SpendCell{7, 80}, SpendCell{400, 12.5}}) {
    const std::array<double, 3> centre = {1.1, 0.4, 2.7};
    const Derivatives d = spend_log_likelihood(at(1.1, 0.4, 2.7), cell, Order::kHessian);
    for (size_t i = 0; i < 3; ++i) {
      auto up = centre;
      auto down = centre;
      up[i] += h;
      down[i] -= h;
      const Derivatives high =
          spend_log_likelihood(at(up[0], up[1], up[2]), cell, Order::kGradient);
      const Derivatives low =
          spend_log_likelihood(at(down[0], down[1], down[2]), cell, Order::kGradient);
      EXPECT_NEAR(d.gradient[i], (high.value - low.value) / (2 * h), 1e-6);
      for (size_t j = 0; j < 3; ++j)
        EXPECT_NEAR(d.at(i, j), (high.gradient[j] - low.gradient[j]) / (2 * h),
                    1e-6 * std::max(1.0, std::abs(d.at(i, j))));
    }
  }
}

TEST(SpendModel, CdnowAsWithHighPrecision) {
  const auto shop = cdnow_sample();
  REGULARS_NEEDS(shop);
  const std::vector<SpendCell> cells = repeat_spend(*shop, day_number("1997-09-30"));
  ASSERT_EQ(cells.size(), 946U);
  const Fitted fitted = fit_spend(cells, {}).value();
  EXPECT_TRUE(fitted.converged);
  EXPECT_LT(fitted.iterations, 15);
  EXPECT_NEAR(fitted.log_likelihood, -4055.917694801835, 1e-8);
  const std::array<double, 3> values = {6.2495722713211, 3.7442246671329, 15.443520962601};
  const std::array<double, 3> errors = {1.190055336, .2901330653, 4.159422752};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(fitted.parameters[i].value, values[i], 1e-6);
    EXPECT_NEAR(fitted.parameters[i].standard_error, errors[i], 1e-6);
  }
  EXPECT_TRUE(fitted.warnings.empty());
}

TEST(SpendModel, ApparelAsPublished) {
  const auto shop = apparel_shop();
  REGULARS_NEEDS(shop);
  const Fitted fitted = fit_spend(repeat_spend(*shop, day_number("2006-12-31")), {}).value();
  EXPECT_EQ(fitted.customers, 387U);
  EXPECT_NEAR(fitted.log_likelihood, -1670.66304, 1e-5);
  EXPECT_NEAR(fitted.find("p")->value, 3.099033, 1e-3);
  EXPECT_NEAR(fitted.find("q")->value, 5.653673, 2e-3);
  EXPECT_NEAR(fitted.find("gamma")->value, 56.504084, 4e-2);
}

// Fader and Hardie, note 025: the first ten customers of CDNOW.
TEST(SpendModel, ConditionalMeansAsPublished) {
  const auto table = public_table("cdnow/cdnow_customers_summary_with_transactions.csv", ',');
  REGULARS_NEEDS(table);
  const SpendParameters fitted{6.2495722713211, 3.7442246671329, 15.443520962601};
  const std::array<double, 10> published = {24.65, 18.91, 35.17, 35.17, 35.17,
                                            71.46, 18.91, 35.17, 27.28, 35.17};
  for (size_t i = 0; i < published.size(); ++i) {
    const std::vector<std::string>& row = (*table)[i + 1];
    const SpendCell cell{std::stod(row[1]), std::stod(row[4])};
    EXPECT_NEAR(expected_spend(fitted, cell).value(), published[i], 0.01) << i;
  }
}

TEST(SpendModel, TheCurrencyDoesNotMatter) {
  Simulated shop = simulate({6, 3.7, 15}, 0, 500, 1);
  const Fitted euros = fit_spend(shop.cells, {}).value();
  for (const double rate : {100.0, 1e-6, 1e12}) {
    std::vector<SpendCell> cells = shop.cells;
    for (SpendCell& cell : cells) cell.mean *= rate;
    const Fitted other = fit_spend(cells, {}).value();
    EXPECT_NEAR(other.parameters[0].value, euros.parameters[0].value, 1e-7);
    EXPECT_NEAR(other.parameters[1].value, euros.parameters[1].value, 1e-7);
    EXPECT_NEAR(other.parameters[2].value / rate, euros.parameters[2].value, 1e-7);
    EXPECT_NEAR(other.parameters[2].standard_error / rate, euros.parameters[2].standard_error,
                1e-6);
    EXPECT_NEAR(other.log_likelihood, euros.log_likelihood - 500 * std::log(rate), 1e-7);
  }
}

TEST(SpendModel, EqualCustomersAreOneCell) {
  const Simulated shop = simulate({6, 3.7, 15}, 0, 300, 2);
  std::vector<SpendCell> twice = shop.cells;
  twice.insert(twice.end(), shop.cells.begin(), shop.cells.end());
  const Fitted once = fit_spend(shop.cells, {}).value();
  const Fitted both = fit_spend(twice, {}).value();
  EXPECT_EQ(both.cells, once.cells);
  EXPECT_EQ(both.customers, 600U);
  EXPECT_NEAR(both.log_likelihood, 2 * once.log_likelihood, 1e-7);
  EXPECT_NEAR(both.find("q")->value, once.find("q")->value, 1e-7);
}

TEST(SpendModel, FindsTheTruthAndTheEffectOfACovariate) {
  const SpendParameters truth{6, 3.7, 15};
  const Simulated shop = simulate(truth, 0.5, 20000, 3);
  const Fitted fitted = fit_spend(shop.cells, shop.options).value();
  ASSERT_EQ(fitted.parameters.size(), 4U);
  const std::array<double, 4> values = {truth.p, truth.q, truth.gamma, 0.5};
  for (size_t i = 0; i < 4; ++i)
    EXPECT_LT(std::abs(fitted.parameters[i].value - values[i]),
              3.5 * fitted.parameters[i].standard_error)
        << fitted.parameters[i].name;
  EXPECT_LT(fitted.find("plus")->standard_error, 0.02);
  const double one = 1;
  EXPECT_NEAR(spend_parameters(fitted, std::span(&one, 1)).gamma,
              fitted.find("gamma")->value * std::exp(fitted.find("plus")->value), 1e-9);
}

// 4,000 shops gave 0.961, 0.949 and 0.961 (p, q, gamma); here fewer, so a wider gate.
TEST(SpendModel, IntervalsHoldTheTruthAsOftenAsTheySay) {
  const SpendParameters truth{6, 3.7, 15};
  Coverage coverage({truth.p, truth.q, truth.gamma});
  for (uint64_t shop = 0; shop < kShops; ++shop)
    coverage.add(fit_spend(simulate(truth, 0, 2000, 1000 + shop).cells, {}).value());
  for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(coverage.of(i), 0.95, kGate) << i;
}

TEST(SpendModel, ACovariatesUnitDoesNotMatterAndOneOfNoEffectChangesLittle) {
  Simulated shop = simulate({6, 3.7, 15}, 0.5, 2000, 4);
  const Fitted fitted = fit_spend(shop.cells, shop.options).value();
  const Fitted without = fit_spend(shop.cells, {}).value();
  EXPECT_GT(fitted.log_likelihood, without.log_likelihood + 50);
  for (double& z : shop.options.covariates) z *= 1e6;
  const Fitted large = fit_spend(shop.cells, shop.options).value();
  EXPECT_NEAR(large.find("plus")->value * 1e6, fitted.find("plus")->value, 1e-7);
  Random random(5);
  for (double& z : shop.options.covariates) z = random.normal();
  const Fitted noise = fit_spend(shop.cells, shop.options).value();
  EXPECT_LT(2 * (noise.log_likelihood - without.log_likelihood), 12);
  EXPECT_GE(noise.log_likelihood, without.log_likelihood);
}

TEST(SpendModel, SpendWithoutAnAverageIsAnErrorNeverNegative) {
  EXPECT_FALSE(expected_spend({2, 0.8, 15}, {}));
  EXPECT_FALSE(expected_spend({0.1, 0.8, 15}, {1, 20}));
  EXPECT_GT(expected_spend({0.1, 0.8, 15}, {3, 20}).value(), 0);
  const Simulated shop = simulate({4, 0.7, 15}, 0, 3000, 6);
  const Fitted fitted = fit_spend(shop.cells, {}).value();
  EXPECT_LT(fitted.find("q")->value, 1);
  ASSERT_FALSE(fitted.warnings.empty());
  EXPECT_NE(fitted.warnings.back().find("does not exist"), std::string::npos);
}

TEST(SpendModel, ExpectedSpendIsBetweenTheCustomersOwnAndTheAverage) {
  const SpendParameters s{6.25, 3.74, 15.44};
  const double average = expected_spend(s, {}).value();
  for (const double x : {1.0, 5.0, 1e3, 1e9}) {
    EXPECT_GT(expected_spend(s, {x, average * 2}).value(), average);
    EXPECT_LT(expected_spend(s, {x, average * 2}).value(), average * 2);
  }
  EXPECT_NEAR(expected_spend(s, {1e12, 99}).value(), 99, 1e-6);
}

TEST(SpendModel, NamesTheCustomerAtFault) {
  for (const SpendCell wrong : {SpendCell{0, 3}, SpendCell{2, 0}, SpendCell{2, -5},
                                SpendCell{2, kNan}, SpendCell{HUGE_VAL, 2}}) {
    const std::vector<SpendCell> cells = {{1, 2}, wrong};
    const Result<Fitted> fitted = fit_spend(cells, {});
    ASSERT_FALSE(fitted);
    EXPECT_EQ(fitted.error().code(), ErrorCode::kBadData);
    EXPECT_NE(fitted.error().message().find("customer 1"), std::string::npos);
    EXPECT_EQ(expected_spend({6, 3, 15}, wrong).ok(), wrong.x == 0);
  }
  EXPECT_FALSE(expected_spend({6, 3, 15}, {-1, 3}));
}

TEST(SpendModel, RefusesWhatHasNoScatter) {
  EXPECT_FALSE(fit_spend({}, {}));
  const std::vector<SpendCell> one = {{4, 30}};
  EXPECT_NE(fit_spend(one, {}).error().message().find("same mean"), std::string::npos);
  const std::vector<SpendCell> million(1000000, SpendCell{4, 30});
  EXPECT_FALSE(fit_spend(million, {}));
}

TEST(SpendModel, TwoCustomersEndWithAFiniteAnswerAndAWarning) {
  const std::vector<SpendCell> two = {{1, 30}, {2, 31}};
  const Fitted fitted = fit_spend(two, {}).value();
  EXPECT_FALSE(fitted.warnings.empty());
  for (const Parameter& parameter : fitted.parameters)
    EXPECT_TRUE(std::isfinite(parameter.value) && parameter.value > 0);
  EXPECT_TRUE(std::isfinite(fitted.log_likelihood));
}

TEST(SpendModel, CovariatesThatCannotBeUsedAreNamed) {
  Simulated shop = simulate({6, 3.7, 15}, 0, 50, 7);
  SpendOptions options = shop.options;
  options.covariates[3] = kNan;
  EXPECT_NE(fit_spend(shop.cells, options).error().message().find("customer 3: plus"),
            std::string::npos);
  options.covariates.assign(50, 2);
  EXPECT_NE(fit_spend(shop.cells, options).error().message().find("plus is the same"),
            std::string::npos);
  options.covariates.pop_back();
  EXPECT_FALSE(fit_spend(shop.cells, options));
}

// The same covariate twice: the effects cannot be told apart.
TEST(SpendModel, CovariatesThatSayTheSameHaveNoErrors) {
  const Simulated shop = simulate({6, 3.7, 15}, 0.3, 400, 8);
  SpendOptions options;
  options.covariate_names = {"one", "two"};
  for (const double z : shop.options.covariates)
    options.covariates.insert(options.covariates.end(), 2, z);
  const Fitted fitted = fit_spend(shop.cells, options).value();
  EXPECT_FALSE(fitted.warnings.empty());
  const Fitted alone = fit_spend(shop.cells, shop.options).value();
  EXPECT_NEAR(fitted.log_likelihood, alone.log_likelihood, 1e-6);
}

}  // namespace
}  // namespace regulars::models
