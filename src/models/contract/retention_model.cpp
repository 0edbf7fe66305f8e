#include "models/contract/retention_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/fit/estimates.h"
#include "models/fit/gamma_functions.h"
#include "models/fit/linked.h"
#include "models/fit/newton.h"
#include "models/fit/probability.h"
#include "models/fit/rising_table.h"

namespace regulars::models {
namespace {

// S = Gamma(beta + tau) Gamma(alpha + beta) / (Gamma(alpha + beta + tau) Gamma(beta)), grouped so
// that the shorter of the two distances is risen by: less is lost to subtraction.
double log_survival_at(const RetentionParameters& p, double tau) {
  if (tau <= p.alpha)
    return log_rising(p.beta, tau).value - log_rising(p.alpha + p.beta, tau).value;
  return log_rising(p.beta, p.alpha).value - log_rising(p.beta + tau, p.alpha).value;
}

// log(1 - e^step) with derivatives, from those of step < 0.
Derivatives log_one_less(const Derivatives& step, Order order) {
  constexpr size_t kVariables = 3;
  Derivatives d;
  d.value = std::log(-std::expm1(step.value));
  if (order == Order::kValue) return d;
  const double slope = -1 / std::expm1(-step.value);
  const double curvature = slope / -std::expm1(step.value);
  for (size_t i = 0; i < kVariables; ++i) {
    d.gradient[i] = slope * step.gradient[i];
    for (size_t j = 0; order == Order::kHessian && j < kVariables; ++j)
      d.at(i, j) = slope * step.at(i, j) + curvature * step.gradient[i] * step.gradient[j];
  }
  return d;
}

struct Counts {
  double left = 0;
  double kept = 0;
};

// Log likelihood of a cohort, derivatives by log alpha, log beta (c = 1): from sums of logarithms.
Derivatives geometric_likelihood(const RetentionParameters& p, const RetentionTable& table) {
  const RisingTable alpha(p.alpha, 1);
  const RisingTable beta(p.beta, table.periods());
  const RisingTable both(p.alpha + p.beta, table.periods() + 1);
  Derivatives total;
  const auto add = [&](size_t leaves, size_t stays, uint64_t count) {
    if (count == 0) return;
    Derivatives one;
    add_beta_ratio(one, 0, {p.alpha, p.beta, alpha[leaves], beta[stays], both[leaves + stays]},
                   Order::kHessian);
    one *= static_cast<double>(count);
    total += one;
  };
  for (size_t t = 1; t <= table.periods(); ++t) {
    add(1, t - 1, table.left[t - 1]);
    add(0, t, table.kept[t - 1]);
  }
  return total;
}

Derivatives weibull_likelihood(const RetentionParameters& p, const RetentionTable& table) {
  Derivatives total;
  for (size_t t = 1; t <= table.periods(); ++t) {
    const auto add = [&](Derivatives one, uint64_t count) {
      one *= static_cast<double>(count);
      total += one;
    };
    if (table.left[t - 1] > 0) add(log_leaving(p, t, Order::kHessian), table.left[t - 1]);
    if (table.kept[t - 1] > 0)
      add(log_survival(p, static_cast<double>(t), Order::kHessian), table.kept[t - 1]);
  }
  return total;
}

// What the variables of the search are: alpha, beta, perhaps c, then two effects a covariate.
struct Shape {
  bool weibull = false;
  size_t covariates = 0;

  size_t own() const { return weibull ? 3 : 2; }
  size_t size() const { return own() + 2 * covariates; }
  std::vector<Link> links(std::span<const double> z) const {
    std::vector<Link> result;
    for (size_t i = 0; i < own(); ++i) result.push_back({i, 1});
    for (const size_t base : {0, 1})
      for (const double value : z) result.push_back({base, value});
    return result;
  }
  RetentionParameters at(std::span<const double> logs, std::span<const double> z) const {
    std::array<double, 3> of = {logs[0], logs[1], weibull ? logs[2] : 0};
    for (size_t i = 0; i < 2; ++i)
      for (size_t k = 0; k < covariates; ++k) of[i] += logs[own() + i * covariates + k] * z[k];
    return {std::exp(of[0]), std::exp(of[1]), std::exp(of[2])};
  }
};

Objective objective(std::span<const RetentionCohort> cohorts, const Shape& shape,
                    const std::vector<double>& at) {
  const size_t n = at.size();
  Objective total{0, std::vector<double>(n), std::vector<double>(n * n)};
  for (const RetentionCohort& cohort : cohorts) {
    const RetentionParameters p = shape.at(at, cohort.covariates);
    const Derivatives one =
        shape.weibull ? weibull_likelihood(p, cohort.table) : geometric_likelihood(p, cohort.table);
    add_linked(total, one, 1, shape.links(cohort.covariates));
  }
  return total;
}

Result<void> check_covariates(std::span<const RetentionCohort> cohorts,
                              const std::vector<std::string>& names) {
  for (const RetentionCohort& cohort : cohorts) {
    if (cohort.covariates.size() != names.size() ||
        !std::ranges::all_of(cohort.covariates, [](double z) { return std::isfinite(z); }))
      return Error(ErrorCode::kBadData,
                   fmt::format("cohort {}: {} covariates where {} finite numbers are needed",
                               cohort.table.cohort, cohort.covariates.size(), names.size()),
                   "give each cohort one number for each covariate");
  }
  for (size_t k = 0; k < names.size(); ++k) {
    const double first = cohorts.front().covariates[k];
    if (std::ranges::all_of(cohorts, [&](const auto& c) { return c.covariates[k] == first; }))
      return Error(ErrorCode::kBadData, names[k] + " is the same in all cohorts",
                   "leave it out: it cannot explain a difference");
  }
  return {};
}

Result<RetentionTable> pooled(std::span<const RetentionCohort> cohorts) {
  RetentionTable all;
  for (const RetentionCohort& cohort : cohorts) all.merge(cohort.table);
  const auto any = [](const std::vector<uint64_t>& counts) {
    return std::ranges::any_of(counts, [](uint64_t n) { return n > 0; });
  };
  if (!any(all.left) && !any(all.kept))
    return Error(ErrorCode::kBadData, "no customer has had a renewal to decide on yet",
                 "wait for the end of the first period, or count in shorter ones");
  if (!any(all.left))
    return Error(ErrorCode::kBadData, "no customer has left yet: nothing can be learned of leaving",
                 "watch for longer");
  if (all.left.front() == all.customers() - all.undecided)
    return Error(ErrorCode::kBadData,
                 "all customers left at the end of their first period: nothing can be learned of "
                 "who stays",
                 "check that a period is not longer than the contract");
  return all;
}

// Everyone's average of leaving at the first renewal, with a wide mixture.
std::vector<double> start(const RetentionTable& all, const Shape& shape) {
  const auto decided = static_cast<double>(all.customers() - all.undecided);
  const double leaving =
      std::clamp(static_cast<double>(all.left.front()) / decided, 0.5 / decided, 0.98);
  std::vector<double> logs(shape.size());
  logs[1] = std::log((1 - leaving) / leaving);
  return logs;
}

}  // namespace

Derivatives log_survival(const RetentionParameters& p, double t, Order order) {
  Derivatives d;
  const double tau = t > 0 ? std::min(std::pow(t, p.c), 1e300) : 0;
  d.value = tau > 0 ? log_survival_at(p, tau) : 0;
  if (order == Order::kValue || tau == 0) return d;
  const LogRising by_beta = log_rising(p.beta, tau);
  const LogRising by_both = log_rising(p.alpha + p.beta, tau);
  const LogRising across = log_rising(p.beta + tau, p.alpha);  // less at alpha + beta + tau
  const double log_t = std::log(t);
  const double tau_slope = tau * p.c * log_t;  // of tau by log c
  d.gradient[0] = -p.alpha * by_both.slope;
  d.gradient[1] = p.beta * (by_beta.slope - by_both.slope);
  d.gradient[2] = -tau_slope * across.slope;
  if (order == Order::kGradient) return d;
  const double at_both = trigamma(p.alpha + p.beta + tau);
  d.at(0, 0) = -p.alpha * p.alpha * by_both.curvature + d.gradient[0];
  d.at(1, 1) = p.beta * p.beta * (by_beta.curvature - by_both.curvature) + d.gradient[1];
  d.at(0, 1) = d.at(1, 0) = -p.alpha * p.beta * by_both.curvature;
  d.at(0, 2) = d.at(2, 0) = -p.alpha * tau_slope * at_both;
  d.at(1, 2) = d.at(2, 1) = -p.beta * tau_slope * across.curvature;
  d.at(2, 2) = -tau_slope * tau_slope * across.curvature + d.gradient[2] * (1 + p.c * log_t);
  return d;
}

Derivatives log_leaving(const RetentionParameters& p, size_t t, Order order) {
  Derivatives before = log_survival(p, static_cast<double>(t - 1), order);
  Derivatives step = log_survival(p, static_cast<double>(t), order);
  Derivatives minus = before;
  minus *= -1;
  step += minus;
  before += log_one_less(step, order);
  return before;
}

Result<Fitted> fit_retention(std::span<const RetentionCohort> cohorts,
                             const RetentionOptions& options) {
  REGULARS_ASSIGN(const RetentionTable all, pooled(cohorts));
  REGULARS_TRY(check_covariates(cohorts, options.covariate_names));
  const Shape shape{options.weibull, options.covariate_names.size()};
  std::vector<Variable> variables = {{"alpha", true, 1}, {"beta", true, 1}};
  if (options.weibull) variables.push_back({"c", true, 1});
  for (const char* of : {"alpha:", "beta:"})
    for (const std::string& name : options.covariate_names)
      variables.push_back({of + name, false, 1});
  NewtonOptions newton;
  newton.scale = static_cast<double>(all.customers() - all.undecided);
  const Maximum top =
      maximise([&](const std::vector<double>& at) { return objective(cohorts, shape, at); },
               start(all, shape), newton);

  Fitted fitted;
  fitted.model = options.weibull ? "bdw" : "sbg";
  describe(fitted, top, variables);
  fitted.log_likelihood = top.objective.value;
  fitted.customers = all.customers();
  for (const RetentionCohort& cohort : cohorts)
    fitted.cells += static_cast<uint64_t>(
        std::ranges::count_if(cohort.table.left, [](uint64_t n) { return n > 0; }) +
        std::ranges::count_if(cohort.table.kept, [](uint64_t n) { return n > 0; }));
  return fitted;
}

RetentionParameters retention_parameters(const Fitted& fitted, std::span<const double> covariates) {
  const Shape shape{fitted.find("c") != nullptr, covariates.size()};
  std::vector<double> logs = fitted.values();
  for (size_t i = 0; i < shape.own(); ++i) logs[i] = std::log(logs[i]);
  return shape.at(logs, covariates);
}

Result<CohortFits> fit_cohorts(std::span<const RetentionTable> cohorts, bool weibull) {
  CohortFits fits;
  std::vector<RetentionCohort> all;
  double apart = 0;
  const RetentionOptions options{weibull, {}};
  for (const RetentionTable& table : cohorts) {
    all.push_back({table, {}});
    Result<Fitted> one = fit_retention(std::span(all).last(1), options);
    if (!one)
      return Error(one.error().code(), "cohort " + table.cohort + ": " + one.error().message(),
                   one.error().hint());
    apart += one->log_likelihood;
    fits.cohorts.push_back(std::move(*one));
  }
  REGULARS_ASSIGN(fits.together, fit_retention(all, options));
  fits.statistic = std::max(0.0, 2 * (apart - fits.together.log_likelihood));
  fits.degrees = (static_cast<double>(cohorts.size()) - 1) *
                 static_cast<double>(fits.together.parameters.size());
  fits.p_value = chi_squared_tail(fits.statistic, fits.degrees);
  fits.words = fmt::format(
      "{} (chi-squared {:.1f}, {} degrees of freedom, p {:.2g})",
      fits.p_value < 0.01 ? "The cohorts stay for different times"
                          : "The cohorts do not differ by more than chance in how long they stay",
      fits.statistic, fits.degrees, fits.p_value);
  return fits;
}

}  // namespace regulars::models
