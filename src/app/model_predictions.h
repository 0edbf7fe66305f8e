// What fitted models say of each customer, as tables.
//
// Thread-safety: pure functions.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/listing.h"
#include "app/period_summary.h"
#include "base/result.h"
#include "data/history.h"
#include "models/clv/count_model.h"
#include "models/clv/purchase_summary.h"

namespace regulars::app {

// Columns of equal length; those of spend and gaps may be empty.
struct PredictedCustomers {
  std::vector<uint32_t> customer;
  std::vector<models::BuyingCell> cell;
  std::vector<uint32_t> spend_count;
  std::vector<double> mean_spend;
  std::vector<double> log_gaps;
};

struct CountFit {
  std::unique_ptr<models::CountModel> model;
  models::Fitted fitted;
};
// By name, also mbg-cnbd-k, whose k is found.
Result<CountFit> fit_count_model(const std::string& name, const models::CellTable& table,
                                 const PredictedCustomers& customers);

// customer_id, x, t_x, T, p_alive and expected_purchases with intervals of the parameters'
// uncertainty, purchases_low and _high (chance as well); with spend: expected_spend and
// expected_revenue with the interval of what will come.
Result<Listing> predict_counts(const CountFit& fit, const models::CellTable& table,
                               const PredictedCustomers& customers, const History& history,
                               double horizon, double level);
Result<Listing> predict_spend(const models::Fitted& fitted, const models::PurchaseSummary& summary,
                              const History& history);
// Customers who are still there: renewals made, chance of the next, expected ones.
Result<Listing> predict_renewals(const models::Fitted& fitted, const PeriodSummary& periods,
                                 const History& history, double horizon);

}  // namespace regulars::app
