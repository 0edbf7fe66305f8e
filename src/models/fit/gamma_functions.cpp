#include "models/fit/gamma_functions.h"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>
#include <limits>

namespace regulars::models {
namespace {

// Above this 1 / (12 x) and two more terms of Stirling's series are exact to the last digit.
constexpr double kStirling = 1e3;

bool positive(double x) { return x > 0 && std::isfinite(x); }

// Stirling's series of log_gamma, digamma and trigamma less their leading terms.
double stirling_rest(double x) { return (1 / 12.0 - 1 / (360 * x * x)) / x; }

// Differences of Stirling's series (Abramowitz and Stegun 6.1.41, 6.3.18, 6.4.12), in which the
// leading terms are subtracted by log1p and as fractions, not from each other.
LogRising rising_of_large(double a, double by) {
  const double b = a + by;
  const double log_ratio = std::log1p(by / a);
  LogRising result;
  result.value =
      (a - 0.5) * log_ratio + by * (std::log(b) - 1) + stirling_rest(b) - stirling_rest(a);
  result.slope = log_ratio + by / (2 * a * b) + by * (a + b) / (12 * a * a * b * b);
  const double inverse_a = 1 / a;
  const double inverse_b = 1 / b;
  result.curvature = -by * inverse_a * inverse_b *
                     (1 + (inverse_a + inverse_b) / 2 +
                      (inverse_a * inverse_a + inverse_a * inverse_b + inverse_b * inverse_b) / 6);
  return result;
}

}  // namespace

double log_gamma(double x) {
  if (!positive(x)) return std::numeric_limits<double>::quiet_NaN();
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

double digamma(double x) {
  return positive(x) ? boost::math::digamma(x) : std::numeric_limits<double>::quiet_NaN();
}

double trigamma(double x) {
  if (!positive(x)) return std::numeric_limits<double>::quiet_NaN();
  return x < 1e-150 ? std::numeric_limits<double>::infinity() : boost::math::trigamma(x);
}

double log_beta(double a, double b) { return log_gamma(b) - log_rising(a, b).value; }

LogRising log_rising(double a, double by) {
  if (by == 0) return {};
  if (a > kStirling) return rising_of_large(a, by);
  return {log_gamma(a + by) - log_gamma(a), digamma(a + by) - digamma(a),
          trigamma(a + by) - trigamma(a)};
}

}  // namespace regulars::models
