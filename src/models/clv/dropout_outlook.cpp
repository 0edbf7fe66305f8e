#include "models/clv/dropout_outlook.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "models/clv/silence.h"
#include "models/fit/count_walk.h"
#include "models/fit/gamma_functions.h"
#include "models/fit/long_sum.h"
#include "models/fit/mixing.h"

namespace regulars::models {
namespace {

constexpr size_t kAdded = 50'000;  // purchases whose probabilities are added one by one
constexpr double kLong = 1e5;      // hidden events, for discounting
constexpr double kNegligible = 1e-20;
constexpr double kMadeAdded = 1000;

// P(at least m events up to t) of a negative binomial count; m need not be whole.
double at_least(double m, double shape, double rate, double t) {
  if (m <= 0) return 1;
  const double miss = rate / (rate + t);
  const double tail = miss < 0.5 ? boost::math::ibetac(shape, m, miss)
                                 : boost::math::ibeta(m, shape, t / (rate + t));
  return std::clamp(tail, 0.0, 1.0);
}

}  // namespace

DropoutOutlook::DropoutOutlook(const DropoutModel& model, const DropoutParameters& p,
                               const BuyingCell& cell)
    : k_(model.k), a_(p.a), b_(p.b + model.chances(cell.x)), rate_(p.alpha + cell.T) {
  const double n = p.r + k_ * cell.x;
  const double v = (cell.T - cell.t_x) / rate_;
  double weight = 1;
  double total = 0;
  for (unsigned j = 0; j < k_; ++j) {
    phases_.push_back({weight, n + j});
    total += weight;
    weight *= (n + j) / (j + 1) * v;
  }
  for (Phase& phase : phases_) phase.weight /= total;
}

double DropoutOutlook::survives(double purchases) const {
  // Gamma(b + n) Gamma(a + b) / (Gamma(b) Gamma(a + b + n)), by the shorter way up.
  if (a_ < purchases)
    return std::exp(log_rising(b_, a_).value - log_rising(b_ + purchases, a_).value);
  return std::exp(log_rising(b_, purchases).value - log_rising(a_ + b_, purchases).value);
}

double DropoutOutlook::made_of(double purchases) const {
  double sum = 0;
  double survivors = 1;
  double i = 0;
  for (; i < kMadeAdded && i < purchases; i += 1) {
    sum += survivors;
    survivors *= (b_ + i) / (a_ + b_ + i);
  }
  if (purchases <= i) return sum;
  // The rest telescopes: survivors (b + c) / c (1 - (b)_m / (b + c)_m) with c = a - 1.
  const double b = b_ + i;
  const double c = std::abs(a_ - 1) < 1e-10 ? 1e-10 : a_ - 1;
  const double ratio = log_rising(b, c).value - log_rising(b + (purchases - i), c).value;
  return sum - survivors * (b + c) / c * std::expm1(ratio);
}

double DropoutOutlook::more_than(double purchases, double t) const {
  double sum = 0;
  for (size_t j = 0; j < phases_.size(); ++j)
    sum += phases_[j].weight *
           at_least(k_ * (purchases + 1) - static_cast<double>(j), phases_[j].shape, rate_, t);
  return sum;
}

// P(J = i) for i = 0, 1, ..., until the rest is negligible or i = most.
std::vector<double> DropoutOutlook::count_probabilities(double t, size_t most) const {
  std::vector<double> result(1);
  for (size_t j = 0; j < phases_.size(); ++j) {
    CountWalk walk(NegativeBinomial(phases_[j].shape, rate_, t));
    const auto offset = static_cast<double>(j);
    const double last = static_cast<double>(k_) * (static_cast<double>(most) + 1);
    for (; walk.at() + offset < last; walk.step()) {
      if (walk.at() >= 2.0 * k_ && walk.rest() < kNegligible) break;
      const auto i = static_cast<size_t>((walk.at() + offset) / k_);
      if (i >= result.size()) result.resize(i + 1);
      result[i] += phases_[j].weight * walk.probability();
    }
  }
  return result;
}

template <class Next, class Smooth>
double DropoutOutlook::expectation(double t, const Next& next, const Smooth& smooth) const {
  double sum = 0;
  const std::vector<double> probabilities = count_probabilities(t, kAdded);
  for (const double probability : probabilities) sum += probability * next();
  if (probabilities.size() <= kAdded) return sum;
  const double end = k_ * (static_cast<double>(kAdded) + 1) - 0.5;
  for (size_t j = 0; j < phases_.size(); ++j) {
    const NegativeBinomial law(phases_[j].shape, rate_, t);
    const double width = std::sqrt(1 / law.shape + 1 / law.mean);
    const auto offset = static_cast<double>(j);
    sum += phases_[j].weight * integral_on_logarithm(
                                   [&](double events) {
                                     return std::exp(law.log_probability(events - offset)) *
                                            smooth((events - (k_ - 1) / 2.0) / k_);
                                   },
                                   end, law.mean + offset, width);
  }
  return sum;
}

double DropoutOutlook::expected(double t) const {
  if (t <= 0) return 0;
  double survivors = 1;  // E[(1 - p)^i]
  double purchases = 0;  // expected when she would have made i
  double i = 0;
  const auto next = [&] {
    const double now = purchases;
    purchases += survivors;
    survivors *= (b_ + i) / (a_ + b_ + i);
    i += 1;
    return now;
  };
  return expectation(t, next, [&](double n) { return made_of(n); });
}

double DropoutOutlook::alive_after(double t) const {
  if (t <= 0) return 1;
  double survivors = 1;
  double i = 0;
  const auto next = [&] {
    const double now = survivors;
    survivors *= (b_ + i) / (a_ + b_ + i);
    i += 1;
    return now;
  };
  return std::min(1.0, expectation(t, next, [&](double n) { return survives(n); }));
}

std::vector<double> DropoutOutlook::p_counts(unsigned most, double t) const {
  std::vector<double> result(size_t{most} + 1);
  if (t <= 0) {
    result[0] = 1;
    return result;
  }
  const std::vector<double> would = count_probabilities(t, most);
  std::copy(would.begin(), would.end(), result.begin());
  double tail = more_than(most, t);
  for (size_t n = most; n > 0; --n) {
    tail += result[n];
    const auto before = static_cast<double>(n - 1);
    const double survivors = survives(before);
    result[n] =
        survivors * ((b_ + before) * result[n] + a_ * std::min(1.0, tail)) / (a_ + b_ + before);
  }
  return result;
}

double DropoutOutlook::p_next_by(double t) const { return t <= 0 ? 0 : more_than(0, t); }

// The sum over purchases of E[(1 - p)^i] times their discount while lambda is known: the i-th is
// the m-th hidden event, m = k i - phase, and exp(-rate S) P(S <= horizon) is expected to be
// (lambda / (lambda + rate))^m P(Poisson((lambda + rate) horizon) >= m).
double DropoutOutlook::discounted_given(double lambda, size_t phase, double rate,
                                        double horizon) const {
  const double log_factor = -std::log1p(rate / lambda);
  const double each = std::exp(k_ * log_factor);
  const double mean = (lambda + rate) * horizon;
  const auto before = static_cast<double>(phase);
  // So many events that they are as many as expected.
  if (mean > kLong)
    return long_sum(
        [&](double i) { return survives(i) * std::exp((k_ * (i + 1) - before) * log_factor); },
        (mean + before) / k_);
  double sum = 0;
  double so_far = 0;  // discounted purchases when as many events as the walk is at fit in
  double next = std::exp((k_ - before) * log_factor);
  double purchases = 0;
  CountWalk walk{Poisson{mean}};
  for (;; walk.step()) {
    while (k_ * (purchases + 1) - before <= walk.at()) {
      so_far += next;
      next *= (b_ + purchases) / (a_ + b_ + purchases) * each;
      purchases += 1;
    }
    sum += walk.probability() * so_far;
    if (walk.at() > mean + k_ && walk.rest() * (so_far + 1) <= kNegligible * sum) return sum;
    if (walk.at() > mean && walk.probability() == 0) return sum;
  }
}

double DropoutOutlook::discounted(double rate, double horizon) const {
  if (horizon <= 0) return 0;
  if (rate <= 0) return expected(horizon);
  Expectation leaving = Expectation::beta(a_, b_);
  // Discounted purchases without end: the geometric series of (1 - p) factor^k.
  const auto without_end = [&](double lambda, size_t phase) {
    const double log_factor = -std::log1p(rate / lambda);
    const double lost = -std::expm1(k_ * log_factor);
    const double first = std::exp((k_ - static_cast<double>(phase)) * log_factor);
    return first * leaving.of([&](double p) { return 1 / (lost + p * (1 - lost)); });
  };
  double sum = 0;
  for (size_t j = 0; j < phases_.size(); ++j) {
    if (phases_[j].weight < kNegligible) continue;
    Expectation rates = Expectation::gamma(phases_[j].shape, rate_);
    sum += phases_[j].weight * rates.of([&](double lambda) {
      return std::isinf(horizon) ? without_end(lambda, j)
                                 : discounted_given(lambda, j, rate, horizon);
    });
  }
  return sum;
}

}  // namespace regulars::models
