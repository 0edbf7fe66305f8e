#include "models/fit/gauss_fraction.h"

#include <gtest/gtest.h>

#include <cmath>

namespace regulars::models {
namespace {

double series(double b, double c, double z) {
  double sum = 0;
  double term = 1;
  for (int k = 0; term > 1e-18 * sum; ++k) {
    sum += term;
    term *= z * (b + k) / (c + k);
  }
  return sum;
}

TEST(GaussFraction, IsTheSeries) {
  for (const double b : {0.01, 0.7, 3.0, 400.0, 1e6})
    for (const double more : {1e-6, 0.3, 1.0, 25.0, 1e5})
      for (const double z : {0.0, 0.1, 0.9, 0.999}) {
        const double expected = series(b, b + more, z);
        EXPECT_NEAR(gauss_fraction(b, more, z), expected, 1e-11 * expected)
            << b << ' ' << more << ' ' << z;
      }
}

// 2F1(1, 1; 2; z) = -log(1 - z) / z, close to the end of its range.
TEST(GaussFraction, NearOne) {
  for (const double off : {1e-3, 1e-6, 1e-9}) {
    const double expected = -std::log(off) / (1 - off);
    EXPECT_NEAR(gauss_fraction(1, 1, 1 - off), expected, 1e-9 * expected) << off;
  }
}

TEST(GaussFraction, WithoutExcessItIsTheGeometricSeries) {
  EXPECT_NEAR(gauss_fraction(3, 0, 0.9), 10, 1e-13);
  EXPECT_NEAR(gauss_fraction(7e10, 1e-11, 0.99), 100, 1e-10);
}

TEST(GaussFraction, OutsideItsRangeIsNotANumber) {
  EXPECT_TRUE(std::isnan(gauss_fraction(1, 1, 1)));
  EXPECT_TRUE(std::isnan(gauss_fraction(1, 1, -0.1)));
  EXPECT_TRUE(std::isnan(gauss_fraction(2, -1, 0.5)));
  EXPECT_TRUE(std::isnan(gauss_fraction(0, 1, 0.5)));
  EXPECT_TRUE(std::isnan(gauss_fraction(1, 1, std::nan(""))));
}

}  // namespace
}  // namespace regulars::models
