#include "models/clv/posterior.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"

namespace regulars::models {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Draws {
  std::vector<double> natural;      // row by row
  std::vector<double> log_density;  // of the approximation, up to a constant
};

Draws draw_normal(const Fitted& fitted, const std::vector<double>& factor, size_t count,
                  uint64_t seed) {
  const size_t n = fitted.parameters.size();
  Random random(seed);
  Draws draws;
  std::vector<double> z(n);
  for (size_t d = 0; d < count; ++d) {
    double square = 0;
    for (double& one : z) {
      one = random.normal();
      square += one * one;
    }
    for (size_t i = 0; i < n; ++i) {
      double log_value = std::log(fitted.parameters[i].value);
      for (size_t j = 0; j <= i; ++j) log_value += factor[i * n + j] * z[j];
      draws.natural.push_back(std::exp(log_value));
    }
    draws.log_density.push_back(-square / 2);
  }
  return draws;
}

// Weights that sum to 1 of the first `count` draws.
std::vector<double> weights_of(const CountModel& model, const CellTable& table, const Draws& draws,
                               size_t count) {
  const size_t n = model.size();
  std::vector<double> weights(count);
  const TableLikelihood likelihood = model.prepare(table);
  for (size_t d = 0; d < count; ++d) {
    const Parameters p(draws.natural.data() + d * n, n);
    const double exact = likelihood(p, Order::kValue).value;
    weights[d] = std::isfinite(exact) ? exact - draws.log_density[d] : -INFINITY;
  }
  const double most = *std::ranges::max_element(weights);
  for (double& weight : weights) weight = std::exp(weight - most);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= total;
  return weights;
}

double effective_share(const std::vector<double>& weights) {
  double squares = 0;
  for (const double weight : weights) squares += weight * weight;
  return 1 / squares / static_cast<double>(weights.size());
}

// Hill's estimate of the tail's shape from the largest fifth.
double tail_of(std::vector<double> weights) {
  std::ranges::sort(weights, std::greater<>());
  const size_t tail = weights.size() / 5;
  if (tail < 5 || weights[tail] <= 0) return 1;
  double sum = 0;
  for (size_t i = 0; i < tail; ++i) sum += std::log(weights[i] / weights[tail]);
  return sum / static_cast<double>(tail);
}

std::string words_for(double share, double tail) {
  if (share >= 0.7 && tail < 0.5) return "good";
  if (share >= 0.3 && tail < 0.7) return "fair";
  return "poor: the parameters' uncertainty is far from a normal distribution; intervals are rough";
}

// Systematic resampling (Kitagawa 1996): as many draws, each with equal weight.
std::vector<double> resampled(const Draws& draws, const std::vector<double>& weights, size_t n,
                              size_t count) {
  std::vector<double> chosen;
  chosen.reserve(count * n);
  double reached = weights.front();
  size_t at = 0;
  for (size_t i = 0; i < count; ++i) {
    const double wanted = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    while (reached < wanted && at + 1 < weights.size()) reached += weights[++at];
    const auto first = draws.natural.begin() + static_cast<std::ptrdiff_t>(at * n);
    chosen.insert(chosen.end(), first, first + static_cast<std::ptrdiff_t>(n));
  }
  return chosen;
}

}  // namespace

std::vector<double> log_scale_factor(const Fitted& fitted) {
  const size_t n = fitted.parameters.size();
  if (fitted.covariance.size() != n * n) return {};
  const auto size = static_cast<Eigen::Index>(n);
  Matrix covariance(size, size);
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < n; ++j) {
      covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
          fitted.covariance_of(i, j) / fitted.parameters[i].value / fitted.parameters[j].value;
    }
  }
  const Eigen::LLT<Matrix> factor(covariance);
  if (factor.info() != Eigen::Success || !covariance.allFinite()) return {};
  const Matrix lower = factor.matrixL();
  return {lower.data(), lower.data() + lower.size()};
}

Result<Posterior> posterior_of(const CountModel& model, const CellTable& table,
                               const Fitted& fitted, const PosteriorOptions& options) {
  const std::vector<double> factor = log_scale_factor(fitted);
  if (factor.empty()) {
    return Error(ErrorCode::kBadData,
                 "the likelihood of " + fitted.model +
                     " is flat in some direction: how sure its parameters are cannot be said",
                 "give more customers or a longer period, or take another model");
  }
  Posterior posterior;
  posterior.parameters = model.size();
  Draws draws = draw_normal(fitted, factor, options.draws, options.seed);
  const size_t checked = std::min(options.checked, options.draws);
  posterior.quality = "not checked";
  if (checked == 0) {
    posterior.draws = std::move(draws.natural);
    return posterior;
  }
  const std::vector<double> weights = weights_of(model, table, draws, checked);
  posterior.effective_share = effective_share(weights);
  posterior.tail = tail_of(weights);
  posterior.quality = words_for(posterior.effective_share, posterior.tail);
  posterior.draws = resampled(draws, weights, model.size(), options.draws);
  return posterior;
}

}  // namespace regulars::models
