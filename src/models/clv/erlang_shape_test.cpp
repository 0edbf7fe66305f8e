#include "models/clv/erlang_shape.h"

#include <gtest/gtest.h>

#include <cmath>

#include "models/clv/bg_nbd.h"
#include "models/clv/dropout_shop.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

struct Simulated {
  CellTable table;
  double log_gaps = 0;
};
Simulated shop_of(const DropoutModel& model, const DropoutParameters& p, size_t customers) {
  const std::vector<SimulatedCustomer> shop =
      simulate_shop(model, p, {60, 100, 1}, customers, 11 + model.k);
  Simulated result{CellTable::of(cells_of(shop)).value(), 0};
  for (const SimulatedCustomer& one : shop) result.log_gaps += one.log_gaps;
  return result;
}

TEST(ErlangShape, FindsTheShapeAndTheTruth) {
  for (const unsigned k : {1U, 2U, 4U}) {
    const DropoutModel model{k, true};
    const std::vector<double> truth = {.9, 12.0 / k, .8, 2.4};
    const Simulated shop = shop_of(model, {truth[0], truth[1], truth[2], truth[3]}, 8000);
    const ShapeFit found = fit_shape(RegularFamily::kMbg, shop.table, shop.log_gaps, {}).value();
    EXPECT_EQ(found.k, k);
    EXPECT_TRUE(found.fitted.converged);
    EXPECT_EQ(found.fitted.model, k == 1 ? "mbg-nbd" : "mbg-cnbd-" + std::to_string(k));
    EXPECT_TRUE(count_model(found.fitted.model));
    for (size_t i = 0; i < 4; ++i)
      EXPECT_NEAR(found.fitted.parameters[i].value, truth[i],
                  4.5 * found.fitted.parameters[i].standard_error);
  }
}

TEST(ErlangShape, FitsRecoverTheTruthOfEveryModel) {
  for (const DropoutModel& model : {DropoutModel{1, false}, {1, true}, {3, false}, {3, true}}) {
    const std::vector<double> truth = {.5, 4.0 / model.k, .6, 1.8};
    const Simulated shop = shop_of(model, {truth[0], truth[1], truth[2], truth[3]}, 6000);
    const auto made = model.after_first ? make_mbg_cnbd(model.k) : make_bg_cnbd(model.k);
    const Fitted fitted = fit(*made, shop.table, {}).value();
    EXPECT_TRUE(fitted.converged);
    EXPECT_LT(fitted.iterations, 25);
    for (size_t i = 0; i < 4; ++i)
      EXPECT_NEAR(fitted.parameters[i].value, truth[i], 4.5 * fitted.parameters[i].standard_error)
          << made->info().name << " " << fitted.parameters[i].name;
  }
}

// Days, weeks or years: the same customers, the same predictions.
TEST(ErlangShape, TheUnitOfTimeDoesNotMatter) {
  const Simulated weeks = shop_of({2, true}, {.9, 6, .8, 2.4}, 1500);
  std::vector<BuyingCell> in_days = weeks.table.cells();
  double repeats = 0;
  for (size_t i = 0; i < in_days.size(); ++i) {
    in_days[i].t_x *= 7;
    in_days[i].T *= 7;
    repeats += in_days[i].x * static_cast<double>(weeks.table.counts()[i]);
  }
  const CellTable days = CellTable::of_counted(in_days, weeks.table.counts()).value();
  const double log_gaps = weeks.log_gaps + repeats * std::log(7.0);
  const ShapeFit a = fit_shape(RegularFamily::kMbg, weeks.table, weeks.log_gaps, {}).value();
  const ShapeFit b = fit_shape(RegularFamily::kMbg, days, log_gaps, {}).value();
  EXPECT_EQ(a.k, b.k);
  const double jacobian = repeats * std::log(7.0);
  for (size_t k = 0; k < a.log_likelihoods.size(); ++k)
    EXPECT_NEAR(a.log_likelihoods[k], b.log_likelihoods[k] + jacobian, 1e-6);
  const auto model = count_model(a.fitted.model).value();
  for (size_t i = 0; i < in_days.size(); i += 50) {
    const double week = model->conditional_expected(a.fitted.values(), weeks.table.cells()[i], 26);
    EXPECT_NEAR(week, model->conditional_expected(b.fitted.values(), in_days[i], 182), 1e-6);
  }
}

TEST(ErlangShape, HopelessTablesAreRefusedOrFinite) {
  const CellTable nobody_returned = CellTable::of_counted({{{0, 0, 9}}}, {{1'000'000}}).value();
  EXPECT_FALSE(fit_shape(RegularFamily::kMbg, nobody_returned, 0, {}));
  for (const std::vector<BuyingCell>& cells :
       {std::vector<BuyingCell>{{5, 20, 30}}, {{0, 0, 0}, {3, 9, 9}}, {{1, 1, 1}, {0, 0, 1}}}) {
    const CellTable table =
        CellTable::of_counted(cells, std::vector<uint64_t>(cells.size(), 500'000)).value();
    for (const unsigned k : {1U, 3U}) {
      const Fitted fitted = fit(*make_bg_cnbd(k), table, {}).value();
      EXPECT_TRUE(std::isfinite(fitted.log_likelihood));
      for (const Parameter& parameter : fitted.parameters)
        EXPECT_TRUE(std::isfinite(parameter.value) && parameter.value > 0);
      EXPECT_TRUE(fitted.converged || !fitted.warnings.empty());
    }
  }
}

TEST(ErlangShape, CdnowBuyersAreNotRegular) {
  const auto shop = cdnow_sample();
  REGULARS_NEEDS(shop);
  const int end = day_number("1997-09-30");
  double log_gaps = 0;
  for (const std::vector<DayOfPurchases>& days : *shop)
    for (size_t i = 1; i < days.size() && days[i].day <= end; ++i)
      log_gaps += std::log((days[i].day - days[i - 1].day) / 7.0);
  const CellTable table = CellTable::of(buying_cells(*shop, end)).value();
  const ShapeFit found = fit_shape(RegularFamily::kMbg, table, log_gaps, {}).value();
  EXPECT_EQ(found.k, 1U);
  EXPECT_NEAR(found.fitted.log_likelihood, -9582.13571555375, 1e-8);
  EXPECT_EQ(found.log_likelihoods.size(), 3U);
}

}  // namespace
}  // namespace regulars::models
