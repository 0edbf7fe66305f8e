#include "models/clv/count_model.h"

#include <fmt/format.h>

#include <cmath>

#include "models/fit/estimates.h"

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

TableLikelihood CountModel::prepare(const CellTable& table) const {
  return [this, &table](Parameters p, Order order) { return log_likelihood(p, table, order); };
}

namespace {

Objective penalised(const TableLikelihood& likelihood, double penalty,
                    const std::vector<double>& logs) {
  const size_t n = logs.size();
  std::vector<double> natural(n);
  for (size_t i = 0; i < n; ++i) natural[i] = std::exp(logs[i]);
  const Derivatives d = likelihood(natural, Order::kHessian);
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

}  // namespace

Result<Fitted> fit(const CountModel& model, const CellTable& table, const FitOptions& options) {
  REGULARS_TRY(check(table));
  REGULARS_TRY(model.check(table));
  std::vector<double> start = options.start.empty() ? model.start(table) : options.start;
  for (double& value : start) value = std::log(value);
  NewtonOptions newton = options.newton;
  newton.scale = static_cast<double>(table.customers());
  const TableLikelihood likelihood = model.prepare(table);
  const Maximum top = maximise(
      [&](const std::vector<double>& logs) { return penalised(likelihood, options.penalty, logs); },
      start, newton);

  std::vector<Variable> variables;
  for (const ParameterInfo& parameter : model.info().parameters)
    variables.push_back({std::string(parameter.name), true, 1});
  Fitted fitted;
  fitted.model = model.info().name;
  describe(fitted, top, variables);
  fitted.log_likelihood = likelihood(fitted.values(), Order::kValue).value;
  fitted.customers = table.customers();
  fitted.cells = table.size();
  return fitted;
}

}  // namespace regulars::models
