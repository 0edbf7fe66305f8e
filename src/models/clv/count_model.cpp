#include "models/clv/count_model.h"

#include <fmt/format.h>

#include <cmath>

namespace regulars::models {

Derivatives CountModel::log_likelihood(Parameters p, const CellTable& table, Order order) const {
  Derivatives total;
  for (size_t i = 0; i < table.size(); ++i) {
    Derivatives one = log_likelihood(p, table.cells()[i], order);
    one *= static_cast<double>(table.counts()[i]);
    total += one;
  }
  return total;
}

namespace {

Objective penalised(const CountModel& model, const CellTable& table, double penalty,
                    const std::vector<double>& logs) {
  const size_t n = logs.size();
  std::vector<double> natural(n);
  for (size_t i = 0; i < n; ++i) natural[i] = std::exp(logs[i]);
  const Derivatives d = model.log_likelihood(natural, table, Order::kHessian);
  Objective objective{d.value, std::vector<double>(n), std::vector<double>(n * n)};
  for (size_t i = 0; i < n; ++i) {
    objective.value -= penalty * logs[i] * logs[i];
    objective.gradient[i] = d.gradient[i] - 2 * penalty * logs[i];
    for (size_t j = 0; j < n; ++j) objective.hessian[i * n + j] = d.at(i, j);
    objective.hessian[i * n + i] -= 2 * penalty;
  }
  return objective;
}

Result<void> check(const CellTable& table) {
  if (table.customers() == 0)
    return Error(ErrorCode::kBadData, "there are no customers to fit a model to",
                 "give purchases at or before the end of the calibration period");
  for (const BuyingCell& cell : table.cells())
    if (cell.x > 0) return {};
  return Error(ErrorCode::kBadData,
               fmt::format("none of the {} customers ever came back: a buying rate cannot be "
                           "told from none",
                           table.customers()),
               "give a longer period, or check that the customer ids are those of people");
}

void add_errors(Fitted& fitted, const Maximum& top) {
  const size_t n = top.at.size();
  const std::vector<double> inverse = inverse_of_negative(top.objective.hessian, n);
  fitted.covariance.clear();
  for (size_t i = 0; i < n; ++i) {
    Parameter& parameter = fitted.parameters[i];
    parameter.standard_error =
        inverse.empty() ? std::nan("") : parameter.value * std::sqrt(inverse[i * n + i]);
    if (inverse.empty()) continue;
    for (size_t j = 0; j < n; ++j)
      fitted.covariance.push_back(parameter.value * inverse[i * n + j] *
                                  fitted.parameters[j].value);
  }
}

void add_warnings(Fitted& fitted, const Maximum& top) {
  if (top.at_bound)
    fitted.warnings.emplace_back(
        "a parameter ran to the edge of what is searched: these customers do not determine it; "
        "what it says of them as a whole may still hold, its own value does not");
  else if (!top.converged)
    fitted.warnings.emplace_back("the search for the best parameters did not end: do not use them");
  if (fitted.covariance.empty())
    fitted.warnings.emplace_back(
        "the likelihood is flat in some direction: there are no standard errors");
}

}  // namespace

Result<Fitted> fit(const CountModel& model, const CellTable& table, const FitOptions& options) {
  if (Result<void> checked = check(table); !checked) return checked.error();
  std::vector<double> start = options.start.empty() ? model.start(table) : options.start;
  for (double& value : start) value = std::log(value);
  NewtonOptions newton = options.newton;
  newton.scale = static_cast<double>(table.customers());
  const Maximum top = maximise(
      [&](const std::vector<double>& logs) {
        return penalised(model, table, options.penalty, logs);
      },
      start, newton);

  Fitted fitted;
  fitted.model = model.info().name;
  std::vector<double> natural;
  for (size_t i = 0; i < model.size(); ++i) {
    natural.push_back(std::exp(top.at[i]));
    fitted.parameters.push_back({std::string(model.info().parameters[i].name), natural[i], 0});
  }
  fitted.log_likelihood = model.log_likelihood(natural, table, Order::kValue).value;
  fitted.customers = table.customers();
  fitted.cells = table.size();
  fitted.converged = top.converged;
  fitted.iterations = top.iterations;
  fitted.gradient_norm = top.gradient_norm;
  fitted.least_curvature = top.least_curvature;
  add_errors(fitted, top);
  add_warnings(fitted, top);
  return fitted;
}

}  // namespace regulars::models
