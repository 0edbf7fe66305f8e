#include "models/clv/bg_nbd.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "base/random.h"
#include "models/clv/count_model.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

const std::vector<double> kBg = {.24259452243016, 4.4136020190135, .79292201722559,
                                 2.4259067768263};
const std::vector<double> kMbg = {.52484315910629, 6.1830852795759, .89135939073222,
                                  1.6140022401704};

struct Golden {
  BuyingCell cell;
  double log_likelihood, alive, expected_39, expected_52;
};

void expect_near_relative(double value, double golden, double tolerance = 1e-11) {
  EXPECT_NEAR(value, golden, std::abs(golden) * tolerance);
}

void check(const CountModel& model, const std::vector<double>& p, const Golden& g) {
  SCOPED_TRACE(g.cell.x);
  expect_near_relative(model.log_likelihood(p, g.cell, Order::kValue).value, g.log_likelihood);
  expect_near_relative(model.p_alive(p, g.cell), g.alive);
  expect_near_relative(model.conditional_expected(p, g.cell, 39), g.expected_39);
  expect_near_relative(model.conditional_expected(p, g.cell, 52), g.expected_52);
}

TEST(BgNbd, AgreesWithHighPrecisionCustomerByCustomer) {
  const auto bg = make_bg_cnbd(1);
  check(*bg, kBg,
        {{26, 216 / 7.0, 31},
         -37.72832740577633,
         .9688544413976663,
         20.74890290264975,
         25.75733697026933});
  check(*bg, kBg,
        {{2, 213 / 7.0, 272 / 7.0},
         -9.45955947764563,
         .7266203116623743,
         1.225994455287298,
         1.558686232231504});
  check(*bg, kBg, {{0, 0, 39}, -.5545908890659004, 1, .1942155997578366, .2509534106800724});
  check(
      *bg, kBg,
      {{200, 38, 40}, 98.80324327926079, .02438599156112858, 3.294229637024383, 4.115490419573019});
  const BuyingCell heavy{2000, 150, 156};
  expect_near_relative(bg->log_likelihood(kBg, heavy, Order::kValue).value, 3106.124502716145);
  expect_near_relative(bg->p_alive(kBg, heavy), 1.935614660348171e-30, 1e-9);
  expect_near_relative(bg->conditional_expected(kBg, heavy, 39), 8.619236159206422e-28, 1e-9);
}

TEST(MbgNbd, AgreesWithHighPrecisionCustomerByCustomer) {
  const auto mbg = make_mbg_cnbd(1);
  check(*mbg, kMbg,
        {{26, 216 / 7.0, 31},
         -38.32357080883521,
         .9654846491578878,
         19.44660799577958,
         23.99819089382048});
  check(*mbg, kMbg,
        {{2, 213 / 7.0, 272 / 7.0},
         -9.485713482765363,
         .7061384789853564,
         1.262758850863635,
         1.596933524097106});
  check(*mbg, kMbg,
        {{0, 0, 39}, -.5402457849555853, .3893277497475751, .1533812583500946, .1969098867326948});
  check(
      *mbg, kMbg,
      {{200, 38, 40}, 91.76310453526858, .03058481298698407, 3.890850364778749, 4.833106735993891});
}

TEST(BgNbd, AgreesWithPublishedFigures) {
  const auto bg = make_bg_cnbd(1);
  const std::vector<double> published = {.2426, 4.4137, .7930, 2.4262};
  const std::vector<std::pair<double, double>> curve = {
      {.1429, .0078}, {1, .0532}, {3, .1506}, {31.8571, 1.0405}, {32, 1.0437}};
  for (const auto& [t, expected] : curve) EXPECT_NEAR(bg->expected(published, t), expected, 5.5e-5);
  // The spreadsheet says 1.8576 here; its closed form in 30 digits gives 1.8579455.
  EXPECT_NEAR(bg->expected(published, 78), 1.8579455, 5e-8);
  const std::vector<double> p = {.243, 4.414, .793, 2.426};
  EXPECT_NEAR(bg->conditional_expected(p, {2, 30.43, 38.86}, 39), 1.226, 5e-4);
  EXPECT_NEAR(bg->p_count_new(p, 0, 39), .5737864, 5e-8);
  expect_near_relative(bg->p_count_new(p, 10, 2), 1.07869e-07, 5e-6);
  const std::vector<double> stability = {.25, 4, .8, 2.5};
  EXPECT_NEAR(bg->log_likelihood(stability, BuyingCell{0, 0, 40}, Order::kValue).value, -.59947382,
              5e-9);
  EXPECT_NEAR(bg->log_likelihood(stability, BuyingCell{200, 38, 40}, Order::kValue).value, 100.7957,
              5e-5);
}

// Where a + b < 1 and nobody came back, the published form takes the logarithm of a negative
// number; independent quadrature gives these.
TEST(BgNbd, ExpectsPurchasesWhereTheSumOfAAndBIsBelowOne) {
  const auto bg = make_bg_cnbd(1);
  const std::vector<double> p = {.25, 4.4, .05, .9};
  expect_near_relative(bg->conditional_expected(p, {0, 0, 30}, 10), .0720497872482);
  expect_near_relative(bg->conditional_expected(p, {0, 0, 30}, 39), .275890789504, 1e-11);
  expect_near_relative(bg->conditional_expected(p, {0, 0, 30}, 100), .690549141628, 1e-11);
  expect_near_relative(
      bg->conditional_expected(std::vector<double>{.25, 4.4, .2, .6}, {0, 0, 30}, 39),
      .250132027286, 1e-11);
  expect_near_relative(bg->conditional_expected(kBg, {10000, 364, 365}, 52), 2.8432380305917e-5,
                       1e-2);
}

TEST(MbgNbd, AgreesWithPublishedFigures) {
  const auto mbg = make_mbg_cnbd(1);
  const std::vector<double> stability = {.25, 4, .8, 2.5};
  EXPECT_NEAR(mbg->log_likelihood(stability, BuyingCell{0, 0, 40}, Order::kValue).value, -.41792826,
              5e-9);
  EXPECT_NEAR(mbg->log_likelihood(stability, BuyingCell{200, 38, 40}, Order::kValue).value,
              100.7869, 5e-5);
}

// BTYD's walkthrough of CDNOW, whose parameters are ours to 5 digits.
TEST(BgNbd, AgreesWithTheWalkthroughOfBtyd) {
  const auto bg = make_bg_cnbd(1);
  EXPECT_NEAR(bg->expected(kBg, 52), 1.444004, 5e-5);
  const BuyingCell frequent{26, 30.857, 31};
  EXPECT_NEAR(bg->conditional_expected(kBg, frequent, 52), 25.75659, 5e-3);
  EXPECT_NEAR(bg->p_alive(kBg, frequent), .9688523, 5e-5);
  const auto shop = cdnow_sample();
  REGULARS_NEEDS(shop);
  const std::array<double, 8> published = {.2250893, .5231364, 1.044126, 1.520256,
                                           2.163824, 2.653789, 3.503957, 6.157036};
  const std::array<int, 8> customers = {1411, 439, 214, 100, 62, 38, 29, 64};
  std::array<double, 8> sums{};
  std::array<int, 8> counts{};
  for (const BuyingCell& cell : buying_cells(*shop, day_number("1997-09-30"))) {
    const auto bin = static_cast<size_t>(std::min(cell.x, 7.0));
    sums[bin] += bg->conditional_expected(kBg, cell, 39);
    ++counts[bin];
  }
  EXPECT_EQ(counts, customers);
  for (size_t bin = 0; bin < 8; ++bin)
    expect_near_relative(sums[bin] / counts[bin], published[bin], 5e-4);
}

// Where others answer with what is not a number.
TEST(BgNbd, CountsFarOutAreProbabilities) {
  const auto bg = make_bg_cnbd(1);
  double before = 1;
  for (const unsigned n : {10U, 100U, 180U, 500U, 5000U}) {
    const double probability = bg->p_count_new(kBg, n, 30);
    EXPECT_TRUE(std::isfinite(probability) && probability >= 0 && probability < before) << n;
    before = probability;
  }
  EXPECT_GT(bg->p_count_new(kBg, 180, 30), 0);
}

// Nobody ever leaves: the chance to leave is none, and its shape not to be known.
TEST(BgNbd, OfLoyalCustomersPredictsThatTheyGoOn) {
  Random random(3);
  std::vector<BuyingCell> cells;
  double purchases = 0;
  for (int i = 0; i < 3000; ++i) {
    const double rate = random.gamma(2, 10);
    BuyingCell cell{0, 0, 50};
    for (double t = random.exponential(rate); t < 50; t += random.exponential(rate)) {
      cell.x += 1;
      cell.t_x = t;
    }
    purchases += cell.x;
    cells.push_back(cell);
  }
  const CellTable table = CellTable::of(cells).value();
  for (const char* name : {"bg-nbd", "mbg-nbd"}) {
    const auto model = count_model(name).value();
    const Fitted fitted = fit(*model, table, {}).value();
    EXPECT_TRUE(fitted.converged || !fitted.warnings.empty());
    EXPECT_NEAR(fitted.find("r")->value, 2, .4);
    double expected = 0;
    for (const BuyingCell& cell : cells)
      expected += model->conditional_expected(fitted.values(), cell, 50);
    EXPECT_NEAR(expected, purchases, .06 * purchases) << name;
  }
}

struct GoldenFit {
  std::vector<double> parameters, errors;
  double log_likelihood;
};

void check_fit(const CountModel& model, const CellTable& table, const GoldenFit& golden) {
  const Result<Fitted> fitted = fit(model, table, {});
  ASSERT_TRUE(fitted);
  EXPECT_TRUE(fitted->converged);
  EXPECT_LT(fitted->iterations, 15);
  EXPECT_EQ(fitted->customers, 2357U);
  EXPECT_EQ(fitted->cells, 1016U);
  EXPECT_NEAR(fitted->log_likelihood, golden.log_likelihood, 1e-8);
  for (size_t i = 0; i < 4; ++i) {
    expect_near_relative(fitted->parameters[i].value, golden.parameters[i], 1e-7);
    expect_near_relative(fitted->parameters[i].standard_error, golden.errors[i], 1e-7);
  }
}

TEST(BgNbd, FitsCdnowToTheLastDigits) {
  const auto shop = cdnow_sample();
  REGULARS_NEEDS(shop);
  const CellTable table = CellTable::of(buying_cells(*shop, day_number("1997-09-30"))).value();
  check_fit(*make_bg_cnbd(1), table,
            {kBg, {.01255737807, .3782240599, .1857338214, .7054142598}, -9582.429206673931});
  check_fit(*make_mbg_cnbd(1), table,
            {kMbg, {.08326820658, .6956206425, .1547899278, .5374947982}, -9582.13571555375});
  const Fitted bg = fit(*make_bg_cnbd(1), table, {}).value();
  const auto correlation = [&](size_t i, size_t j) {
    return bg.covariance_of(i, j) /
           (bg.parameters[i].standard_error * bg.parameters[j].standard_error);
  };
  EXPECT_NEAR(correlation(0, 1), .780381, 1e-6);
  EXPECT_NEAR(correlation(2, 3), .940455, 1e-6);
}

TEST(BgNbd, FitsApparelAsPublished) {
  const auto shop = apparel_shop();
  REGULARS_NEEDS(shop);
  // 104 weeks after the first purchase of all.
  const CellTable table =
      CellTable::of(buying_cells(*shop, day_number("2005-01-02") + 104 * 7)).value();
  const Fitted fitted = fit(*make_bg_cnbd(1), table, {}).value();
  EXPECT_NEAR(fitted.log_likelihood, -5857.01975, 5e-6);
  const std::array<double, 4> published = {.607311, 20.956729, 1.275543, 8.860816};
  for (size_t i = 0; i < 4; ++i)
    expect_near_relative(fitted.parameters[i].value, published[i], 5e-4);
}

}  // namespace
}  // namespace regulars::models
