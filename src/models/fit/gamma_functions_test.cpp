#include "models/fit/gamma_functions.h"

#include <gtest/gtest.h>

#include <cmath>

namespace regulars::models {
namespace {

constexpr double kEuler = 0.57721566490153286;
constexpr double kPi = 3.14159265358979324;

TEST(GammaFunctions, KnownValues) {
  EXPECT_NEAR(log_gamma(0.5), std::log(kPi) / 2, 1e-15);
  EXPECT_NEAR(digamma(1), -kEuler, 1e-15);
  EXPECT_NEAR(digamma(0.5), -kEuler - 2 * std::log(2.0), 1e-14);
  EXPECT_NEAR(trigamma(1), kPi * kPi / 6, 1e-14);
  EXPECT_NEAR(log_beta(2, 3), std::log(1.0 / 12), 1e-14);
  EXPECT_NEAR(log_beta(3, 2), std::log(1.0 / 12), 1e-14);
}

TEST(GammaFunctions, OutsideTheirRangeTheyAreNotANumber) {
  for (const double x : {0.0, -1.0, -0.5, std::nan(""), HUGE_VAL}) {
    EXPECT_TRUE(std::isnan(log_gamma(x)));
    EXPECT_TRUE(std::isnan(digamma(x)));
    EXPECT_TRUE(std::isnan(trigamma(x)));
  }
}

// The sums that a rise by a whole number is, small and large beside it.
TEST(LogRising, IsTheSumOfLogarithms) {
  for (const double a : {1e-11, 0.3, 7.0, 999.9, 1000.1, 1e5, 7e10}) {
    double value = 0;
    double slope = 0;
    double curvature = 0;
    for (int i = 0; i < 40; ++i) {
      value += std::log(a + i);
      slope += 1 / (a + i);
      curvature -= 1 / ((a + i) * (a + i));
    }
    const LogRising rising = log_rising(a, 40);
    EXPECT_NEAR(rising.value, value, 1e-12 * std::max(1.0, std::abs(value))) << a;
    EXPECT_NEAR(rising.slope, slope, 1e-12 * slope + 1e-15) << a;
    EXPECT_NEAR(rising.curvature, curvature, 1e-10 * std::abs(curvature) + 1e-14) << a;
  }
}

TEST(LogRising, NoRiseIsNothing) { EXPECT_EQ(log_rising(3, 0).value, 0); }

}  // namespace
}  // namespace regulars::models
