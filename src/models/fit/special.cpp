#include "models/fit/special.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace regulars::models {
namespace {

constexpr double kNothing = -std::numeric_limits<double>::infinity();

}  // namespace

double log_add(double a, double b) {
  const double high = std::max(a, b);
  const double low = std::min(a, b);
  return low == kNothing ? high : high + std::log1p(std::exp(low - high));
}

double decayed(double k, double x) { return k == 0 ? x : -std::expm1(-k * x) / k; }

}  // namespace regulars::models
