#include "models/contract/retention_outlook.h"

#include <gtest/gtest.h>

#include <cmath>

namespace regulars::models {
namespace {

const RetentionParameters kHighEnd{.668, 3.806, 1};

// With 30 digits.
TEST(RetentionOutlook, ResidualValuesAsWithHighPrecision) {
  ResidualOptions options;
  options.annual_rate = 0.1;
  options.periods_a_year = 1;
  options.until_next = 0;
  EXPECT_NEAR(residual_value(kHighEnd, 0, options).value(), 5.414856048374, 1e-11);
  EXPECT_NEAR(residual_value(kHighEnd, 3, options).value(), 6.620280323188, 1e-11);
  RetentionParameters weibull = kHighEnd;
  weibull.c = 1.3;
  EXPECT_NEAR(residual_value(weibull, 2, options).value(), 4.911615842973, 1e-9);
  EXPECT_NEAR(survival(weibull, 7), .36942113761207, 1e-13);
  EXPECT_NEAR(log_leaving({.668, 3.806, .3}, 7, Order::kValue).value, -4.8649149748982, 1e-11);
}

TEST(RetentionOutlook, TheRateIsOfAYear) {
  ResidualOptions yearly{0.1, 1, 5, 1, 1};
  ResidualOptions monthly{0.1, 12, 5, 1, 1};
  // One decision: worth its chance a year, or a month, from now.
  EXPECT_NEAR(residual_value(kHighEnd, 0, yearly).value(), 5 * retention_rate(kHighEnd, 1) / 1.1,
              1e-12);
  EXPECT_NEAR(residual_value(kHighEnd, 0, monthly).value(),
              5 * retention_rate(kHighEnd, 1) * std::pow(1.1, -1 / 12.0), 1e-12);
  yearly.horizon = 0;
  double sum = 0;
  for (int k = 1; k < 2000; ++k) sum += 5 * survival(kHighEnd, k) * std::pow(1.1, -k);
  EXPECT_NEAR(residual_value(kHighEnd, 0, yearly).value(), sum, 1e-9);
}

TEST(RetentionOutlook, ExpectedRenewals) {
  const RetentionParameters p{2.5, 4, 1};
  double sum = 0;
  for (int k = 1; k <= 12; ++k) sum += survival(p, 3 + k) / survival(p, 3);
  EXPECT_NEAR(expected_renewals(p, 3, 12).value(), sum, 1e-12);
  EXPECT_NEAR(expected_renewals(p, 3, HUGE_VAL).value(), 7 / 1.5, 1e-12);
  EXPECT_NEAR(expected_renewals(p, 3, 1e6).value(), 7 / 1.5, 1e-6);
  EXPECT_EQ(expected_renewals(p, 3, 0).value(), 0);
  EXPECT_NE(expected_renewals(kHighEnd, 0, HUGE_VAL).error().message().find("never leave"),
            std::string::npos);
  EXPECT_FALSE(expected_renewals(p, 0, -1));
  EXPECT_FALSE(expected_renewals(p, 0, std::nan("")));
}

// Who has stayed longer is worth more, where leaving does not become likelier with time.
TEST(RetentionOutlook, LoyaltyIsWorthMore) {
  double before = 0;
  for (size_t renewed = 0; renewed < 30; ++renewed) {
    const double value = residual_value(kHighEnd, renewed, {}).value();
    EXPECT_GT(value, before);
    before = value;
  }
}

TEST(RetentionOutlook, OptionsOutOfRangeAreRefused) {
  for (const ResidualOptions& wrong :
       {ResidualOptions{-0.1}, ResidualOptions{0.1, 0}, ResidualOptions{0.1, 12, NAN},
        ResidualOptions{0.1, 12, 1, -1}, ResidualOptions{0.1, 12, 1, 1, -2}, ResidualOptions{NAN}})
    EXPECT_EQ(residual_value(kHighEnd, 0, wrong).error().code(), ErrorCode::kUsage);
  EXPECT_FALSE(residual_value(kHighEnd, 0, {0.0}));
  EXPECT_TRUE(residual_value(kHighEnd, 0, {0.0, 12, 1, 1, 36}));
}

TEST(RetentionOutlook, FiniteForHugeAndTinyParameters) {
  for (const double a : {1e-10, 1.0, 1e10})
    for (const double b : {1e-10, 1.0, 1e10})
      for (const double c : {0.05, 1.0, 20.0}) {
        const RetentionParameters p{a, b, c};
        double before = 1;
        for (const double t : {0.0, 0.5, 1.0, 2.0, 50.0, 1e5, 1e300}) {
          const double share = survival(p, t);
          EXPECT_TRUE(share >= 0 && share <= before * (1 + 1e-9)) << a << ' ' << b << ' ' << t;
          before = share;
        }
        const auto value = residual_value(p, 5, {});
        EXPECT_TRUE(value && *value >= 0 && std::isfinite(*value)) << a << ' ' << b << ' ' << c;
        const auto renewals = expected_renewals(p, 5, 24);
        EXPECT_TRUE(renewals && *renewals >= 0 && *renewals <= 24 + 1e-9);
      }
}

TEST(RetentionOutlook, IntervalsOfSurvivalWidenAndStayBetweenNoneAndAll) {
  const std::vector<uint64_t> survivors = {1000, 631, 468, 382, 326};
  const RetentionCohort cohort{retention_of_survivors("c", survivors).value(), {}};
  const Fitted fitted = fit_retention(std::span(&cohort, 1), {}).value();
  double wide = 0;
  for (const double t : {4.0, 8.0, 16.0, 64.0}) {
    const SurvivalEstimate estimate = survival_estimate(fitted, t);
    EXPECT_TRUE(0 < estimate.low && estimate.low < estimate.survival &&
                estimate.survival < estimate.high && estimate.high < 1);
    const double relative = (estimate.high - estimate.low) / estimate.survival;
    EXPECT_GT(relative, wide);
    wide = relative;
  }
  // Within the sampling error of the share itself where it was seen.
  EXPECT_LT(survival_estimate(fitted, 4).standard_error, std::sqrt(.326 * .674 / 1000) * 1.01);
  EXPECT_EQ(survival_estimate(fitted, 0).high, 1);
}

}  // namespace
}  // namespace regulars::models
