#include "models/fit/long_sum.h"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

namespace regulars::models {
namespace {

constexpr int kAdded = 4096;
constexpr double kNegligible = 1e-18;
constexpr double kLongest = 60;  // in the logarithm: terms beyond exp(60) are not looked for
constexpr double kWidths = 14;   // of a density, beyond which nothing is left of it

double panel(const std::function<double(double)>& f, double from, double to) {
  const auto on_log = [&](double log_y) {
    const double y = std::exp(log_y);
    return y * f(y);
  };
  return boost::math::quadrature::gauss_kronrod<double, 15>::integrate(on_log, from, to, 6, 1e-10);
}

}  // namespace

double long_sum(const std::function<double(double)>& term, double end) {
  double sum = 0;
  for (int i = 0; i < kAdded && i < end; ++i) {
    const double next = term(i);
    sum += next;
    if (next <= kNegligible * sum / kAdded) return sum;
  }
  if (end <= kAdded) return sum;
  const double from = std::log(kAdded - 0.5);
  const double to = std::min(from + kLongest, std::log(end - 0.5));
  double rest = 0;
  for (double y = from; y < to; y += 1) {
    const double piece = panel(term, y, std::min(y + 1, to));
    rest += piece;
    if (piece <= kNegligible * (sum + rest)) break;
  }
  return sum + rest;
}

double integral_on_logarithm(const std::function<double(double)>& f, double from, double centre,
                             double width) {
  const double step = std::min(1.0, 2 * width);
  const double peak = std::log(centre);
  double y = std::log(from);
  if (peak - kWidths * width > y && width < 0.3) y = peak - kWidths * width;
  double sum = 0;
  for (const double end = std::max(y, peak) + kLongest; y < end; y += step) {
    const double piece = panel(f, y, y + step);
    sum += piece;
    if (y > peak && piece <= kNegligible * sum) break;
  }
  return sum;
}

}  // namespace regulars::models
