#include "models/fit/newton.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace regulars::models {
namespace {

Objective quadratic(const std::vector<double>& at) {
  const double dx = at[0] - 1;
  const double dy = at[1] + 2;
  return {-dx * dx - 3 * dy * dy - dx * dy, {-2 * dx - dy, -6 * dy - dx}, {-2, -1, -1, -6}};
}

TEST(Newton, ReachesTheTopOfAQuadraticInOneStep) {
  const Maximum top = maximise(quadratic, {0, 0}, {});
  EXPECT_TRUE(top.converged);
  EXPECT_LE(top.iterations, 2);
  EXPECT_NEAR(top.at[0], 1, 1e-12);
  EXPECT_NEAR(top.at[1], -2, 1e-12);
  EXPECT_GT(top.least_curvature, 1);
}

// Rosenbrock's valley turned over: the Hessian is indefinite on the way.
Objective valley(const std::vector<double>& at) {
  const double x = at[0];
  const double y = at[1];
  const double rise = y - x * x;
  return {-(1 - x) * (1 - x) - 100 * rise * rise,
          {2 * (1 - x) + 400 * x * rise, -200 * rise},
          {-2 + 400 * rise - 800 * x * x, 400 * x, 400 * x, -200}};
}

TEST(Newton, FollowsAValleyWithIndefiniteCurvature) {
  const Maximum top = maximise(valley, {-1.2, 2}, {});
  EXPECT_TRUE(top.converged);
  EXPECT_NEAR(top.at[0], 1, 1e-7);
  EXPECT_NEAR(top.at[1], 1, 1e-7);
}

TEST(Newton, NeverAcceptsAPointThatIsNotFinite) {
  const auto logarithm = [](const std::vector<double>& at) -> Objective {
    return {std::log(at[0]) - at[0], {1 / at[0] - 1}, {-1 / (at[0] * at[0])}};
  };
  const Maximum top = maximise(logarithm, {3}, {});
  EXPECT_TRUE(top.converged);
  EXPECT_NEAR(top.at[0], 1, 1e-9);
  const Maximum nowhere = maximise(logarithm, {-1}, {});
  EXPECT_FALSE(nowhere.converged);
  EXPECT_EQ(nowhere.iterations, 0);
}

TEST(Newton, SaysWhenAVariableRunsAway) {
  const auto rising = [](const std::vector<double>& at) -> Objective {
    return {-std::exp(-at[0]), {std::exp(-at[0])}, {-std::exp(-at[0])}};
  };
  NewtonOptions options;
  options.gradient_tolerance = 1e-15;
  options.bound = 10;
  const Maximum top = maximise(rising, {0}, options);
  EXPECT_TRUE(top.at_bound);
  EXPECT_FALSE(top.converged);
}

TEST(InverseOfNegative, InvertsOrSaysThatItCannot) {
  const std::vector<double> inverse = inverse_of_negative({-2, 0, 0, -4}, 2);
  ASSERT_EQ(inverse.size(), 4);
  EXPECT_DOUBLE_EQ(inverse[0], 0.5);
  EXPECT_DOUBLE_EQ(inverse[3], 0.25);
  EXPECT_TRUE(inverse_of_negative({2, 0, 0, -4}, 2).empty());
  EXPECT_TRUE(inverse_of_negative({std::numeric_limits<double>::quiet_NaN()}, 1).empty());
}

}  // namespace
}  // namespace regulars::models
