#include "models/clv/bg_bb.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.h"
#include "models/coverage.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

constexpr uint64_t kShops = 400;
constexpr double kGate = 0.03;

const std::vector<double> kDonors = {1.2035223516019, .74971635817294, .65671820844183,
                                     2.7834422325774};

CellTable donations(const TextTable& table) {
  std::vector<BuyingCell> cells;
  std::vector<uint64_t> counts;
  for (size_t i = 1; i < table.size(); ++i) {
    cells.push_back({std::stod(table[i][0]), std::stod(table[i][1]), std::stod(table[i][2])});
    counts.push_back(std::stoull(table[i][3]));
  }
  return CellTable::of_counted(cells, counts).value();
}

// Customers with 1 to `most` opportunities each.
CellTable simulate(const std::vector<double>& truth, size_t customers, int64_t most,
                   uint64_t seed) {
  Random random(seed);
  std::vector<BuyingCell> cells;
  for (size_t i = 0; i < customers; ++i) {
    const double buys = random.beta(truth[0], truth[1]);
    const double leaves = random.beta(truth[2], truth[3]);
    BuyingCell cell;
    cell.T = static_cast<double>(1 + random.below(most));
    for (double t = 1; t <= cell.T && !random.chance(leaves); ++t) {
      if (!random.chance(buys)) continue;
      ++cell.x;
      cell.t_x = t;
    }
    cells.push_back(cell);
  }
  return CellTable::of(cells).value();
}

TEST(BgBb, DonationsAsWithHighPrecision) {
  const auto table = public_table("cdnow/donations.csv", ',');
  REGULARS_NEEDS(table);
  const Fitted fitted = fit(*bg_bb(), donations(*table), {}).value();
  EXPECT_TRUE(fitted.converged);
  EXPECT_EQ(fitted.customers, 11104U);
  EXPECT_EQ(fitted.cells, 22U);
  EXPECT_NEAR(fitted.log_likelihood, -33225.581274347, 1e-8);
  const std::array<double, 4> errors = {.069391362389, .029447716660, .051009858957, .32081900304};
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(fitted.parameters[i].value, kDonors[i], 1e-6);
    EXPECT_NEAR(fitted.parameters[i].standard_error, errors[i], 1e-6);
  }
}

// The 22 histories of Hardie's note 010, from eq. 7 with 30 digits; the first and the last are
// published as -2.18167 and -1.16752.
TEST(BgBb, LikelihoodOfEveryHistoryOfSixYears) {
  const std::vector<std::pair<BuyingCell, double>> known = {
      {{6, 6, 6}, -2.18167349270407}, {{5, 6, 6}, -4.29485107774753},
      {{5, 5, 6}, -3.71682090449717}, {{4, 6, 6}, -5.38473315557302},
      {{4, 5, 6}, -5.09558105229149}, {{4, 4, 6}, -3.84829460529588},
      {{3, 6, 6}, -5.80915822065457}, {{3, 5, 6}, -5.61576744495859},
      {{3, 4, 6}, -5.05935885291339}, {{3, 3, 6}, -3.52745069098059},
      {{2, 6, 6}, -5.65172896067031}, {{2, 5, 6}, -5.50636760503282},
      {{2, 4, 6}, -5.19561959822113}, {{2, 3, 6}, -4.51619957035813},
      {{2, 2, 6}, -3.01199759184107}, {{1, 6, 6}, -4.8837012074054},
      {{1, 5, 6}, -4.76723724323692}, {{1, 4, 6}, -4.57070760994278},
      {{1, 3, 6}, -4.22465715427226}, {{1, 2, 6}, -3.58817588425668},
      {{1, 1, 6}, -2.28882758699002}, {{0, 0, 6}, -1.16751710292309}};
  for (const auto& [cell, value] : known)
    EXPECT_NEAR(bg_bb()->log_likelihood(kDonors, cell, Order::kValue).value, value, 1e-12);
}

TEST(BgBb, CustomersNeedNotHaveHadTheSameOpportunities) {
  const std::vector<BuyingCell> cells = {{0, 0, 3}, {1, 2, 3}, {2, 2, 5}, {3, 5, 5},
                                         {1, 1, 8}, {4, 7, 8}, {4, 4, 8}, {4, 6, 8}};
  const std::vector<uint64_t> counts = {10, 4, 3, 2, 5, 2, 1, 1};
  const CellTable table = CellTable::of_counted(cells, counts).value();
  EXPECT_NEAR(bg_bb()->log_likelihood(kDonors, table, Order::kValue).value, -77.67500343061265,
              1e-11);
}

TEST(BgBb, DerivativesAgreeWithDifferencesAndTablesWithTheirCustomers) {
  const auto model = bg_bb();
  const CellTable table = simulate({1.5, 3, .4, 6}, 300, 25, 1);
  const auto at = [](std::vector<double> logs) {
    for (double& v : logs) v = std::exp(v);
    return logs;
  };
  const std::vector<double> centre = {0.3, 0.9, -0.7, 1.6};
  const Derivatives d = model->log_likelihood(at(centre), table, Order::kHessian);
  const Derivatives one_by_one =
      model->CountModel::log_likelihood(at(centre), table, Order::kHessian);
  EXPECT_NEAR(d.value, one_by_one.value, 1e-10);
  const double h = 1e-5;
  for (size_t i = 0; i < 4; ++i) {
    auto up = centre;
    auto down = centre;
    up[i] += h;
    down[i] -= h;
    const Derivatives high = model->log_likelihood(at(up), table, Order::kGradient);
    const Derivatives low = model->log_likelihood(at(down), table, Order::kGradient);
    EXPECT_NEAR(d.gradient[i], (high.value - low.value) / (2 * h), 1e-5);
    EXPECT_NEAR(d.gradient[i], one_by_one.gradient[i], 1e-10);
    for (size_t j = 0; j < 4; ++j) {
      EXPECT_NEAR(d.at(i, j), (high.gradient[j] - low.gradient[j]) / (2 * h), 1e-5);
      EXPECT_NEAR(d.at(i, j), one_by_one.at(i, j), 1e-9);
    }
  }
}

TEST(BgBb, ExpectationsAsPublished) {
  const auto model = bg_bb();
  const std::array<double, 11> published = {.4985,  .9233,  1.2969, 1.6323, 1.9381, 2.2202,
                                            2.4826, 2.7285, 2.9603, 3.1798, 3.3887};
  for (size_t t = 0; t < published.size(); ++t)
    EXPECT_NEAR(model->expected(kDonors, static_cast<double>(t + 1)), published[t], 6e-5);
  EXPECT_NEAR(model->conditional_expected(kDonors, {0, 0, 6}, 10), 0.1302180884033, 1e-12);
  EXPECT_NEAR(model->conditional_expected(kDonors, {4, 5, 6}, 10), 3.627967656236, 1e-11);
  // At the parameters that BTYD prints.
  const std::vector<double> btyd = {1.203528, .749726, .6567808, 2.783796};
  EXPECT_NEAR(model->conditional_expected(btyd, {0, 0, 6}, 10), .1302169, 5e-8);
  EXPECT_NEAR(model->conditional_expected(btyd, {4, 5, 6}, 10), 3.627858, 5e-7);
  EXPECT_NEAR(model->expected(btyd, 10), 3.179805, 1e-6);
  // Table 6 of the paper is of the next opportunity.
  EXPECT_NEAR(model->p_alive(kDonors, {0, 0, 6}, 1), .11, 5e-3);
  EXPECT_NEAR(model->p_alive(kDonors, {2, 4, 6}, 1), .59, 5e-3);
  EXPECT_NEAR(model->p_alive(kDonors, {6, 6, 6}, 1), .93, 5e-3);
  EXPECT_EQ(model->p_alive(kDonors, {4, 6, 6}), 1);
}

TEST(BgBb, DiscountedPurchasesWithoutEnd) {
  const auto model = bg_bb();
  const double rate = std::log(1.1);
  EXPECT_NEAR(model->discounted_expected(kDonors, {4, 5, 6}, rate, HUGE_VAL), 3.1970914784937,
              1e-11);
  EXPECT_NEAR(model->discounted_expected(kDonors, {4, 5, 6}, rate, 400), 3.1970914784937, 1e-11);
  EXPECT_NEAR(model->discounted_expected(kDonors, {4, 5, 6}, 0, 10), 3.627967656236, 1e-11);
}

TEST(BgBb, ProbabilitiesOfCounts) {
  const auto model = bg_bb();
  const std::array<double, 7> six = {0.3111385079006, 0.1700877488861,  0.1214771562889,
                                     0.1002682400049, 0.09167168653004, 0.09250414572324,
                                     0.1128525146662};
  for (unsigned n = 0; n < six.size(); ++n)
    EXPECT_NEAR(model->p_count_new(kDonors, n, 6), six[n], 1e-12);
  EXPECT_NEAR(model->p_count_new(kDonors, 20, 50), 0.006663505556171, 1e-14);
  EXPECT_NEAR(model->p_count_new(kDonors, 900, 2000), 1.473952739576e-5, 1e-16);
  EXPECT_EQ(model->p_count_new(kDonors, 7, 6), 0);
  EXPECT_EQ(model->p_count_new(kDonors, 0, 0), 1);
}

TEST(BgBb, CountsSumToOneWithTheConditionalExpectationAsMean) {
  const auto model = bg_bb();
  for (const BuyingCell& cell :
       {BuyingCell{0, 0, 0}, BuyingCell{0, 0, 6}, BuyingCell{3, 4, 9}, BuyingCell{40, 50, 50}}) {
    const std::vector<double> counts = model->p_counts(kDonors, cell, 30, 30);
    double sum = 0;
    double mean = 0;
    for (size_t n = 0; n < counts.size(); ++n) {
      sum += counts[n];
      mean += static_cast<double>(n) * counts[n];
    }
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_NEAR(mean, model->conditional_expected(kDonors, cell, 30), 1e-10);
    EXPECT_NEAR(model->p_next_by(kDonors, cell, 30), 1 - counts[0], 1e-12);
  }
  EXPECT_NEAR(model->conditional_expected(kDonors, {0, 0, 0}, 12), model->expected(kDonors, 12),
              1e-12);
}

// P(alive) a while later is that of a customer seen to be there, times staying.
TEST(BgBb, StayingFallsWithTime) {
  const auto model = bg_bb();
  double before = 1;
  for (double after = 0; after < 40; ++after) {
    const double alive = model->p_alive(kDonors, {2, 3, 5}, after);
    EXPECT_LT(alive, before);
    before = alive;
  }
}

TEST(BgBb, FindsTheTruth) {
  const std::vector<double> truth = {1.2, 2.5, 0.7, 5};
  const Fitted fitted = fit(*bg_bb(), simulate(truth, 20000, 20, 7), {}).value();
  EXPECT_TRUE(fitted.converged);
  for (size_t i = 0; i < 4; ++i)
    EXPECT_LT(std::abs(fitted.parameters[i].value - truth[i]),
              3.5 * fitted.parameters[i].standard_error)
        << fitted.parameters[i].name;
}

// 2,000 shops of 8,000 customers gave 0.951 to 0.955; here fewer, so a wider gate.
TEST(BgBb, IntervalsHoldTheTruthAsOftenAsTheySay) {
  const std::vector<double> truth = {1.2, 1.5, 0.7, 2.8};
  Coverage coverage(truth);
  for (uint64_t shop = 0; shop < kShops; ++shop)
    coverage.add(fit(*bg_bb(), simulate(truth, 3000, 12, 1000 + shop), {}).value());
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(coverage.of(i), 0.95, kGate) << i;
}

TEST(BgBb, IsFoundByName) {
  const auto model = count_model("bg-bb");
  ASSERT_TRUE(model);
  EXPECT_TRUE((*model)->info().discrete);
  EXPECT_EQ((*model)->size(), 4U);
}

TEST(BgBb, EverythingIsFiniteForEveryCellAndParameter) {
  const auto model = bg_bb();
  const std::vector<BuyingCell> cells = {{0, 0, 0},     {0, 0, 1},        {1, 1, 1},
                                         {3, 3, 400},   {200, 200, 1000}, {1000, 5000, 5000},
                                         {0, 0, 1e5},   {0, 0, 1e300},    {5, 2.5, 3.7},
                                         {1e300, 1, 2}, {1, 1e-9, 0.5},   {99999, 1e5, 1e5}};
  for (const double log_p : {-25.0, -5.0, 0.0, 5.0, 25.0}) {
    for (const double log_d : {-25.0, 0.0, 25.0}) {
      const std::vector<double> p = {std::exp(log_p), std::exp(log_d), std::exp(log_d),
                                     std::exp(-log_p)};
      for (const BuyingCell& cell : cells) {
        const Derivatives d = model->log_likelihood(p, cell, Order::kHessian);
        EXPECT_TRUE(std::isfinite(d.value) && d.value <= 1e-12);
        for (size_t i = 0; i < 4; ++i)
          EXPECT_TRUE(std::isfinite(d.gradient[i]) && std::isfinite(d.at(i, i)));
        const double alive = model->p_alive(p, cell, 3);
        EXPECT_TRUE(alive >= 0 && alive <= 1);
        for (const double t : {0.0, 0.5, 7.0, 1e9}) {
          EXPECT_TRUE(std::isfinite(model->conditional_expected(p, cell, t)));
          EXPECT_TRUE(std::isfinite(model->discounted_expected(p, cell, 0.01, t)));
        }
        EXPECT_TRUE(std::isfinite(model->discounted_expected(p, cell, 0.01, HUGE_VAL)));
        EXPECT_TRUE(std::isfinite(model->discounted_expected(p, cell, 0, HUGE_VAL)));
        for (const double part : model->p_counts(p, cell, 5, 12))
          EXPECT_TRUE(part >= 0 && part <= 1);
        const double next = model->p_next_by(p, cell, 12);
        EXPECT_TRUE(next >= -1e-12 && next <= 1) << next;
      }
      EXPECT_TRUE(std::isfinite(model->expected(p, 1e12)));
      EXPECT_TRUE(std::isfinite(model->p_count_new(p, 5000, 10000)));
    }
  }
  EXPECT_NEAR(
      model->log_likelihood(std::vector<double>(4, std::exp(25)), {3, 5, 9}, Order::kValue).value,
      -7.3349856935465, 1e-9);
  EXPECT_NEAR(
      model->log_likelihood(std::vector<double>(4, std::exp(-25)), {3, 5, 9}, Order::kValue).value,
      -31.510258340524, 1e-11);
  EXPECT_NEAR(model->p_alive(kDonors, {3, 3, 400}), 1.082359869588e-10, 1e-21);
}

TEST(BgBb, CellsThatAreNoOpportunitiesAreRefused) {
  for (const BuyingCell& wrong :
       {BuyingCell{1, 1.5, 3}, BuyingCell{1, 1, 3.5}, BuyingCell{3, 2, 5}, BuyingCell{0, 0, 1e9}}) {
    const std::vector<BuyingCell> cells = {{1, 1, 2}, wrong};
    const Result<Fitted> fitted = fit(*bg_bb(), CellTable::of(cells).value(), {});
    ASSERT_FALSE(fitted);
    EXPECT_NE(fitted.error().message().find("opportunities"), std::string::npos);
  }
}

TEST(BgBb, PoorDataGiveAnErrorOrAFiniteAnswer) {
  EXPECT_FALSE(fit(*bg_bb(), CellTable(), {}));
  const std::vector<BuyingCell> never = {{0, 0, 6}, {0, 0, 5}};
  EXPECT_FALSE(fit(*bg_bb(), CellTable::of(never).value(), {}));
  const std::vector<std::vector<BuyingCell>> poor = {
      {{1, 3, 6}},
      std::vector<BuyingCell>(1000, BuyingCell{3, 5, 6}),
      {{1, 1, 1}, {0, 0, 1}},
      {{0, 0, 0}, {1, 1, 1}},
      {{6, 6, 6}, {6, 6, 6}},
      {{3, 3, 400}, {0, 0, 400}}};
  for (const std::vector<BuyingCell>& cells : poor) {
    const Fitted fitted = fit(*bg_bb(), CellTable::of(cells).value(), {}).value();
    EXPECT_FALSE(fitted.warnings.empty());
    EXPECT_TRUE(std::isfinite(fitted.log_likelihood));
    for (const Parameter& parameter : fitted.parameters)
      EXPECT_TRUE(std::isfinite(parameter.value) && parameter.value > 0);
  }
}

}  // namespace
}  // namespace regulars::models
