#include "models/clv/intervals.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <functional>

#include "base/random.h"

namespace regulars::models {
namespace {

// Standard normal draws, the same for every customer.
std::vector<double> normal_draws(size_t count, size_t dimensions, uint64_t seed) {
  Random random(seed);
  std::vector<double> draws(count * dimensions);
  for (double& draw : draws) draw = random.normal();
  return draws;
}

// Parameters one standard deviation along each axis of their covariance, up and down.
class Axes {
 public:
  Axes(const Fitted& fitted, const std::vector<double>& factor) : n_(fitted.parameters.size()) {
    add(fitted, factor, n_, 0);
    for (size_t axis = 0; axis < n_; ++axis) {
      add(fitted, factor, axis, 1);
      add(fitted, factor, axis, -1);
    }
  }
  size_t count() const { return n_; }
  Parameters centre() const { return at(0); }
  Parameters up(size_t axis) const { return at(1 + 2 * axis); }
  Parameters down(size_t axis) const { return at(2 + 2 * axis); }

 private:
  void add(const Fitted& fitted, const std::vector<double>& factor, size_t axis, double step) {
    for (size_t i = 0; i < n_; ++i) {
      const double along = axis < n_ ? step * factor[i * n_ + axis] : 0;
      points_.push_back(fitted.parameters[i].value * std::exp(along));
    }
  }
  Parameters at(size_t point) const { return {points_.data() + point * n_, n_}; }

  size_t n_;
  std::vector<double> points_;
};

// A quantity to second order along the axes, on a scale where it is nearly so.
struct Surface {
  double centre = 0;
  std::vector<double> slope, curvature;

  double at(const double* z) const {
    double value = centre;
    for (size_t i = 0; i < slope.size(); ++i) {
      value += z[i] * (slope[i] + curvature[i] * z[i] / 2);
    }
    return value;
  }
};

Surface surface_of(const Axes& axes, const std::function<double(Parameters)>& quantity) {
  Surface surface{quantity(axes.centre()), {}, {}};
  for (size_t axis = 0; axis < axes.count(); ++axis) {
    const double up = quantity(axes.up(axis));
    const double down = quantity(axes.down(axis));
    surface.slope.push_back((up - down) / 2);
    surface.curvature.push_back(up + down - 2 * surface.centre);
  }
  return surface;
}

class Quantiles {
 public:
  Quantiles(const IntervalOptions& options, size_t dimensions)
      : draws_(normal_draws(options.draws, dimensions, options.seed)),
        dimensions_(dimensions),
        tail_((1 - options.level) / 2),
        values_(options.draws) {}

  Interval of(const Surface& surface) {
    for (size_t d = 0; d < values_.size(); ++d) {
      values_[d] = surface.at(draws_.data() + d * dimensions_);
    }
    return {at(tail_), at(1 - tail_)};
  }

 private:
  double at(double share) {
    const auto place =
        static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values_.size() - 1)));
    std::ranges::nth_element(values_, values_.begin() + place);
    return values_[static_cast<size_t>(place)];
  }

  std::vector<double> draws_;
  size_t dimensions_;
  double tail_;
  std::vector<double> values_;
};

// Probabilities of exactly 0 or 1 (a BG/NBD customer without repeat) stay where they are.
double logit(double p) { return std::log(p) - std::log1p(-p); }
double inverse_logit(double v) { return 1 / (1 + std::exp(-v)); }
bool is_certain(double p) { return p <= 0 || p >= 1; }

}  // namespace

Result<ExpectedIntervals> expected_intervals(const CountModel& model, const Fitted& fitted,
                                             std::span<const BuyingCell> cells, double t,
                                             const IntervalOptions& options) {
  const std::vector<double> factor = log_scale_factor(fitted);
  if (factor.empty()) {
    return Error(ErrorCode::kBadData, "the fit of " + fitted.model + " has no standard errors",
                 "give more customers or a longer period, or take another model");
  }
  const Axes axes(fitted, factor);
  Quantiles quantiles(options, axes.count());
  ExpectedIntervals result;
  for (const BuyingCell& cell : cells) {
    const double alive = model.p_alive(axes.centre(), cell);
    result.p_alive.push_back(alive);
    Interval interval{alive, alive};
    if (!is_certain(alive)) {
      const Interval at = quantiles.of(
          surface_of(axes, [&](Parameters p) { return logit(model.p_alive(p, cell)); }));
      interval = {inverse_logit(at.low), inverse_logit(at.high)};
    }
    result.p_alive_interval.push_back(interval);
    const double expected = model.conditional_expected(axes.centre(), cell, t);
    result.expected.push_back(expected);
    interval = {expected, expected};
    if (expected > 0) {
      const Interval at = quantiles.of(surface_of(axes, [&](Parameters p) {
        return std::log(std::max(model.conditional_expected(p, cell, t), 1e-300));
      }));
      interval = {std::exp(at.low), std::exp(at.high)};
    }
    result.expected_interval.push_back(interval);
  }
  return result;
}

namespace {

// Counts enough that hardly anything lies beyond.
unsigned most_counts(double expected) {
  return static_cast<unsigned>(std::min(10'000.0, 12 + expected + 8 * std::sqrt(expected + 1)));
}

// P(0), P(1), ... averaged over the draws; what lies beyond goes to the last.
std::vector<double> predictive_counts(const CountModel& model, const Posterior& posterior,
                                      const BuyingCell& cell, double t) {
  double expected = 0;
  for (size_t d = 0; d < posterior.size(); ++d) {
    expected = std::max(expected, model.conditional_expected(posterior.draw(d), cell, t));
  }
  unsigned most = most_counts(expected);
  std::vector<double> mean(most + 1, 0);
  const auto share = 1 / static_cast<double>(posterior.size());
  for (size_t d = 0; d < posterior.size(); ++d) {
    const std::vector<double> one = model.p_counts(posterior.draw(d), cell, most, t);
    for (size_t n = 0; n < one.size(); ++n) mean[n] += share * one[n];
  }
  double total = 0;
  for (const double p : mean) total += p;
  mean.back() += std::max(0.0, 1 - total);
  return mean;
}

double least_count(const std::vector<double>& counts, double share) {
  double reached = 0;
  for (size_t n = 0; n < counts.size(); ++n) {
    reached += counts[n];
    if (reached >= share - 1e-12) return static_cast<double>(n);
  }
  return static_cast<double>(counts.size() - 1);
}

// P(scaled revenue <= v): nothing bought, or the beta-prime of each number of purchases.
double revenue_share(const std::vector<double>& counts, const SpendParameters& spend, double x,
                     double v) {
  double share = counts[0];
  for (size_t n = 1; n < counts.size(); ++n) {
    if (counts[n] < 1e-9) continue;
    share += counts[n] * boost::math::ibeta(spend.p * static_cast<double>(n), spend.q + spend.p * x,
                                            v / (1 + v));
  }
  return share;
}

double revenue_quantile(const std::vector<double>& counts, const SpendParameters& spend, double x,
                        double share) {
  if (counts[0] >= share) return 0;
  double high = 1;
  while (revenue_share(counts, spend, x, high) < share && high < 1e12) high *= 4;
  double low = 0;
  while (high - low > 1e-4 * high) {
    const double middle = (low + high) / 2;
    (revenue_share(counts, spend, x, middle) < share ? low : high) = middle;
  }
  return high;
}

}  // namespace

std::vector<Interval> count_intervals(const CountModel& model, const Posterior& posterior,
                                      std::span<const BuyingCell> cells, double t,
                                      const IntervalOptions& options) {
  const double tail = (1 - options.level) / 2;
  std::vector<Interval> intervals;
  intervals.reserve(cells.size());
  for (const BuyingCell& cell : cells) {
    const std::vector<double> counts = predictive_counts(model, posterior, cell, t);
    intervals.push_back({least_count(counts, tail), least_count(counts, 1 - tail)});
  }
  return intervals;
}

std::vector<Interval> scaled_revenue_intervals(const CountModel& model, const Posterior& posterior,
                                               const SpendParameters& spend,
                                               std::span<const BuyingCell> cells,
                                               std::span<const uint32_t> spend_counts, double t,
                                               const IntervalOptions& options) {
  const double tail = (1 - options.level) / 2;
  std::vector<Interval> intervals;
  intervals.reserve(cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::vector<double> counts = predictive_counts(model, posterior, cells[i], t);
    const double x = spend_counts[i];
    intervals.push_back(
        {revenue_quantile(counts, spend, x, tail), revenue_quantile(counts, spend, x, 1 - tail)});
  }
  return intervals;
}

double spend_scale(const SpendParameters& spend, const SpendCell& cell) {
  return spend.gamma + cell.x * cell.mean;
}

}  // namespace regulars::models
