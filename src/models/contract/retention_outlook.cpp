#include "models/contract/retention_outlook.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/fit/gauss_fraction.h"
#include "models/fit/probability.h"

namespace regulars::models {
namespace {

constexpr double kMostTerms = 1e6;

double log_s(const RetentionParameters& p, double t) {
  return log_survival(p, t, Order::kValue).value;
}

// P(renews at decision t); beta plus whole numbers are ratios, all digits kept.
double renews(const RetentionParameters& p, double t) {
  if (p.c == 1) return (p.beta + (t - 1)) / (p.alpha + p.beta + (t - 1));
  return std::exp(log_s(p, t) - log_s(p, t - 1));
}

// Sum over k = 1, 2, ... `horizon` of S(renewed + k) / S(renewed) factor^(k - 1). Not a number when
// what is beyond the most terms may still matter.
double sum_of_renewals(const RetentionParameters& p, double renewed, double horizon,
                       double factor) {
  double sum = 0;
  double there = 1;
  const double most = std::min(std::floor(horizon), kMostTerms);
  for (double k = 1; k <= most; ++k) {
    const double renewing = renews(p, renewed + k);
    there *= renewing;
    sum += there;
    there *= factor;
    // What follows is less than a geometric series of today's terms.
    if (factor < 1 && there / (1 - factor) < 1e-17 * sum) return sum;
    if (renewing == 0) return sum;
  }
  return horizon <= kMostTerms ? sum : std::numeric_limits<double>::quiet_NaN();
}

Error endless() {
  return Error(ErrorCode::kBadData,
               "the renewals expected of a customer without end are infinite: the model has "
               "customers who never leave",
               "give a horizon, or a discount rate above 0");
}

}  // namespace

double survival(const RetentionParameters& p, double t) { return std::exp(log_s(p, t)); }

double retention_rate(const RetentionParameters& p, size_t t) {
  return t == 0 ? 1 : renews(p, static_cast<double>(t));
}

SurvivalEstimate survival_estimate(const Fitted& fitted, double t, double level) {
  const RetentionParameters p = retention_parameters(fitted);
  const Derivatives d = log_survival(p, t, Order::kGradient);
  SurvivalEstimate estimate;
  estimate.survival = std::exp(d.value);
  if (!(t > 0)) return estimate;
  const size_t n = fitted.parameters.size();
  double variance = fitted.covariance.empty() ? std::nan("") : 0;
  for (size_t i = 0; i < n && !fitted.covariance.empty(); ++i)
    for (size_t j = 0; j < n; ++j)
      variance += d.gradient[i] / fitted.parameters[i].value * fitted.covariance_of(i, j) *
                  d.gradient[j] / fitted.parameters[j].value;
  const double error = std::sqrt(variance);  // of log S
  const double wide = normal_quantile((1 + level) / 2) * error / -d.value;
  estimate.standard_error = estimate.survival * error;
  estimate.low = std::exp(d.value * std::exp(wide));
  estimate.high = std::exp(d.value * std::exp(-wide));
  return estimate;
}

Result<double> expected_renewals(const RetentionParameters& p, size_t renewed, double horizon) {
  const auto n = static_cast<double>(renewed);
  if (!(horizon >= 0))
    return Error(ErrorCode::kUsage, fmt::format("{} is not a horizon", horizon),
                 "give a number of decisions, 0 or more");
  if (std::isinf(horizon) && p.c == 1)
    return p.alpha > 1 ? Result<double>((p.beta + n) / (p.alpha - 1)) : endless();
  const double sum = sum_of_renewals(p, n, horizon, 1);
  return std::isfinite(sum) ? Result<double>(sum) : endless();
}

Result<double> residual_value(const RetentionParameters& p, size_t renewed,
                              const ResidualOptions& options) {
  const bool sensible = options.annual_rate >= 0 && std::isfinite(options.annual_rate) &&
                        options.periods_a_year > 0 && std::isfinite(options.periods_a_year) &&
                        std::isfinite(options.value_a_period) && options.until_next >= 0 &&
                        std::isfinite(options.until_next) && options.horizon >= 0;
  if (!sensible)
    return Error(ErrorCode::kUsage,
                 "a residual value needs a rate of 0 or more, periods a year "
                 "above 0, and a finite value",
                 "an annual rate of 10 % is 0.10");
  const double rate = std::log1p(options.annual_rate) / options.periods_a_year;
  const double horizon =
      options.horizon == 0 ? std::numeric_limits<double>::infinity() : options.horizon;
  const auto n = static_cast<double>(renewed);
  const double now = options.value_a_period * std::exp(-rate * options.until_next);
  if (rate == 0) {
    REGULARS_ASSIGN(const double renewals, expected_renewals(p, renewed, horizon));
    return now * renewals;
  }
  const double factor = std::exp(-rate);
  if (std::isinf(horizon) && p.c == 1 && factor < 1)
    return now * renews(p, n + 1) * gauss_fraction(p.beta + n + 1, p.alpha, factor);
  const double sum = sum_of_renewals(p, n, horizon, factor);
  return std::isfinite(sum) ? Result<double>(now * sum) : endless();
}

}  // namespace regulars::models
