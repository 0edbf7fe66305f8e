#include "models/clv/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "models/clv/score.h"

namespace regulars::models {
namespace {

constexpr size_t kCustomersInPart = 1 << 16;

bool positive(double v) { return std::isfinite(v) && v > 0; }

Result<void> check(const ValueOptions& options) {
  const auto wrong = [](std::string message, std::string hint) {
    return Error(ErrorCode::kUsage, std::move(message), std::move(hint));
  };
  if (options.horizon.count == 0)
    return wrong("a horizon of 0 holds no orders", "12 months is usual");
  if (!(options.annual_rate >= 0 && std::isfinite(options.annual_rate)))
    return wrong(fmt::format("{} is not an annual discount rate", options.annual_rate),
                 "10 % a year is 0.10");
  if (options.margin && !(*options.margin > 0 && *options.margin <= 1))
    return wrong(fmt::format("{} is not a margin", *options.margin),
                 "give the share of revenue that is left, above 0 to 1: 0.35");
  if (options.unknown_spend && !positive(*options.unknown_spend))
    return wrong(fmt::format("{} is not an expected spend", *options.unknown_spend),
                 "give an amount above 0");
  return {};
}

Result<void> check(const ValueInput& input) {
  const size_t n = input.cells.cell_of.size();
  if (input.spend.size() == n && (input.gamma_factor.empty() || input.gamma_factor.size() == n))
    return {};
  return Error(ErrorCode::kUsage,
               fmt::format("{} customers, {} of them with spend, {} with covariates", n,
                           input.spend.size(), input.gamma_factor.size()),
               "give one row for each customer");
}

Result<CountScores> scores_of(const CountModel& model, Parameters p,
                              const std::vector<BuyingCell>& cells, const ValueOptions& options) {
  return score(model, p, cells,
               {options.horizon.in(options.unit), rate_per_unit(options.annual_rate, options.unit),
                options.threads});
}

Result<double> spend_of(const SpendParameters& spend, const ValueInput& input, size_t customer,
                        const ValueOptions& options) {
  const SpendCell& cell = input.spend[customer];
  if (cell.x == 0 && options.unknown_spend) return *options.unknown_spend;
  SpendParameters own = spend;
  if (!input.gamma_factor.empty()) own.gamma *= input.gamma_factor[customer];
  return expected_spend(own, cell);
}

// The first customer in [from, to) whose spend does not exist, or `to`.
size_t fill(CustomerValues& values, const CountScores& by_cell, const SpendParameters& spend,
            const ValueInput& input, const ValueOptions& options, size_t from, size_t to) {
  const double margin = options.margin.value_or(1);
  for (size_t i = from; i < to; ++i) {
    const Result<double> own = spend_of(spend, input, i, options);
    if (!own) return i;
    const size_t cell = input.cells.cell_of[i];
    const double orders = by_cell.expected[cell];
    values.expected_orders[i] = orders;
    values.p_alive[i] = by_cell.p_alive[cell];
    values.expected_spend[i] = *own;
    values.value[i] =
        (by_cell.discounted.empty() ? orders : by_cell.discounted[cell]) * *own * margin;
  }
  return to;
}

}  // namespace

std::string Horizon::suffix() const { return std::to_string(count) + name_of(unit).front(); }

std::string value_name(const ValueOptions& options) {
  return (options.margin ? "clv_" : "expected_revenue_") + options.horizon.suffix();
}

std::string orders_name(const ValueOptions& options) {
  return "expected_orders_" + options.horizon.suffix();
}

Result<CustomerValues> customer_values(const CountModel& model, Parameters p,
                                       const SpendParameters& spend, const ValueInput& input,
                                       const ValueOptions& options) {
  REGULARS_TRY(check(options));
  REGULARS_TRY(check(input));
  REGULARS_ASSIGN(const CountScores by_cell, scores_of(model, p, input.cells.cells, options));
  const size_t n = input.cells.cell_of.size();
  CustomerValues values;
  values.value_name = value_name(options);
  values.orders_name = orders_name(options);
  for (auto* column :
       {&values.expected_orders, &values.p_alive, &values.expected_spend, &values.value})
    column->resize(n);
  const size_t parts = (n + kCustomersInPart - 1) / kCustomersInPart;
  std::vector<size_t> failed(parts);
  parallel_for(parts, options.threads, [&](size_t part) {
    const size_t to = std::min(n, (part + 1) * kCustomersInPart);
    const size_t at = fill(values, by_cell, spend, input, options, part * kCustomersInPart, to);
    failed[part] = at == to ? n : at;
  });
  const size_t first = parts == 0 ? n : *std::ranges::min_element(failed);
  if (first == n) return values;
  const Error why = spend_of(spend, input, first, options).error();
  return Error(why.code(), fmt::format("customer {}: {}", first, why.message()), why.hint());
}

Result<NewCustomerCurve> new_customer_curve(const CountModel& model, Parameters p,
                                            const SpendParameters& spend,
                                            const ValueOptions& options, size_t points) {
  REGULARS_TRY(check(options));
  if (points == 0) return Error(ErrorCode::kUsage, "a curve needs points", "12 is usual");
  NewCustomerCurve curve;
  curve.value_name = value_name(options);
  double order = options.unknown_spend.value_or(0);
  if (!options.unknown_spend) {
    REGULARS_ASSIGN(order, expected_spend(spend, {}));
  }
  curve.first_order = order * options.margin.value_or(1);
  const double rate = rate_per_unit(options.annual_rate, options.unit);
  const double step = options.horizon.in(options.unit) / static_cast<double>(points);
  for (size_t i = 1; i <= points; ++i) {
    const double time = step * static_cast<double>(i);
    curve.time.push_back(time);
    curve.expected_orders.push_back(model.expected(p, time));
    curve.value.push_back(curve.first_order *
                          model.discounted_expected(p, BuyingCell{}, rate, time));
  }
  return curve;
}

}  // namespace regulars::models
