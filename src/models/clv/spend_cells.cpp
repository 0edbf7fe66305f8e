#include "models/clv/spend_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace regulars::models {
namespace {

bool positive(double v) { return std::isfinite(v) && v > 0; }

Result<void> check(std::span<const SpendCell> customers) {
  if (customers.empty())
    return Error(ErrorCode::kBadData, "there is no customer with a spend to fit a model to",
                 "a customer counts from her first repeat purchase with an amount above 0");
  for (size_t i = 0; i < customers.size(); ++i) {
    const SpendCell& cell = customers[i];
    if (positive(cell.x) && positive(cell.mean)) continue;
    return Error(
        ErrorCode::kBadData,
        fmt::format("customer {}: {} purchases with a mean spend of {}", i, cell.x, cell.mean),
        "leave out customers without purchases, refunds and amounts of 0");
  }
  if (std::ranges::all_of(customers,
                          [&](const SpendCell& cell) { return cell.mean == customers[0].mean; }))
    return Error(ErrorCode::kBadData,
                 fmt::format("all {} customers have the same mean spend of {}: there is no "
                             "scatter that a spend model could be learned from",
                             customers.size(), customers[0].mean),
                 "use that amount as everyone's expected spend");
  return {};
}

Result<void> add_covariates(SpendTable& table, const SpendOptions& options) {
  const size_t k = options.covariate_names.size();
  if (options.covariates.size() != k * table.customers)
    return Error(ErrorCode::kBadData,
                 fmt::format("{} values of {} covariates for {} customers",
                             options.covariates.size(), k, table.customers),
                 "give one row of covariates for each customer");
  table.covariates = k;
  table.z = options.covariates;
  const auto n = static_cast<double>(table.customers);
  for (size_t j = 0; j < k; ++j) {
    double mean = 0;
    double squares = 0;
    for (size_t i = 0; i < table.customers; ++i) {
      const double z = table.z[i * k + j];
      if (!std::isfinite(z))
        return Error(
            ErrorCode::kBadData,
            fmt::format("customer {}: {} is not a finite number", i, options.covariate_names[j]),
            "fill in unknown values before the fit, with a covariate that says so");
      const double off = z - mean;
      mean += off / static_cast<double>(i + 1);
      squares += off * (z - mean);
    }
    const double spread = std::sqrt(squares / n);
    if (!(spread > 1e-12 * std::abs(mean)))
      return Error(ErrorCode::kBadData,
                   options.covariate_names[j] + " is the same for all customers",
                   "leave it out: it cannot explain a difference");
    table.z_spread.push_back(spread);
    for (size_t i = 0; i < table.customers; ++i) table.z[i * k + j] /= spread;
  }
  return {};
}

void add_rows(SpendTable& table, std::span<const SpendCell> customers) {
  const auto before = [&](size_t a, size_t b) {
    if (customers[a].x != customers[b].x) return customers[a].x < customers[b].x;
    if (customers[a].mean != customers[b].mean) return customers[a].mean < customers[b].mean;
    return std::ranges::lexicographical_compare(table.z_of(a), table.z_of(b));
  };
  std::vector<size_t> order(customers.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, before);
  for (size_t k = 0; k < order.size(); ++k) {
    const size_t i = order[k];
    if (k == 0 || before(order[k - 1], i))
      table.rows.push_back({{customers[i].x, customers[i].mean / table.money}, 0, i});
    ++table.rows.back().count;
  }
}

}  // namespace

Result<SpendTable> spend_table(std::span<const SpendCell> customers, const SpendOptions& options) {
  REGULARS_TRY(check(customers));
  SpendTable table;
  table.customers = customers.size();
  const auto n = static_cast<double>(customers.size());
  table.money = 0;
  for (const SpendCell& cell : customers) table.money += cell.mean / n;
  table.log_money_total = n * std::log(table.money);
  REGULARS_TRY(add_covariates(table, options));
  add_rows(table, customers);
  return table;
}

}  // namespace regulars::models
