#include "models/fit/hypergeometric.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace regulars::models {
namespace {

struct Known {
  double a, b, c, z, log;
};
// Computed with mpmath at 40 digits.
constexpr Known kKnown[] = {
    {0.24, 2.4, 2.2, 0.3, 0.094365088416893898094},
    {0.5, 0.6, 1.1, 0.5, 0.18055362760007768935},
    {2.24, 4.4, 4.2, 0.5, 1.63646235516104491},
    {26.24, 28.4, 28.2, 0.63, 26.278996324679638289},
    {1000.24, 1002.4, 1002.2, 0.125, 133.59009753643000563},
    {10000.24, 10002.4, 10002.2, 0.125, 1335.3726751589741263},
    {200.25, 202.5, 202.3, 0.9, 461.55134622465689588},
    {0.05, 0.9, 0.95, 0.999, 0.29178913011086387724},
    {1.55, 1.6, 2.7, 0.99999, 6.513921355134590723},
    {30.5, 1.5, 32, 0.9999, 6.7953931582732296548},
    {30.5, 31.5, 32, 0.9999, 276.33480204162700058},
    {5, 2000, 2000.5, 0.99, 22.918109141218439649},
    {0.001, 0.002, 0.0015, 0.9999, 0.012289841504956727793},
    {3, 4, 2, 0.9999, 46.744799039191367998},
    {3, 4, 9, 0.9999, 2.6378642393517792331},
    {3, 4, 7, 0.999999, 6.444034591755958301},
    {250, 300, 10, 0.999, 4060.3553074040244839},
    {0.5, 0.5, 1, 0.9999999990686774, 2.0151177183981684961},
    {2000, 0.5, 2001, 0.9995, 3.5233582265807969041},
    {1e-06, 2000000.0, 3000000.0, 0.75, 6.9314726389333648173e-7},
    {20, 0.05, 20.07, 0.9999, 0.40779353024571992082},
    {1, 7, 8, 0.9995, 3.5891648475622221588},
    {40, 50, 60, 0.99999, 349.98105860582199714},
    {3000000.0, 0.5, 0.9, 0.4, 1532470.5618463668944},
    {100000.0, 20000.0, 10000.0, 0.7, 149257.35969180839794},
};

TEST(Log2F1, AgreesWithHighPrecision) {
  for (const Known& k : kKnown)
    EXPECT_NEAR(log_2f1(k.a, k.b, k.c, k.z), k.log, 2e-13 * std::max(1.0, k.log))
        << k.a << ' ' << k.b << ' ' << k.c << ' ' << k.z;
}

TEST(Log2F1, ClosedForms) {
  for (const double z : {1e-12, 0.3, 0.9, 0.9999, 1 - 1e-9}) {
    EXPECT_NEAR(log_2f1(1, 1, 2, z), std::log(-std::log1p(-z) / z), 1e-13);
    for (const double a : {1e-6, 0.7, 12.0, 3000.0})
      EXPECT_NEAR(log_2f1(a, 5, 5, z), -a * std::log1p(-z), 1e-13 * (1 - a * std::log1p(-z)));
  }
  EXPECT_NEAR(log_2f1(2, 0.5, 0.5, 1, 1e-40), 80 * std::log(10), 1e-10);
}

TEST(Log2F1, IsFiniteAndGrowsWithZAtHostilePoints) {
  const double sizes[] = {std::exp(-25), 0.3, 40, 1e5, std::exp(25)};
  const double zs[] = {1e-300, 0.01, 0.5, 0.99, 1 - 1e-10, 1 - 1e-15};
  for (const double a : sizes)
    for (const double b : sizes)
      for (const double c : sizes) {
        double last = 0;
        for (const double z : zs) {
          const double value = log_2f1(a, b, c, z);
          ASSERT_TRUE(std::isfinite(value)) << a << ' ' << b << ' ' << c << ' ' << z;
          ASSERT_GE(value, last * (1 - 1e-12)) << a << ' ' << b << ' ' << c << ' ' << z;
          last = value;
        }
      }
}

TEST(Log2F1, IsNotANumberOutsideOfItsArguments) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(log_2f1(-1, 1, 1, 0.5)));
  EXPECT_TRUE(std::isnan(log_2f1(1, 1, 0, 0.5)));
  EXPECT_TRUE(std::isnan(log_2f1(1, 1, 1, 1)));
  EXPECT_TRUE(std::isnan(log_2f1(nan, 1, 1, 0.5)));
}

}  // namespace
}  // namespace regulars::models
