#include "models/fit/power_integral.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace regulars::models {
namespace {

// Beyond these the trapezoid rule is cheaper, or terms may leave the range of a double.
constexpr size_t kMostTerms = 800;
constexpr double kMostB = 60;
constexpr double kMostZeta = 0.95;  // 800 times its logarithm is -41: a term of 1e-18

bool has_short_series(double b, double zeta) { return b <= kMostB && zeta <= kMostZeta; }

}  // namespace

RateRatio::RateRatio(double alpha, double beta, double t)
    : above(alpha >= beta),
      log(0),
      zeta(std::abs(alpha - beta) / (std::max(alpha, beta) + t)),
      one_less((std::min(alpha, beta) + t) / (std::max(alpha, beta) + t)) {
  log = zeta < 0.5 ? -std::log1p(-zeta) : -std::log(one_less);
  if (!above) log = -log;
}

PowerTerms::PowerTerms(double b, const RateRatio& ratio, Order order) : b_(b), ratio_(ratio) {
  constexpr double kEnough = 1e-18;
  const double zeta = ratio.zeta;
  usable_ = has_short_series(b, zeta);
  Term term{1, 0, 0, 0, 0, 0};
  double slope = 0;      // d log (b)_k / db
  double curvature = 0;  // and the next
  double by_zeta = 0;    // k (b)_k / k! zeta^(k - 1)
  double twice = 0;      // k (k - 1) (b)_k / k! zeta^(k - 2)
  for (double k = 0; usable_; ++k) {
    terms_.push_back(term);
    const double growth = (b + k) / (k + 1) * zeta;
    const double largest =
        order == Order::kValue ? term.value : std::max({term.value, by_zeta, twice});
    if (k > 2 && growth < 1 && largest < kEnough * (1 - growth)) break;
    usable_ = terms_.size() < kMostTerms;
    twice = k == 1 ? b * (b + 1) : (k > 1 ? twice * (b + k) / (k - 1) * zeta : 0);
    by_zeta = k == 0 ? b : by_zeta * (b + k) / k * zeta;
    const double inverse = 1 / (b + k);
    slope += inverse;
    curvature -= inverse * inverse;
    const double value = term.value * growth;
    term = {value,   value * slope,   value * (slope * slope + curvature),
            by_zeta, by_zeta * slope, twice};
  }
}

void PowerWeights::extend(size_t size) {
  weights_.reserve(size);
  while (weights_.size() < size) {
    const auto k = static_cast<double>(weights_.size());
    const double inverse = 1 / (c_ + k);
    if (above_) {
      weights_.push_back({inverse, -inverse * inverse, 2 * inverse * inverse * inverse});
      continue;
    }
    const double beta = k == 0 ? inverse : weights_.back().value * k * inverse;
    slope_ += inverse;
    curvature_ += inverse * inverse;
    weights_.push_back({beta, -beta * slope_, beta * (slope_ * slope_ + curvature_)});
  }
}

namespace {

// The sum over k and its derivatives by b (c fixed), c and zeta.
struct Sums {
  double value = 0;
  double b = 0, c = 0, zeta = 0;
  double bb = 0, bc = 0, cc = 0, b_zeta = 0, c_zeta = 0, zeta_zeta = 0;
};

// To the logarithm, from zeta to log rho and from (b, c) to (a, b).
LogIntegral of_sums(const Sums& s, double b, const RateRatio& ratio) {
  const double scale = 1 / s.value;
  const double by_zeta = s.zeta * scale;
  const double turn = ratio.above ? ratio.one_less : -ratio.one_less;  // d zeta / d log rho
  const double by_b = s.b * scale;
  const double by_c = s.c * scale;
  const double cc = s.cc * scale - by_c * by_c;
  const double bc = s.bc * scale - by_b * by_c;
  const double bb = s.bb * scale - by_b * by_b;
  const double c_rho = turn * (s.c_zeta * scale - by_c * by_zeta);
  const double b_rho = turn * (s.b_zeta * scale - by_b * by_zeta);
  LogIntegral result;
  result.value = std::log(s.value);
  result.a = by_c;
  result.b = by_b + by_c;
  result.rho = turn * by_zeta;
  result.aa = cc;
  result.ab = bc + cc;
  result.bb = bb + 2 * bc + cc;
  result.a_rho = c_rho;
  result.b_rho = b_rho + c_rho;
  result.rho_rho =
      turn * turn * (s.zeta_zeta * scale - by_zeta * by_zeta) - ratio.one_less * by_zeta;
  if (ratio.above) {
    result.value -= b * ratio.log;
    result.b -= ratio.log;
    result.rho -= b;
    result.b_rho -= 1;
  }
  return result;
}

}  // namespace

LogIntegral PowerWeights::integral(const PowerTerms& terms, Order order) {
  if (weights_.size() < terms.size()) extend(terms.size());
  Sums s;
  if (order == Order::kValue) {
    for (size_t k = 0; k < terms.size(); ++k) s.value += terms.terms_[k].value * weights_[k].value;
    return of_sums(s, terms.b_, terms.ratio_);
  }
  for (size_t k = 0; k < terms.size(); ++k) {
    const PowerTerms::Term& t = terms.terms_[k];
    const Weight& w = weights_[k];
    s.value += t.value * w.value;
    s.b += t.b * w.value;
    s.c += t.value * w.c;
    s.zeta += t.zeta * w.value;
    s.bb += t.bb * w.value;
    s.bc += t.b * w.c;
    s.cc += t.value * w.cc;
    s.b_zeta += t.b_zeta * w.value;
    s.c_zeta += t.zeta * w.c;
    s.zeta_zeta += t.zeta_zeta * w.value;
  }
  return of_sums(s, terms.b_, terms.ratio_);
}

namespace {

// log of the sum of terms times weights, without keeping them; nothing when it is long.
std::optional<double> log_series(double c, double b, const RateRatio& ratio) {
  constexpr double kEnough = 1e-17;
  if (!has_short_series(b, ratio.zeta)) return std::nullopt;
  double term = 1;
  double beta = 1 / c;  // B(k + 1, c)
  double sum = beta;
  for (double k = 0; k < static_cast<double>(kMostTerms); ++k) {
    const double growth = (b + k) / (k + 1) * ratio.zeta;
    const double inverse = 1 / (c + k + 1);
    term *= growth;
    beta *= (k + 1) * inverse;
    const double next = term * (ratio.above ? inverse : beta);
    sum += next;
    if (growth < 1 && next <= kEnough * sum * (1 - growth)) return std::log(sum);
  }
  return std::nullopt;
}

}  // namespace

double log_power_value(double a, double b, const RateRatio& ratio) {
  const std::optional<double> sum = log_series(a - 1 + b, b, ratio);
  if (!sum) return log_power_quadrature(a, b, ratio.log).value;
  return ratio.above ? *sum - b * ratio.log : *sum;
}

LogIntegral log_power_integral(double a, double b, const RateRatio& ratio, Order order) {
  const PowerTerms terms(b, ratio, order);
  if (!terms.usable()) return log_power_quadrature(a, b, ratio.log);
  return PowerWeights(a - 1 + b, ratio.above).integral(terms, order);
}

}  // namespace regulars::models
