#include "models/fit/long_sum.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

namespace regulars::models {
namespace {

constexpr int kAdded = 4096;
constexpr double kNegligible = 1e-18;
constexpr double kLongest = 60;  // in the logarithm of i: terms beyond exp(60) are not looked for

}  // namespace

double long_sum(const std::function<double(double)>& term) {
  double sum = 0;
  for (int i = 0; i < kAdded; ++i) {
    const double next = term(i);
    sum += next;
    if (next <= kNegligible * sum / kAdded) return sum;
  }
  const double from = std::log(kAdded - 0.5);
  const auto on_log = [&](double y) {
    const double i = std::exp(y);
    return i * term(i);
  };
  double rest = 0;
  for (double y = from; y < from + kLongest; y += 1) {
    const double piece =
        boost::math::quadrature::gauss_kronrod<double, 15>::integrate(on_log, y, y + 1, 12, 1e-9);
    rest += piece;
    if (piece <= kNegligible * (sum + rest)) break;
  }
  return sum + rest;
}

}  // namespace regulars::models
