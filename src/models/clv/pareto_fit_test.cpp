#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "models/clv/pareto_nbd.h"
#include "models/clv/pareto_test_shop.h"
#include "models/coverage.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

const ParetoParameters kShop = {0.55, 10.6, 0.6, 11.7};

const CountModel& model() {
  static const std::unique_ptr<CountModel> pareto = make_pareto_nbd();
  return *pareto;
}

void expect_relative(double got, double expected, double tolerance, const char* what) {
  EXPECT_NEAR(got, expected, tolerance * std::abs(expected)) << what;
}

TEST(ParetoFit, FindsSimulatedTruth) {
  const std::vector<double> truth = {0.8, 6, 0.7, 12};
  const CellTable table =
      CellTable::of(simulated_shop({truth[0], truth[1], truth[2], truth[3]}, 20000, 7)).value();
  const Fitted fitted = fit(model(), table, {}).value();
  EXPECT_TRUE(fitted.converged);
  EXPECT_LT(fitted.iterations, 25);
  EXPECT_TRUE(fitted.warnings.empty());
  for (size_t i = 0; i < 4; ++i)
    EXPECT_NEAR(fitted.parameters[i].value, truth[i], 4 * fitted.parameters[i].standard_error)
        << fitted.parameters[i].name;
}

TEST(ParetoFit, DoesNotDependOnItsStart) {
  const CellTable table = CellTable::of(simulated_shop(kShop, 2000, 3)).value();
  const Fitted by_moments = fit(model(), table, {}).value();
  for (const std::vector<double>& start :
       {std::vector<double>{1, 1, 1, 1}, std::vector<double>{0.05, 100, 5, 1},
        std::vector<double>{5, 0.5, 0.1, 300}}) {
    FitOptions options;
    options.start = start;
    const Fitted fitted = fit(model(), table, options).value();
    EXPECT_TRUE(fitted.converged);
    for (size_t i = 0; i < 4; ++i)
      expect_relative(fitted.parameters[i].value, by_moments.parameters[i].value, 1e-6, "fit");
  }
}

TEST(ParetoFit, CdnowAsWithHighPrecision) {
  const auto shop = cdnow_sample();
  REGULARS_NEEDS(shop);
  const CellTable table = CellTable::of(buying_cells(*shop, day_number("19970930"))).value();
  ASSERT_EQ(table.customers(), 2357U);
  const Fitted fitted = fit(model(), table, {}).value();
  EXPECT_TRUE(fitted.converged);
  EXPECT_NEAR(fitted.log_likelihood, -9594.976178939543, 1e-8);
  const double published[] = {0.55327704685318, 10.577683463302, 0.60623998912779, 11.668735288854};
  const std::vector<double> errors = {0.04762792541, 0.8427225296, 0.1872813375, 6.211113416};
  for (size_t i = 0; i < 4; ++i) {
    expect_relative(fitted.parameters[i].value, published[i], 1e-8, "parameter");
    expect_relative(fitted.parameters[i].standard_error, errors[i], 1e-7, "standard error");
  }
  const auto correlation = [&](size_t i, size_t j) {
    return fitted.covariance_of(i, j) /
           (fitted.parameters[i].standard_error * fitted.parameters[j].standard_error);
  };
  EXPECT_NEAR(correlation(2, 3), 0.971571, 1e-6);
  EXPECT_NEAR(correlation(0, 1), 0.821762, 1e-6);

  double expected = 0;  // of all customers over the next 39 weeks: another program's printed total
  for (size_t i = 0; i < table.size(); ++i)
    expected += static_cast<double>(table.counts()[i]) *
                model().conditional_expected(fitted.values(), table.cells()[i], 39);
  EXPECT_NEAR(expected, 1665.688, 0.2);
}

// 2,000 shops of 4,000 customers gave 0.953 to 0.960; here fewer, so a wider gate.
TEST(ParetoFit, IntervalsHoldTheTruthAsOftenAsTheySay) {
  const ParetoParameters truth = {0.8, 6, 0.7, 12};
  Coverage coverage({truth.r, truth.alpha, truth.s, truth.beta});
  for (uint64_t shop = 0; shop < 120; ++shop) {
    const std::vector<BuyingCell> cells = simulated_shop(truth, 1500, 1000 + shop, Clock::kExact);
    coverage.add(fit(model(), CellTable::of(cells).value(), {}).value());
  }
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(coverage.of(i), 0.95, 0.06) << i;
}

// A day is a seventh of a week: two parameters are times, two are not.
TEST(ParetoFit, DoesNotDependOnTheUnitOfTime) {
  std::vector<BuyingCell> cells = simulated_shop(kShop, 2000, 4);
  const Fitted weeks = fit(model(), CellTable::of(cells).value(), {}).value();
  double purchases = 0;
  for (BuyingCell& cell : cells) {
    purchases += cell.x;
    cell.t_x *= 7;
    cell.T *= 7;
  }
  const Fitted days = fit(model(), CellTable::of(cells).value(), {}).value();
  const double units[] = {1, 7, 1, 7};
  for (size_t i = 0; i < 4; ++i)
    expect_relative(days.parameters[i].value, units[i] * weeks.parameters[i].value, 1e-6, "value");
  EXPECT_NEAR(days.log_likelihood, weeks.log_likelihood - purchases * std::log(7), 1e-6);
}

TEST(ParetoFit, OfPartsMergedIsThatOfTheWhole) {
  const std::vector<BuyingCell> cells = simulated_shop(kShop, 3000, 5);
  CellTable parts = CellTable::of(std::span(cells).first(1000)).value();
  parts.merge(CellTable::of(std::span(cells).subspan(1000)).value());
  const Fitted merged = fit(model(), parts, {}).value();
  const Fitted whole = fit(model(), CellTable::of(cells).value(), {}).value();
  EXPECT_EQ(merged.values(), whole.values());
}

// Tables that determine little or nothing: an error or finite answers and a warning.
TEST(ParetoFit, OfTablesThatDetermineLittle) {
  std::vector<BuyingCell> one_came_back(1000, BuyingCell{0, 0, 52});
  one_came_back[0] = {1, 1, 52};
  const std::vector<std::vector<BuyingCell>> shops = {{{3, 10, 12}},
                                                      std::vector<BuyingCell>(100, {3, 10, 12}),
                                                      std::vector<BuyingCell>(100, {5, 52, 52}),
                                                      std::vector<BuyingCell>(100, {5, 1, 520}),
                                                      one_came_back};
  for (const std::vector<BuyingCell>& shop : shops) {
    const Fitted fitted = fit(model(), CellTable::of(shop).value(), {}).value();
    EXPECT_FALSE(fitted.warnings.empty());
    EXPECT_TRUE(std::isfinite(fitted.log_likelihood));
    for (const BuyingCell& cell : {shop.front(), BuyingCell{0, 0, 100}}) {
      EXPECT_TRUE(std::isfinite(model().p_alive(fitted.values(), cell)));
      EXPECT_TRUE(std::isfinite(model().conditional_expected(fitted.values(), cell, 52)));
    }
  }
  for (const BuyingCell& cell : {BuyingCell{0, 0, 12}, BuyingCell{}}) {
    const Result<Fitted> fitted = fit(model(), CellTable::of({{cell, cell}}).value(), {});
    ASSERT_FALSE(fitted);
    EXPECT_EQ(fitted.error().code(), ErrorCode::kBadData);
  }
}

// Customers who never leave: the rate of leaving runs towards 0, and the fit says so.
TEST(ParetoFit, OfAShopThatNobodyLeaves) {
  const CellTable table = CellTable::of(simulated_shop({1, 5, 1, 1e9}, 1500, 6)).value();
  const Fitted fitted = fit(model(), table, {}).value();
  EXPECT_FALSE(fitted.warnings.empty());
  expect_relative(fitted.find("r")->value, 1, 0.15, "r");
  expect_relative(fitted.find("alpha")->value, 5, 0.15, "alpha");
  EXPECT_GT(model().p_alive(fitted.values(), {10, 50, 52}), 0.99);
}

}  // namespace
}  // namespace regulars::models
