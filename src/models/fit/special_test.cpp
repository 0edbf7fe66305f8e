#include "models/fit/special.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace regulars::models {
namespace {

constexpr double kNothing = -std::numeric_limits<double>::infinity();

TEST(Logs, AddWithoutOverflow) {
  EXPECT_DOUBLE_EQ(log_add(1000, 1000), 1000 + std::log(2));
  EXPECT_EQ(log_add(kNothing, -5), -5);
  EXPECT_EQ(log_add(kNothing, kNothing), kNothing);
}

TEST(Decayed, IsContinuousAtRateZero) {
  EXPECT_EQ(decayed(0, 3), 3);
  EXPECT_NEAR(decayed(1e-12, 3), 3, 1e-11);
  EXPECT_NEAR(decayed(-1e-12, 3), 3, 1e-11);
  EXPECT_DOUBLE_EQ(decayed(2, 3), (1 - std::exp(-6)) / 2);
}

}  // namespace
}  // namespace regulars::models
