#include "models/fit/hypergeometric.h"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

#include "models/fit/gamma_functions.h"
#include "models/fit/special.h"

namespace regulars::models {
namespace {

// log [Gamma(x + d) / Gamma(x)] - d log(x + d), less the same of y, for large x and y: the large
// parts of the two cancel before anything is rounded.
double excess(double x, double y, double d) {
  const double gap = x - y;
  const auto small = [&](double p) {
    const double end = p + d;
    const double square = d / (p * end);
    return square * (1 / (p * p) + 1 / (p * end) + 1 / (end * end)) / 360 - square / 12;
  };
  return gap * std::log1p(d / x) + (y - 0.5) * std::log1p(-gap * d / (x * (y + d))) + small(x) -
         small(y);
}

struct Series {
  double a, b, c, z, one_less_z;

  // Of term n + 1 to term n.
  double ratio(double n) const { return (a + n) / (c + n) * ((b + n) / (1 + n)) * z; }
  // log of term n + d over term n, by Stirling's formula for the differences of log Gamma; n is
  // large. Terms that cancel are put together before logarithms are taken.
  double log_growth(double n, double d) const {
    const double m = n + d;
    const double log_z = z > 0.5 ? std::log1p(-one_less_z) : std::log(z);
    const double rate = std::log1p((a - c) / (c + m)) + std::log1p((b - 1) / (1 + m)) + log_z;
    return d * rate + excess(a + n, c + n, d) + excess(b + n, 1 + n, d);
  }
  // Derivative of the log of a term by its number.
  double slope(double n) const {
    const double low = std::log1p((a - c) / (c + n)) - 0.5 / (a + n) + 0.5 / (c + n);
    const double high = std::log1p((b - 1) / (1 + n)) - 0.5 / (b + n) + 0.5 / (1 + n);
    return low + high + (z > 0.5 ? std::log1p(-one_less_z) : std::log(z));
  }
  // How fast the slope changes.
  double bend(double n) const {
    return std::abs((c - a) / ((a + n) * (c + n)) + (1 - b) / ((b + n) * (1 + n)));
  }
};

// log of the sum of the terms after number n, over term n, where they change slowly.
double log_slow_tail(const Series& s, double n) {
  using Gauss = boost::math::quadrature::gauss<double, 20>;
  const double d = s.slope(n);
  double sum = -0.5 - d / 12 + d * d * d / 720;
  double scale = 0;  // log of what the sum was divided by
  double from = 0;   // counted from term n
  while (true) {
    const double at = n + from;
    const double width = 1 / (std::abs(s.slope(at)) / 4 + 2 / at + std::sqrt(s.bend(at)) / 3);
    const double panel = Gauss::integrate(
        [&](double m) { return std::exp(s.log_growth(n, m) - scale); }, from, from + width);
    sum += panel;
    from += width;
    const double share = std::min(1.0, width / at);
    if (panel < 1e-18 * sum * share && s.slope(n + from) < 0) return scale + std::log(sum);
    if (sum < 1e200) continue;
    scale += std::log(sum);
    sum = 1;
  }
}

constexpr double kManyTerms = 20000;
constexpr double kSlow = 0.02;

// The number of a term before the largest one, far enough that what is before it is less than e-50
// of the whole and near enough that terms change slowly from there on.
double slow_from(const Series& s, double from) {
  const auto before = [&](double n) {
    return s.slope(n) > std::min(kSlow / 2, 11 * std::sqrt(s.bend(n)));
  };
  double low = from;
  double high = 2 * from;
  while (before(high)) {
    low = high;
    high *= 2;
  }
  for (int i = 0; i < 60 && high - low > 1; ++i) {
    const double middle = low + (high - low) / 2;
    (before(middle) ? low : high) = middle;
  }
  return low;
}

// Where terms still grow fast at number n, above a million.
double log_far_peak(const Series& s, double n) {
  return log_rising(s.a, n).value + log_rising(s.b, n).value - log_rising(s.c, n).value -
         log_rising(1, n).value + n * std::log(s.z) + log_slow_tail(s, n);
}

double log_series(const Series& s) {
  constexpr double kEnough = 1e-17;
  constexpr double kFar = 1e6;
  if (s.ratio(kFar) > 1 + kSlow) return log_far_peak(s, slow_from(s, kFar));
  double term = 1;  // scaled like the sum
  double sum = 1;
  double scale = 0;
  for (double n = 0;; ++n) {
    const double ratio = s.ratio(n);
    if (ratio < 1 && term * ratio <= kEnough * sum * (1 - ratio)) break;
    if (n >= kManyTerms && std::abs(ratio - 1) < kSlow)
      return scale + log_add(std::log(sum), std::log(term) + log_slow_tail(s, n));
    term *= ratio;
    sum += term;
    if (sum < 1e200) continue;
    scale += std::log(sum);
    term /= sum;
    sum = 1;
  }
  return scale + std::log(sum);
}

}  // namespace

double log_2f1(double a, double b, double c, double z, double one_less_z) {
  if (!(a >= 0 && b >= 0 && c > 0 && z >= 0 && one_less_z > 0)) return std::nan("");
  if (z == 0 || a == 0 || b == 0) return 0;
  if (a + b > c && c >= a && c >= b)
    return (c - a - b) * std::log(one_less_z) + log_series({c - a, c - b, c, z, one_less_z});
  return log_series({a, b, c, z, one_less_z});
}

double log_2f1(double a, double b, double c, double z) { return log_2f1(a, b, c, z, 1 - z); }

}  // namespace regulars::models
