#include "models/contract/cox.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/contract/cox_sums.h"
#include "models/fit/estimates.h"
#include "models/fit/newton.h"
#include "models/fit/probability.h"

namespace regulars::models {
namespace {

using Eigen::Index;
using Eigen::VectorXd;
using Matrix = CoxTable::Matrix;

VectorXd vector_of(const std::vector<double>& values) {
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

// The partial likelihood of those who left at one time, with derivatives.
void add(Objective& total, const CoxTable& table, const VectorXd& effects, Ties ties,
         const RiskSet& set) {
  const Index n = effects.size();
  Eigen::Map<VectorXd> gradient(total.gradient.data(), n);
  Eigen::Map<Matrix> hessian(total.hessian.data(), n, n);
  for (const size_t row : set.ended) {
    const auto z = table.z.row(static_cast<Index>(row)).transpose();
    total.value += effects.dot(z);
    gradient += z;
  }
  for (size_t l = 0; l < set.ended.size(); ++l) {
    const double gone = share_gone(ties, l, set.ended.size());
    const double at_risk = set.total - gone * set.total_of_ended;
    const VectorXd mean = (set.first - gone * set.first_of_ended) / at_risk;
    total.value -= std::log(at_risk);
    gradient -= mean;
    hessian.triangularView<Eigen::Lower>() -=
        (set.second - gone * set.second_of_ended) / at_risk - mean * mean.transpose();
  }
}

Objective objective(const CoxTable& table, Ties ties, const std::vector<double>& at) {
  const size_t n = at.size();
  Objective total{0, std::vector<double>(n), std::vector<double>(n * n)};
  const VectorXd effects = vector_of(at);
  for_each_risk_set(table, effects, true,
                    [&](const RiskSet& set) { add(total, table, effects, ties, set); });
  for (size_t i = 0; i < n; ++i)
    for (size_t j = i + 1; j < n; ++j) total.hessian[i * n + j] = total.hessian[j * n + i];
  return total;
}

Test test_of(double statistic, size_t degrees) {
  const auto k = static_cast<double>(degrees);
  return {std::max(0.0, statistic), k, chi_squared_tail(statistic, k)};
}

// v' M v for the inverse of -hessian, or for -hessian itself.
double quadratic(const std::vector<double>& v, const std::vector<double>& matrix) {
  const auto n = static_cast<Index>(v.size());
  if (matrix.empty()) return std::nan("");
  const VectorXd x = vector_of(v);
  return x.dot(Eigen::Map<const Matrix>(matrix.data(), n, n) * x);
}

void add_tests(CoxFit& fit, const Objective& null, const Maximum& top) {
  const size_t n = top.at.size();
  fit.null_log_likelihood = null.value;
  fit.likelihood_ratio = test_of(2 * (top.objective.value - null.value), n);
  fit.score = test_of(quadratic(null.gradient, inverse_of_negative(null.hessian, n)), n);
  fit.wald = test_of(-quadratic(top.at, top.objective.hessian), n);
}

void add_baseline(CoxFit& fit, const CoxTable& table, const std::vector<double>& at) {
  for_each_risk_set(table, vector_of(at), false, [&](const RiskSet& set) {
    double hazard = 0;
    for (size_t l = 0; l < set.ended.size(); ++l)
      hazard += 1 / (set.total - share_gone(fit.ties, l, set.ended.size()) * set.total_of_ended);
    fit.baseline.push_back({set.time, hazard});
  });
  std::ranges::reverse(fit.baseline);
  double sum = 0;
  for (BaselineStep& step : fit.baseline) step.cumulative_hazard = sum += step.cumulative_hazard;
}

// An effect of ten standard deviations' logarithm: who has a little more of it leaves first of all.
constexpr double kParts = 10;

void warn(CoxFit& fit, const Maximum& top, std::span<const std::string> names) {
  for (size_t i = 0; i < names.size(); ++i)
    if (std::abs(top.at[i]) > kParts)
      fit.fitted.warnings.push_back(
          fmt::format("{} parts those who leave from those who stay altogether: its effect has no "
                      "limit, and the figure given says only its sign",
                      names[i]));
}

}  // namespace

Result<CoxFit> fit_cox(const CoxData& data, Ties ties) {
  REGULARS_ASSIGN(const CoxTable table, cox_table(data));
  const size_t n = data.names.size();
  NewtonOptions newton;
  newton.scale = static_cast<double>(table.left);
  const std::vector<double> none(n);
  const Maximum top = maximise(
      [&](const std::vector<double>& at) { return objective(table, ties, at); }, none, newton);

  CoxFit fit;
  fit.ties = ties;
  fit.ended = table.left;
  fit.means.assign(table.means.begin(), table.means.end());
  std::vector<Variable> variables;
  for (size_t i = 0; i < n; ++i)
    variables.push_back({data.names[i], false, 1 / table.spreads[static_cast<Index>(i)]});
  fit.fitted.model = "cox";
  describe(fit.fitted, top, variables);
  fit.fitted.log_likelihood = top.objective.value;
  fit.fitted.customers = fit.fitted.cells = table.size();
  add_tests(fit, objective(table, ties, none), top);
  add_baseline(fit, table, top.at);
  warn(fit, top, data.names);
  return fit;
}

double cox_risk(const CoxFit& fit, std::span<const double> covariates) {
  double sum = 0;
  for (size_t i = 0; i < fit.means.size(); ++i)
    sum += fit.fitted.parameters[i].value * (covariates[i] - fit.means[i]);
  return std::exp(sum);
}

double cox_survival(const CoxFit& fit, std::span<const double> covariates, double time) {
  const auto after = std::ranges::upper_bound(fit.baseline, time, {}, &BaselineStep::time);
  if (after == fit.baseline.begin()) return 1;
  return std::exp(-(after - 1)->cumulative_hazard * cox_risk(fit, covariates));
}

}  // namespace regulars::models
