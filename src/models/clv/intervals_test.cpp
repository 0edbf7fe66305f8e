#include "models/clv/intervals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "models/clv/bg_nbd.h"
#include "models/test_data.h"

namespace regulars::models {
namespace {

constexpr double kHorizon = 52;
constexpr SpendParameters kSpend{6.25, 3.74, 15.44};

// A shop after BG/NBD and Gamma-Gamma, and what came after T.
struct Simulated {
  std::vector<BuyingCell> cells;
  std::vector<double> later;        // purchases in (T, T + kHorizon]
  std::vector<double> later_money;  // and what they brought
  std::vector<double> mean_spend;   // of the x repeats; 0 without
};

Simulated simulate(size_t customers, uint64_t seed) {
  Random random(seed);
  Simulated shop;
  for (size_t c = 0; c < customers; ++c) {
    const double rate = random.gamma(0.6, 6);
    const double leave = random.beta(0.8, 2.5);
    const double nu = random.gamma(kSpend.q, kSpend.gamma);
    BuyingCell cell{0, 0, 26 + 26 * random.uniform()};
    double later = 0;
    double money = 0;
    double later_money = 0;
    double at = 0;
    // The first purchase leads to leaving with the chance of any other only after a repeat.
    for (bool stays = true; stays;) {
      at += random.exponential(rate);
      if (at > cell.T + kHorizon) break;
      const double spent = random.gamma(kSpend.p, nu);
      if (at <= cell.T) {
        cell.x += 1;
        cell.t_x = at;
        money += spent;
      } else {
        later += 1;
        later_money += spent;
      }
      stays = !random.chance(leave);
    }
    shop.cells.push_back(cell);
    shop.later.push_back(later);
    shop.later_money.push_back(later_money);
    shop.mean_spend.push_back(cell.x > 0 ? money / cell.x : 0);
  }
  return shop;
}

class Intervals : public testing::Test {
 protected:
  void fit_to(const Simulated& shop) {
    table_ = CellTable::of(shop.cells).value();
    fitted_ = fit(*model_, table_, {}).value();
    ASSERT_TRUE(fitted_.converged);
  }
  std::unique_ptr<CountModel> model_ = make_bg_cnbd(1);
  CellTable table_;
  Fitted fitted_;
};

TEST_F(Intervals, TheNormalApproximationOfAThousandCustomersIsGoodAndSaysSo) {
  fit_to(simulate(1500, 1));
  const Posterior posterior = posterior_of(*model_, table_, fitted_, {}).value();
  EXPECT_EQ(posterior.size(), 400U);
  EXPECT_GT(posterior.effective_share, 0.3);
  EXPECT_LT(posterior.tail, 0.7);
  for (size_t i = 0; i < 4; ++i) {
    double mean = 0;
    for (size_t d = 0; d < posterior.size(); ++d) mean += posterior.draw(d)[i] / 400;
    EXPECT_NEAR(mean, fitted_.parameters[i].value, fitted_.parameters[i].standard_error);
  }
}

TEST_F(Intervals, OfFewCustomersAreCalledRoughOrRefused) {
  fit_to(simulate(1500, 1));
  Fitted flat = fitted_;
  flat.covariance.clear();
  EXPECT_FALSE(posterior_of(*model_, table_, flat, {}));
  EXPECT_FALSE(expected_intervals(*model_, flat, table_.cells(), kHorizon, {}));
}

// The surface to second order against the quantity itself at every draw.
TEST_F(Intervals, AgreeWithExactDraws) {
  fit_to(simulate(2000, 2));
  const Posterior posterior =
      posterior_of(*model_, table_, fitted_, {.draws = 4000, .checked = 0}).value();
  const std::vector<BuyingCell> cells = {{0, 0, 40}, {1, 5, 40}, {4, 30, 40}, {12, 39, 40}};
  const auto fast = expected_intervals(*model_, fitted_, cells, kHorizon, {.draws = 4000}).value();
  for (size_t i = 0; i < cells.size(); ++i) {
    std::vector<double> expected;
    std::vector<double> alive;
    for (size_t d = 0; d < posterior.size(); ++d) {
      expected.push_back(model_->conditional_expected(posterior.draw(d), cells[i], kHorizon));
      alive.push_back(model_->p_alive(posterior.draw(d), cells[i]));
    }
    std::ranges::sort(expected);
    std::ranges::sort(alive);
    EXPECT_NEAR(fast.expected_interval[i].low, expected[400], 0.02 * expected[400]);
    EXPECT_NEAR(fast.expected_interval[i].high, expected[3600], 0.02 * expected[3600]);
    EXPECT_NEAR(fast.p_alive_interval[i].low, alive[400], 0.01);
    EXPECT_NEAR(fast.p_alive_interval[i].high, alive[3600], 0.01);
  }
}

TEST_F(Intervals, OfCountsAndRevenueCoverWhatCame) {
  const Simulated shop = simulate(600, 3);
  fit_to(shop);
  const Posterior posterior =
      posterior_of(*model_, table_, fitted_, {.draws = 3, .checked = 0}).value();
  const std::vector<Interval> counts =
      count_intervals(*model_, posterior, shop.cells, kHorizon, {});
  std::vector<uint32_t> spend_counts;
  for (const BuyingCell& cell : shop.cells) {
    spend_counts.push_back(static_cast<uint32_t>(cell.x));
  }
  const std::vector<Interval> revenue =
      scaled_revenue_intervals(*model_, posterior, kSpend, shop.cells, spend_counts, kHorizon, {});
  double counts_within = 0;
  double open = 0;  // customers whose upper end is not nothing: there it cuts off a tenth
  double above = 0;
  double below = 0;
  for (size_t c = 0; c < shop.cells.size(); ++c) {
    counts_within += counts[c].low <= shop.later[c] && shop.later[c] <= counts[c].high ? 1 : 0;
    const double scale = spend_scale(kSpend, {shop.cells[c].x, shop.mean_spend[c]});
    if (revenue[c].high == 0) continue;
    open += 1;
    below += shop.later_money[c] < revenue[c].low * scale * (1 - 1e-9) ? 1 : 0;
    above += shop.later_money[c] > revenue[c].high * scale * (1 + 1e-9) ? 1 : 0;
  }
  EXPECT_GE(counts_within / 600, 0.77);
  ASSERT_GT(open, 200);
  EXPECT_NEAR(above / open, 0.1, 0.05);
  // Less lies below the lower end, as for many nothing at all is within the interval.
  EXPECT_LE(below / open, 0.1 + 0.05);
}

TEST_F(Intervals, CertaintiesStay) {
  fit_to(simulate(1500, 4));
  const std::vector<BuyingCell> cells = {{0, 0, 40}};
  const auto intervals = expected_intervals(*model_, fitted_, cells, kHorizon, {}).value();
  EXPECT_EQ(intervals.p_alive_interval[0], (Interval{1, 1}));
}

}  // namespace
}  // namespace regulars::models
