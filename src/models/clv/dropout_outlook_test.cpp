#include "models/clv/dropout_outlook.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "models/clv/bg_nbd.h"
#include "models/clv/dropout_shop.h"

namespace regulars::models {
namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();

struct GoldenOutlook {
  DropoutParameters p;
  BuyingCell cell;
  double t, expected;
};

// Equation 10's bracket with 40 digits, for customers who are certainly alive at T.
TEST(DropoutOutlook, AgreesWithHighPrecisionAtHostilePoints) {
  const std::vector<GoldenOutlook> goldens = {
      {{.25, 4.4, .999, 2}, {0, 0, 30}, 39, .23523807823653860345},
      {{.25, 4.4, 1.0000001, 2}, {3, 20, 30}, 39, 2.7177148737945987705},
      {{.24, 4.4, .79, 2.42}, {10000, 364, 365}, 52, 1335.4514275010553509},
      {{5, 2000, .001, .1}, {30, 300, 365}, 3650, 53.983811277794281231}};
  for (const GoldenOutlook& g : goldens)
    EXPECT_NEAR(DropoutOutlook({1, false}, g.p, g.cell).expected(g.t), g.expected,
                1e-11 * g.expected);
  const std::vector<GoldenOutlook> so_many_that_tails_are_integrated = {
      {{.25, 1e-6, .8, 2.5}, {0, 0, 0}, 100, 206.70293928111688557},
      {{2, 1e-9, .3, .4}, {0, 0, 0}, 1000, 324371398.48769883403},
      {{50, .01, 3, .2}, {5, 1, 1}, 100000, 3.5999999999958631484}};
  for (const GoldenOutlook& g : so_many_that_tails_are_integrated)
    EXPECT_NEAR(DropoutOutlook({1, false}, g.p, g.cell).expected(g.t), g.expected,
                1e-7 * g.expected);
}

TEST(DropoutOutlook, DiscountsAsQuadratureInTwoUnknownsDoes) {
  const DropoutParameters bg{.25, 4.4, .8, 2.5};
  const DropoutOutlook two({1, false}, bg, {2, 30, 39});
  EXPECT_NEAR(two.discounted(.0027, kForever), 7.1025823902029, 1e-6);
  EXPECT_NEAR(two.discounted(.0027, 52), 2.0141107190113, 1e-6);
  const DropoutParameters mild{.53, 6.18, 1.9, 2.6};
  EXPECT_NEAR(DropoutOutlook({1, false}, mild, {26, 30, 31}).discounted(.01, kForever),
              17.793174506142, 1e-9);
  EXPECT_NEAR(DropoutOutlook({1, false}, mild, {0, 0, 31}).discounted(.01, 26), .27168897522066,
              1e-10);
}

// exp(-rate H) C(H) + rate * integral of exp(-rate s) C(s), by Simpson's rule.
double discounted_by_parts(const DropoutOutlook& outlook, double rate, double horizon) {
  const int steps = 2000;
  const double h = horizon / steps;
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    const double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * std::exp(-rate * i * h) * outlook.expected(i * h);
  }
  return std::exp(-rate * horizon) * outlook.expected(horizon) + rate * sum * h / 3;
}

TEST(DropoutOutlook, OneAnswerFollowsFromAnother) {
  const DropoutParameters p{.6, 5, .8, 2.5};
  for (const DropoutModel& model : {DropoutModel{1, false}, {1, true}, {3, true}, {12, false}})
    for (const BuyingCell& cell : {BuyingCell{0, 0, 0}, {0, 0, 20}, {4, 18, 20}, {60, 35, 40}}) {
      SCOPED_TRACE(testing::Message() << model.k << " x " << cell.x);
      const DropoutOutlook outlook(model, p, cell);
      const double expected = outlook.expected(30);
      const std::vector<double> counts = outlook.p_counts(2000, 30);
      double sum = 0;
      double mean = 0;
      for (size_t n = 0; n < counts.size(); ++n) {
        sum += counts[n];
        mean += static_cast<double>(n) * counts[n];
      }
      EXPECT_NEAR(sum, 1, 1e-12);
      EXPECT_NEAR(mean, expected, 1e-11 * expected);
      const std::vector<double> few = outlook.p_counts(3, 30);
      for (size_t n = 0; n < few.size(); ++n) EXPECT_NEAR(few[n], counts[n], 1e-13);
      EXPECT_NEAR(outlook.p_next_by(30), 1 - counts[0], 1e-12);
      EXPECT_NEAR(outlook.discounted(1e-12, 30), expected, 1e-8 * expected);
      EXPECT_NEAR(outlook.discounted(.02, 30), discounted_by_parts(outlook, .02, 30),
                  1e-7 * expected);
      // Beyond 3000 units nothing is left of a rate of .02.
      EXPECT_NEAR(outlook.discounted(.02, kForever), outlook.discounted(.02, 3000),
                  1e-9 * outlook.discounted(.02, 3000));
      EXPECT_EQ(outlook.alive_after(0), 1);
      EXPECT_GT(outlook.alive_after(10), outlook.alive_after(20));
    }
}

TEST(DropoutOutlook, IsFiniteAtTheEdges) {
  for (const DropoutModel& model : {DropoutModel{1, true}, {3, false}})
    for (int corner = 0; corner < 16; ++corner) {
      const auto pick = [&](int i) { return (corner >> i & 1) != 0 ? 7.2e10 : 1.4e-11; };
      const DropoutParameters p{pick(0), pick(1), pick(2), pick(3)};
      for (const BuyingCell& cell : {BuyingCell{0, 0, 0}, {0, 0, 365}, {10000, 364, 365}}) {
        SCOPED_TRACE(testing::Message() << model.k << " corner " << corner << " x " << cell.x);
        const DropoutOutlook outlook(model, p, cell);
        EXPECT_TRUE(std::isfinite(outlook.expected(52)));
        EXPECT_GE(outlook.expected(52), 0);
        const double alive = outlook.alive_after(52);
        EXPECT_TRUE(alive >= 0 && alive <= 1);
        for (const double n : outlook.p_counts(5, 52)) EXPECT_TRUE(n >= 0 && n <= 1 + 1e-12) << n;
      }
    }
}

// Predictions at the true parameters against what simulated customers then did, in groups by
// purchases so far: sums within 4.5 standard errors.
struct Tally {
  double predicted = 0;
  double happened = 0;
  double variance = 0;
  void add(double p, double h) {
    predicted += p;
    happened += h;
    variance += (h - p) * (h - p);
  }
};
using Tallies = std::map<std::pair<std::string, int>, Tally>;

void tally(Tallies& tallies, const CountModel& model, const std::vector<double>& p,
           const SimulatedCustomer& one, const SimulatedPeriod& period, bool discounts) {
  const int group = static_cast<int>(std::min(one.cell.x, 6.0));
  const auto add = [&](const char* what, double predicted, double happened) {
    tallies[{what, group}].add(predicted, happened);
  };
  const double t = period.beyond / 2;
  const auto by = [&](double end) {
    double n = 0;
    for (const double at : one.later) n += at <= end ? 1 : 0;
    return n;
  };
  add("alive", model.p_alive(p, one.cell), one.alive ? 1 : 0);
  add("purchases", model.conditional_expected(p, one.cell, period.beyond), by(period.beyond));
  add("purchases in half", model.conditional_expected(p, one.cell, t), by(t));
  const std::vector<double> counts = model.p_counts(p, one.cell, 4, t);
  for (size_t n = 0; n < counts.size(); ++n)
    add(("count " + std::to_string(n)).c_str(), counts[n], by(t) == static_cast<double>(n) ? 1 : 0);
  add("next", model.p_next_by(p, one.cell, 5), by(5) > 0 ? 1 : 0);
  if (!discounts) return;
  double sum = 0;
  for (const double at : one.later) sum += std::exp(-.03 * at);
  add("discounted", model.discounted_expected(p, one.cell, .03, period.beyond), sum);
}

TEST(DropoutOutlook, PredictsWhatSimulatedCustomersDo) {
  const SimulatedPeriod period{20, 40, 40};
  for (const DropoutModel& shape : {DropoutModel{1, false}, {1, true}, {3, true}, {2, false}}) {
    const DropoutParameters p{.8, 3.0 / shape.k, .7, 2.2};
    const std::vector<double> values = {p.r, p.alpha, p.a, p.b};
    const auto model = shape.after_first ? make_mbg_cnbd(shape.k) : make_bg_cnbd(shape.k);
    Tallies tallies;
    size_t i = 0;
    for (const SimulatedCustomer& one : simulate_shop(shape, p, period, 6000, 77))
      tally(tallies, *model, values, one, period, i++ % 8 == 0);
    for (const auto& [name, sum] : tallies) {
      EXPECT_NEAR(sum.happened, sum.predicted, 4.5 * std::sqrt(sum.variance) + 0.5)
          << model->info().name << " " << name.first << ", x = " << name.second;
    }
  }
}

TEST(DropoutOutlook, CurveOfNewCustomersIsWhatTheyBuy) {
  const DropoutParameters p{.8, 3, .7, 2.2};
  const std::vector<double> values = {p.r, p.alpha, p.a, p.b};
  for (const bool after_first : {false, true}) {
    const auto model = after_first ? make_mbg_cnbd(2) : make_bg_cnbd(2);
    Tally bought;
    Tally never;
    for (const SimulatedCustomer& one :
         simulate_shop({2, after_first}, p, {25, 25, 1}, 10'000, 5)) {
      bought.add(model->expected(values, 25), one.cell.x);
      never.add(model->p_count_new(values, 0, 25), one.cell.x == 0 ? 1 : 0);
    }
    EXPECT_NEAR(bought.happened, bought.predicted, 4.5 * std::sqrt(bought.variance));
    EXPECT_NEAR(never.happened, never.predicted, 4.5 * std::sqrt(never.variance));
  }
}

}  // namespace
}  // namespace regulars::models
