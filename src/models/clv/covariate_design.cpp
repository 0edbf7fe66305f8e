#include "models/clv/covariate_design.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace regulars::models {
namespace {

Result<void> check(const CountModel& model, const ProcessCovariates& given, Process process,
                   size_t customers) {
  if (given.names.empty() && given.values.empty()) return {};
  const std::string_view of = process == Process::kTransaction ? "buying" : "leaving";
  const bool touched = std::ranges::any_of(model.info().parameters, [&](const ParameterInfo& p) {
    return p.process == process && p.covariate_sign != 0;
  });
  if (!touched)
    return Error(
        ErrorCode::kUsage,
        fmt::format("{} has no parameter of {} that covariates may change", model.info().title, of),
        "use bg-nbd, mbg-nbd or pareto-nbd, or leave these covariates out");
  if (given.values.size() != given.names.size() * customers)
    return Error(ErrorCode::kBadData,
                 fmt::format("{} values of {} covariates of {} for {} customers",
                             given.values.size(), given.names.size(), of, customers),
                 "give each customer one value of each covariate");
  for (size_t i = 0; i < given.names.size(); ++i)
    if (std::ranges::count(given.names, given.names[i]) > 1)
      return Error(ErrorCode::kUsage,
                   fmt::format("covariate '{}' of {} is named twice", given.names[i], of),
                   "name each covariate once for each process");
  for (size_t i = 0; i < given.values.size(); ++i)
    if (!std::isfinite(given.values[i]))
      return Error(ErrorCode::kBadData,
                   fmt::format("customer {}: covariate '{}' is not a finite number",
                               i / given.names.size(), given.names[i % given.names.size()]),
                   "leave out customers whose covariates are not known, or give 'unknown' a "
                   "column of its own");
  return {};
}

Result<CovariateColumn> column_of(const ProcessCovariates& given, size_t index, Process process,
                                  size_t customers) {
  CovariateColumn column;
  column.name = (process == Process::kTransaction ? "trans." : "life.") + given.names[index];
  column.process = process;
  const auto value = [&](size_t customer) {
    return given.values[customer * given.names.size() + index];
  };
  for (size_t i = 0; i < customers; ++i)
    column.mean += (value(i) - column.mean) / static_cast<double>(i + 1);
  double squares = 0;
  for (size_t i = 0; i < customers; ++i) squares += std::pow(value(i) - column.mean, 2);
  column.scale = std::sqrt(squares / static_cast<double>(customers));
  if (column.scale <= 1e-12 * std::abs(column.mean) || column.scale == 0)
    return Error(ErrorCode::kBadData,
                 fmt::format("covariate '{}' is the same for every customer", given.names[index]),
                 "leave it out: nothing can be learned of its effect");
  return column;
}

}  // namespace

Result<CovariateDesign> CovariateDesign::of(const CountModel& model,
                                            std::span<const BuyingCell> customers,
                                            const CountCovariates& covariates) {
  CovariateDesign design;
  std::vector<std::vector<double>> rows(customers.size());
  for (const Process process : {Process::kTransaction, Process::kDropout}) {
    const ProcessCovariates& given =
        process == Process::kTransaction ? covariates.transaction : covariates.dropout;
    REGULARS_TRY(check(model, given, process, customers.size()));
    for (size_t index = 0; index < given.names.size(); ++index) {
      const Result<CovariateColumn> column = column_of(given, index, process, customers.size());
      if (!column) return column.error();
      for (size_t i = 0; i < customers.size(); ++i)
        rows[i].push_back((given.values[i * given.names.size() + index] - column->mean) /
                          column->scale);
      design.columns.push_back(*column);
    }
  }
  std::vector<uint32_t> order(customers.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, [&](uint32_t a, uint32_t b) { return rows[a] < rows[b]; });
  for (size_t i = 0; i < order.size();) {
    const std::vector<double>& z = rows[order[i]];
    std::vector<BuyingCell> cells;
    for (; i < order.size() && rows[order[i]] == z; ++i) cells.push_back(customers[order[i]]);
    Result<CellTable> table = CellTable::of(cells);
    if (!table) return table.error();
    design.groups.push_back({z, std::move(table).value()});
  }
  return design;
}

}  // namespace regulars::models
