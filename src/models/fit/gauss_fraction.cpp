#include "models/fit/gauss_fraction.h"

#include <cmath>
#include <limits>

namespace regulars::models {
namespace {

constexpr int kMostSteps = 4'000'000;

// The factors of z with c = b + more: 2F1(1, b; c; z) = 1 / (1 - k1 z / (1 - k2 z / (1 - ...))).
double coefficient(double b, double more, int step) {
  const double c = b + more;
  const int half = step / 2;
  const double j = half;
  if (step % 2 == 1)
    return step == 1 ? b / c : (b + j) / (c + 2 * j) * ((c + j - 1) / (c + 2 * j - 1));
  return j / (c + 2 * j - 1) * ((more + j - 1) / (c + 2 * j - 2));
}

}  // namespace

double gauss_fraction(double b, double more, double z) {
  if (!(b > 0 && more >= 0 && z >= 0 && z < 1)) return std::numeric_limits<double>::quiet_NaN();
  double value = 1;
  double up = 1;
  double down = 0;
  for (int step = 1; step < kMostSteps; ++step) {
    const double k = coefficient(b, more, step) * z;
    up = 1 - k / up;
    down = 1 / (1 - k * down);
    const double change = up * down;
    value *= change;
    if (std::abs(change - 1) < 1e-16) break;
  }
  return 1 / value;
}

}  // namespace regulars::models
