// What each customer is worth: purchases expected within a horizon, by a count model, times what
// she is expected to spend on each, by the Gamma-Gamma model, each purchase discounted from when it
// is expected by an effective annual rate. The two models are taken to be independent
// (spend_check.h). Past purchases, and what it cost to win her, are not counted.
//
// Equal customers are computed once, on several threads; the result does not depend on how many.
// Thread-safety: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "models/clv/cell_index.h"
#include "models/clv/count_model.h"
#include "models/clv/spend_model.h"
#include "models/clv/time_unit.h"

namespace regulars::models {

// "12 months" is 12 twelfths of a year of 365.25 days, as time units are.
struct Horizon {
  unsigned count = 12;
  TimeUnit unit = TimeUnit::kMonth;

  double in(TimeUnit model_unit) const { return count * days_in(unit) / days_in(model_unit); }
  std::string suffix() const;  // "12m", "90d", "52w", "1y"
};

struct ValueOptions {
  TimeUnit unit = TimeUnit::kWeek;  // of the cells and the fitted count model
  Horizon horizon;
  double annual_rate = 0.10;  // effective; 0.10 makes 1.10 in a year's time worth 1 now; >= 0
  // Share of revenue that is left when costs are paid, above 0 to 1. Without it values are revenue
  // and are called so.
  std::optional<double> margin;
  // Spend expected of customers of whom no spend is known; without it the spend model's average.
  std::optional<double> unknown_spend;
  size_t threads = 0;  // 0: the machine's
};

// Names of the columns of values and of orders: "clv_12m" where the margin is known, else
// "expected_revenue_12m"; "expected_orders_12m".
std::string value_name(const ValueOptions& options);
std::string orders_name(const ValueOptions& options);

struct CustomerValues {
  std::string value_name;
  std::string orders_name;
  std::vector<double> expected_orders;  // within the horizon, not discounted
  std::vector<double> p_alive;          // now
  std::vector<double> expected_spend;   // per order, before margin
  std::vector<double> value;            // discounted, after margin
};

// Columns of one row a customer. `spend`: x 0 where no spend is known. `gamma_factor`: what her
// covariates multiply gamma by (exp(effect' z)); empty: 1 for all. kUsage for columns of different
// length and options out of range; kBadData, naming the customer, where her spend does not exist
// (spend_model.h) or a spend cell is impossible.
struct ValueInput {
  const CellIndex& cells;
  std::span<const SpendCell> spend;
  std::span<const double> gamma_factor = {};
};
Result<CustomerValues> customer_values(const CountModel& model, Parameters p,
                                       const SpendParameters& spend, const ValueInput& input,
                                       const ValueOptions& options);

// What to expect of a customer who has just made her first order.
struct NewCustomerCurve {
  std::string value_name;
  double first_order = 0;               // its spend after margin; not within `value`
  std::vector<double> time;             // in the model's unit, `points` equal steps to the horizon
  std::vector<double> expected_orders;  // further orders until then
  std::vector<double> value;            // of them, discounted, after margin
};
// kUsage for options out of range or no points; kBadData where the average spend does not exist.
Result<NewCustomerCurve> new_customer_curve(const CountModel& model, Parameters p,
                                            const SpendParameters& spend,
                                            const ValueOptions& options, size_t points = 12);

}  // namespace regulars::models
