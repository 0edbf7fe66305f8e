#include "models/clv/dropout_likelihood.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "models/clv/bg_nbd.h"
#include "models/clv/dropout_shop.h"
#include "models/clv/silence.h"
#include "models/fit/gamma_functions.h"
#include "models/fit/mixing.h"

namespace regulars::models {
namespace {

const std::vector<DropoutModel> kModels = {
    {1, false}, {1, true}, {2, false}, {3, true}, {12, true}};
const std::vector<BuyingCell> kCells = {{0, 0, 0},     {0, 0, 30},       {1, 0.5, 30},
                                        {1, 30, 30},   {3, 12, 19.5},    {26, 30, 31},
                                        {180, 38, 40}, {10000, 364, 365}};

std::unique_ptr<CountModel> of(const DropoutModel& model) {
  return model.after_first ? make_mbg_cnbd(model.k) : make_bg_cnbd(model.k);
}

using Logs = std::array<double, 4>;
Derivatives at(const CountModel& model, const Logs& logs, const BuyingCell& cell) {
  std::vector<double> p;
  for (const double log : logs) p.push_back(std::exp(log));
  return model.log_likelihood(p, cell, Order::kHessian);
}

// The difference of fourth order of f along one variable.
template <class F>
double difference(const F& f, const Logs& logs, size_t i, double h) {
  const auto moved = [&](double by) {
    Logs to = logs;
    to[i] += by;
    return f(to);
  };
  return (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
}

TEST(DropoutLikelihood, DerivativesAgreeWithDifferences) {
  for (const DropoutModel& shape : kModels) {
    const auto model = of(shape);
    for (const Logs& logs : {Logs{-1.4, 1.5, -.23, .9}, Logs{1, -2, -4, -1}, Logs{-3, 4, 2, 3}})
      for (const BuyingCell& cell : kCells) {
        SCOPED_TRACE(testing::Message()
                     << model->info().name << " x " << cell.x << " t_x " << cell.t_x);
        const Derivatives d = at(*model, logs, cell);
        const double size = std::max(1.0, std::abs(d.value));
        for (size_t i = 0; i < 4; ++i) {
          const double slope =
              difference([&](const Logs& to) { return at(*model, to, cell).value; }, logs, i, 2e-3);
          EXPECT_NEAR(d.gradient[i], slope, 2e-10 * size + 1e-9 * std::abs(slope));
          for (size_t j = 0; j < 4; ++j) {
            const double bend = difference(
                [&](const Logs& to) { return at(*model, to, cell).gradient[j]; }, logs, i, 2e-3);
            EXPECT_NEAR(d.at(i, j), bend, 2e-9 * size);
            EXPECT_EQ(d.at(i, j), d.at(j, i));
          }
        }
      }
  }
}

// The mixture by quadrature over both unknowns, from the story of one customer.
double by_quadrature(const DropoutModel& m, const DropoutParameters& p, const BuyingCell& c) {
  const double d = m.chances(c.x);
  Expectation leaving = Expectation::beta(p.a, p.b);
  const double stayed = leaving.of([&](double q) { return std::pow(1 - q, d); });
  const double left = d == 0 ? 0 : leaving.of([&](double q) { return q * std::pow(1 - q, d - 1); });
  Expectation rates = Expectation::gamma(p.r, p.alpha);
  const double bought = rates.of([&](double rate) {
    double waits = 0;  // fewer than k hidden events in the silence
    double term = 1;
    for (unsigned j = 0; j < m.k; ++j) {
      waits += term;
      term *= rate * (c.T - c.t_x) / (j + 1);
    }
    waits *= std::exp(-rate * (c.T - c.t_x));
    return std::exp(m.k * c.x * std::log(rate) - rate * c.t_x) * (stayed * waits + left);
  });
  return std::log(bought) - c.x * log_gamma(m.k);
}

TEST(DropoutLikelihood, IsTheMixtureOfItsStory) {
  for (const DropoutModel& model : kModels)
    for (const DropoutParameters& p :
         {DropoutParameters{.25, 4.4, .8, 2.4}, {2.5, 9, .1, .3}, {.6, .3, 3, 1}})
      for (const BuyingCell& cell :
           {BuyingCell{0, 0, 30}, {1, 4, 30}, {1, 30, 30}, {7, 12, 19.5}}) {
        const uint64_t one = 1;
        const double value =
            dropout_likelihood(model, p, {&cell, 1}, {&one, 1}, Order::kValue).value;
        const double story = by_quadrature(model, p, cell);
        EXPECT_NEAR(value, story, 1e-8 * std::abs(story)) << model.k << " x " << cell.x;
      }
}

TEST(DropoutLikelihood, OfATableIsTheSumOfItsCells) {
  const DropoutParameters p{.25, 4.4, .8, 2.4};
  const std::vector<double> values = {p.r, p.alpha, p.a, p.b};
  const std::vector<BuyingCell> customers = cells_of(simulate_shop({1, true}, p, {}, 500, 3));
  const CellTable table = CellTable::of(customers).value();
  for (const DropoutModel& shape : kModels) {
    const auto model = of(shape);
    const Derivatives whole = model->log_likelihood(values, table, Order::kHessian);
    Derivatives sum;
    for (const BuyingCell& cell : customers)
      sum += model->log_likelihood(values, cell, Order::kHessian);
    EXPECT_NEAR(whole.value, sum.value, 1e-9 * std::abs(sum.value));
    for (size_t i = 0; i < 4; ++i) {
      EXPECT_NEAR(whole.gradient[i], sum.gradient[i], 1e-9 * std::abs(sum.gradient[i]) + 1e-9);
      for (size_t j = 0; j < 4; ++j)
        EXPECT_NEAR(whole.at(i, j), sum.at(i, j), 1e-9 * std::abs(sum.at(i, j)) + 1e-9);
    }
    EXPECT_EQ(model->log_likelihood(values, table, Order::kGradient).hessian[0], 0);
  }
}

TEST(DropoutLikelihood, IsFiniteWhereverTheSearchMayGo) {
  for (const DropoutModel& shape : kModels) {
    const auto model = of(shape);
    for (int corner = 0; corner < 81; ++corner) {
      Logs logs;
      for (int i = 0, rest = corner; i < 4; ++i, rest /= 3)
        logs[static_cast<size_t>(i)] = 25.0 * (rest % 3 - 1);
      for (const BuyingCell& cell : kCells) {
        const Derivatives d = at(*model, logs, cell);
        bool finite = std::isfinite(d.value);
        for (const double g : d.gradient) finite = finite && std::isfinite(g);
        for (const double h : d.hessian) finite = finite && std::isfinite(h);
        EXPECT_TRUE(finite) << model->info().name << " corner " << corner << " x " << cell.x;
        std::vector<double> p;
        for (const double log : logs) p.push_back(std::exp(log));
        const double alive = model->p_alive(p, cell);
        EXPECT_TRUE(alive >= 0 && alive <= 1);
      }
    }
  }
}

TEST(Silence, OfShapeOneIsOneTermAndFallsWithTime) {
  EXPECT_NEAR(silence(1, 2.5, 4, 10, 30).log, 2.5 * std::log(14 / 34.0), 1e-14);
  for (const unsigned k : {1U, 2U, 12U}) {
    EXPECT_NEAR(silence(k, 2.5, 4, 30, 30).log, 0, 1e-15);
    double before = 0;
    for (double now = 31; now < 1e6; now *= 2) {
      const double log = silence(k, 2.5, 4, 30, now).log;
      EXPECT_LT(log, before + 1e-15);
      before = log;
    }
  }
  EXPECT_NEAR(log_shrink(1e-11, 0, 365), std::log(1e-11 / 365), 1e-13);
}

}  // namespace
}  // namespace regulars::models
