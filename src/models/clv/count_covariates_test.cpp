#include "models/clv/count_covariates.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>

#include "base/random.h"
#include "models/clv/pareto_nbd.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

// Pareto/NBD customers; the first half of z multiplies rates of buying by exp(buys z), rates of
// leaving by exp(leaves z).
struct Simulated {
  std::vector<BuyingCell> cells;
  std::vector<double> z;
};
Simulated simulated(size_t customers, double buys, double leaves, uint64_t seed,
                    double (*draw)(Random&)) {
  Random random(seed);
  Simulated result;
  for (size_t i = 0; i < customers; ++i) {
    const double z = draw(random);
    const double lambda = random.gamma(0.8, 6) * std::exp(buys * z);
    const double gone = random.exponential(random.gamma(0.9, 20) * std::exp(leaves * z));
    BuyingCell cell{0, 0, 40.0 + static_cast<double>(random.below(20))};
    for (double t = random.exponential(lambda); t < std::min(gone, cell.T);
         t += random.exponential(lambda)) {
      ++cell.x;
      cell.t_x = t;
    }
    result.cells.push_back(cell);
    result.z.push_back(z);
  }
  return result;
}
double coin(Random& random) { return random.chance(0.4) ? 1 : 0; }
double bell(Random& random) { return 2000 + 3 * random.normal(); }  // like a year

CountCovariates both(const std::vector<double>& z) { return {{{"z"}, z}, {{"z"}, z}}; }

TEST(CountCovariates, WithoutAnyIsThePlainFit) {
  const auto model = make_pareto_nbd();
  const Simulated shop = simulated(800, 0, 0, 1, coin);
  const Fitted plain = fit(*model, CellTable::of(shop.cells).value(), {}).value();
  const Fitted none = fit_with_covariates(*model, shop.cells, {}, {}).value();
  EXPECT_NEAR(none.log_likelihood, plain.log_likelihood, 1e-9);
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(none.parameters[i].value, plain.parameters[i].value,
                1e-6 * plain.parameters[i].value);
    EXPECT_NEAR(none.parameters[i].standard_error, plain.parameters[i].standard_error,
                1e-5 * plain.parameters[i].standard_error);
  }
}

TEST(CountCovariates, EffectsHeldAtZeroAreThePlainModel) {
  for (const std::string_view name : {"pareto-nbd", "bg-nbd", "mbg-nbd"}) {
    const auto model = count_model(name).value();
    const Simulated shop = simulated(800, 0.5, 0.5, 2, coin);
    const Fitted plain = fit(*model, CellTable::of(shop.cells).value(), {}).value();
    CovariateFitOptions held;
    held.effect_penalty = 1e12;
    const Fitted zero = fit_with_covariates(*model, shop.cells, both(shop.z), held).value();
    EXPECT_NEAR(zero.find("trans.z")->value, 0, 1e-9);
    EXPECT_NEAR(zero.find("life.z")->value, 0, 1e-9);
    EXPECT_NEAR(zero.log_likelihood, plain.log_likelihood, 1e-6);
    for (size_t i = 0; i < 4; ++i)
      EXPECT_NEAR(zero.parameters[i].value, plain.parameters[i].value,
                  1e-6 * plain.parameters[i].value);
  }
}

TEST(CountCovariates, FindsSimulatedEffects) {
  const auto model = make_pareto_nbd();
  const Simulated shop = simulated(20000, 0.6, -0.8, 3, coin);
  const Fitted fitted = fit_with_covariates(*model, shop.cells, both(shop.z), {}).value();
  EXPECT_TRUE(fitted.converged);
  const Parameter& buys = *fitted.find("trans.z");
  const Parameter& leaves = *fitted.find("life.z");
  EXPECT_NEAR(buys.value, 0.6, 4 * buys.standard_error);
  EXPECT_LT(buys.standard_error, 0.05);
  EXPECT_NEAR(leaves.value, -0.8, 4 * leaves.standard_error);
  const Fitted plain = fit(*model, CellTable::of(shop.cells).value(), {}).value();
  const LikelihoodRatio ratio = likelihood_ratio(plain, fitted);
  EXPECT_EQ(ratio.degrees, 2);
  EXPECT_LT(ratio.p_value, 1e-20);
}

// BG/NBD: effects multiply alpha by exp(-buys z) and a by exp(leaves z).
TEST(CountCovariates, FindsSimulatedEffectsOfBgNbd) {
  const auto model = count_model("bg-nbd").value();
  Random random(11);
  std::vector<BuyingCell> cells;
  std::vector<double> z;
  for (size_t i = 0; i < 20000; ++i) {
    z.push_back(coin(random));
    const double lambda = random.gamma(0.8, 6 * std::exp(-0.4 * z.back()));
    const double leaves = random.beta(0.9 * std::exp(0.7 * z.back()), 2.5);
    BuyingCell cell{0, 0, 40.0 + static_cast<double>(random.below(20))};
    for (double t = random.exponential(lambda); t < cell.T; t += random.exponential(lambda)) {
      ++cell.x;
      cell.t_x = t;
      if (random.chance(leaves)) break;
    }
    cells.push_back(cell);
  }
  const Fitted fitted = fit_with_covariates(*model, cells, both(z), {}).value();
  EXPECT_TRUE(fitted.converged);
  const double truth[] = {0.8, 6, 0.9, 2.5, 0.4, 0.7};
  for (size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(fitted.parameters[i].value, truth[i], 4 * fitted.parameters[i].standard_error)
        << fitted.parameters[i].name;
}

// The same effects whatever the covariate's zero and unit are, and a group for each customer.
TEST(CountCovariates, DoNotDependOnUnits) {
  const auto model = make_pareto_nbd();
  const Simulated shop = simulated(1500, 0, 0, 4, bell);
  std::vector<double> centred = shop.z;
  for (double& z : centred) z = (z - 2000) / 10;
  const Fitted years = fit_with_covariates(*model, shop.cells, both(shop.z), {}).value();
  const Fitted decades = fit_with_covariates(*model, shop.cells, both(centred), {}).value();
  EXPECT_TRUE(years.converged);
  EXPECT_NEAR(years.log_likelihood, decades.log_likelihood, 1e-7);
  EXPECT_NEAR(years.find("trans.z")->value * 10, decades.find("trans.z")->value, 1e-5);
  EXPECT_NEAR(years.find("life.z")->standard_error * 10, decades.find("life.z")->standard_error,
              1e-4);
  const double year = shop.z[7];
  const std::vector<double> one = customer_parameters(*model, years, {&year, 1}, {&year, 1});
  const std::vector<double> other =
      customer_parameters(*model, decades, {&centred[7], 1}, {&centred[7], 1});
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(one[i], other[i], 1e-5 * other[i]);
}

TEST(CountCovariates, LikelihoodIsTheSumOverCustomersAtTheirParameters) {
  const auto model = make_pareto_nbd();
  const Simulated shop = simulated(500, 0.5, 0.5, 5, coin);
  const Fitted fitted = fit_with_covariates(*model, shop.cells, {{{"z"}, shop.z}, {}}, {}).value();
  ASSERT_EQ(fitted.parameters.size(), 5U);
  double sum = 0;
  for (size_t i = 0; i < shop.cells.size(); ++i)
    sum += model
               ->log_likelihood(customer_parameters(*model, fitted, {&shop.z[i], 1}, {}),
                                shop.cells[i], Order::kValue)
               .value;
  EXPECT_NEAR(sum, fitted.log_likelihood, 1e-8);
}

// The covariance is the inverse of the curvature, and the slopes are zero: by differences of the
// sum over customers, which knows nothing of the chain rule.
TEST(CountCovariates, CurvatureAgreesWithDifferences) {
  const auto model = make_pareto_nbd();
  const Simulated shop = simulated(400, 0.5, 0.5, 9, coin);
  const Fitted fitted = fit_with_covariates(*model, shop.cells, both(shop.z), {}).value();
  const size_t n = fitted.parameters.size();
  ASSERT_EQ(n, 6U);
  const auto moved = [&](size_t i, double up, size_t j, double right) {
    Fitted there = fitted;
    there.parameters[i].value += up * 1e-3 * fitted.parameters[i].standard_error;
    there.parameters[j].value += right * 1e-3 * fitted.parameters[j].standard_error;
    double sum = 0;
    for (size_t c = 0; c < shop.cells.size(); ++c)
      sum +=
          model
              ->log_likelihood(customer_parameters(*model, there, {&shop.z[c], 1}, {&shop.z[c], 1}),
                               shop.cells[c], Order::kValue)
              .value;
    return sum;
  };
  for (size_t i = 0; i < n; ++i) {
    EXPECT_NEAR((moved(i, 1, i, 0) - moved(i, -1, i, 0)) / 2e-3, 0, 1e-4);
    for (size_t k = 0; k < n; ++k) {
      double product = 0;  // of curvature and covariance, in standard errors
      for (size_t j = 0; j < n; ++j) {
        const double curvature =
            (moved(i, 1, j, 1) - moved(i, 1, j, -1) - moved(i, -1, j, 1) + moved(i, -1, j, -1)) /
            4e-6;
        product -= curvature * fitted.covariance_of(j, k) /
                   (fitted.parameters[j].standard_error * fitted.parameters[k].standard_error);
      }
      EXPECT_NEAR(product, i == k ? 1 : 0, 2e-3) << i << ' ' << k;
    }
  }
}

TEST(CountCovariates, AnEffectThatIsNotThereIsFoundByChanceOnly) {
  const auto model = make_pareto_nbd();
  int found = 0;
  for (uint64_t seed = 10; seed < 30; ++seed) {
    const Simulated shop = simulated(300, 0, 0, seed, coin);
    const Fitted plain = fit(*model, CellTable::of(shop.cells).value(), {}).value();
    const Fitted fitted = fit_with_covariates(*model, shop.cells, both(shop.z), {}).value();
    EXPECT_GE(fitted.log_likelihood, plain.log_likelihood - 1e-7);
    found += likelihood_ratio(plain, fitted).p_value < 0.05 ? 1 : 0;
  }
  EXPECT_LE(found, 5);
}

TEST(CountCovariates, RefusesWhatCannotBe) {
  const auto model = make_pareto_nbd();
  const Simulated shop = simulated(50, 0, 0, 6, coin);
  const auto code = [&](const CountModel& of, const CountCovariates& covariates) {
    const Result<Fitted> fitted = fit_with_covariates(of, shop.cells, covariates, {});
    return fitted ? ErrorCode::kInternal : fitted.error().code();
  };
  std::vector<double> missing = shop.z;
  missing.pop_back();
  EXPECT_EQ(code(*model, {{{"z"}, missing}, {}}), ErrorCode::kBadData);
  std::vector<double> unknown = shop.z;
  unknown[17] = std::numeric_limits<double>::quiet_NaN();
  const Result<Fitted> fitted = fit_with_covariates(*model, shop.cells, {{{"z"}, unknown}, {}}, {});
  ASSERT_FALSE(fitted);
  EXPECT_NE(fitted.error().message().find("customer 17"), std::string::npos);
  EXPECT_EQ(code(*model, {{}, {{"z"}, std::vector<double>(50, 0.1)}}), ErrorCode::kBadData);
  std::vector<double> twice;
  for (const double z : shop.z) twice.insert(twice.end(), {z, 1 - z});
  EXPECT_EQ(code(*model, {{{"z", "z"}, twice}, {}}), ErrorCode::kUsage);
  EXPECT_EQ(code(*count_model("bg-bb").value(), both(shop.z)), ErrorCode::kUsage);
}

TEST(CountCovariates, SaysWhenColumnsSayTheSame) {
  const auto model = make_pareto_nbd();
  const Simulated shop = simulated(300, 0.3, 0, 8, coin);
  std::vector<double> columns;
  for (const double z : shop.z) columns.insert(columns.end(), {z, 1 - z});
  const Fitted fitted =
      fit_with_covariates(*model, shop.cells, {{{"yes", "no"}, columns}, {}}, {}).value();
  EXPECT_FALSE(fitted.warnings.empty());
}

struct Apparel {
  std::vector<BuyingCell> cells;
  ProcessCovariates covariates{{"gender", "channel"}, {}};
  double later = 0;  // days with purchases after the calibration
};

std::optional<Apparel> apparel() {
  const auto shop = apparel_shop();
  const auto table = public_table("apparel/apparelStaticCov.csv.gz", ',');
  const auto orders = public_table("apparel/apparelTrans.csv.gz", ',');
  if (!shop || !table || !orders) return std::nullopt;
  const int until = day_number("2006-12-31");
  Apparel result;
  result.cells = buying_cells(*shop, until);
  std::map<std::string, std::array<double, 2>> of_id;
  for (size_t i = 1; i < table->size(); ++i)
    of_id[(*table)[i][0]] = {std::stod((*table)[i][1]), std::stod((*table)[i][2])};
  // The shop has customers in the order of their first rows.
  for (size_t i = 1; i < orders->size(); ++i) {
    const auto found = of_id.find((*orders)[i][0]);
    if (found == of_id.end()) continue;
    result.covariates.values.insert(result.covariates.values.end(), found->second.begin(),
                                    found->second.end());
    of_id.erase(found);
  }
  for (const std::vector<DayOfPurchases>& days : *shop)
    for (const DayOfPurchases& day : days) result.later += day.day > until ? 1 : 0;
  return result;
}

TEST(CountCovariates, ApparelAsPublished) {
  const auto shop = apparel();
  REGULARS_NEEDS(shop);
  ASSERT_EQ(shop->cells.size(), 600U);
  const auto model = make_pareto_nbd();
  const Fitted plain = fit(*model, CellTable::of(shop->cells).value(), {}).value();
  EXPECT_NEAR(plain.log_likelihood, -5848.09783, 2e-5);
  const double published[] = {1.448977, 48.636084, .561260, 46.884363};
  for (size_t i = 0; i < 4; ++i)
    EXPECT_NEAR(plain.parameters[i].value, published[i], 2e-3 * published[i]);

  const Fitted fitted =
      fit_with_covariates(*model, shop->cells, {shop->covariates, shop->covariates}, {}).value();
  EXPECT_TRUE(fitted.converged);
  EXPECT_NEAR(fitted.log_likelihood, -5821.06271, 3e-5);
  const double with_effects[] = {1.837843, 92.912349, .591999,  49.622727,
                                 .285874,  .624124,   -.642993, .790679};
  for (size_t i = 0; i < 8; ++i)
    EXPECT_NEAR(fitted.parameters[i].value, with_effects[i], 3e-3 * std::abs(with_effects[i]))
        << fitted.parameters[i].name;
  EXPECT_LT(likelihood_ratio(plain, fitted).p_value, 1e-9);

  // Everyone's purchases from the calibration's end to that of the data.
  const double weeks = (day_number("2010-12-20") - day_number("2006-12-31")) / 7.0;
  double expected = 0;
  double expected_plain = 0;
  for (size_t i = 0; i < shop->cells.size(); ++i) {
    const std::span<const double> z = std::span(shop->covariates.values).subspan(2 * i, 2);
    expected += model->conditional_expected(customer_parameters(*model, fitted, z, z),
                                            shop->cells[i], weeks);
    expected_plain += model->conditional_expected(plain.values(), shop->cells[i], weeks);
  }
  EXPECT_EQ(shop->later, 1317);
  EXPECT_NEAR(expected_plain, 1455.52, 0.01);
  EXPECT_LT(std::abs(expected - shop->later), std::abs(expected_plain - shop->later));
}

}  // namespace
}  // namespace regulars::models
