#include "models/fit/probability.h"

#include <gtest/gtest.h>

#include <cmath>

namespace regulars::models {
namespace {

// Values of printed tables, to more digits from their definitions.
TEST(Probability, TabledValues) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-12);
  EXPECT_NEAR(normal_two_sided(-1.959963984540054), 0.05, 1e-15);
  EXPECT_NEAR(chi_squared_tail(3.841458820694124, 1), 0.05, 1e-14);
  EXPECT_NEAR(chi_squared_tail(2, 2), std::exp(-1), 1e-15);
  EXPECT_NEAR(student_two_sided(1, 1), 0.5, 1e-14);
  EXPECT_NEAR(student_two_sided(-2.228138851986274, 10), 0.05, 1e-12);
}

TEST(Probability, Edges) {
  EXPECT_TRUE(std::isnan(normal_quantile(0)));
  EXPECT_TRUE(std::isnan(normal_quantile(std::nan(""))));
  EXPECT_TRUE(std::isnan(chi_squared_tail(std::nan(""), 2)));
  EXPECT_TRUE(std::isnan(student_two_sided(1, 0)));
  EXPECT_EQ(chi_squared_tail(-1e-12, 2), 1);
  EXPECT_EQ(chi_squared_tail(5, 0), 1);
  EXPECT_EQ(chi_squared_tail(HUGE_VAL, 3), 0);
  EXPECT_EQ(student_two_sided(HUGE_VAL, 3), 0);
  EXPECT_NEAR(chi_squared_tail(2352.9, 2), std::exp(-2352.9 / 2), 1e-300);
}

}  // namespace
}  // namespace regulars::models
