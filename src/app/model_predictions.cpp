#include "app/model_predictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "models/clv/erlang_shape.h"
#include "models/clv/intervals.h"
#include "models/clv/posterior.h"
#include "models/clv/spend_model.h"
#include "models/contract/retention_model.h"
#include "models/contract/retention_outlook.h"

namespace regulars::app {
namespace {

using models::BuyingCell;
using models::Interval;

// Place of each customer's cell in the table.
std::vector<uint32_t> places_of(const models::CellTable& table,
                                const std::vector<BuyingCell>& cells) {
  const auto less = [](const BuyingCell& a, const BuyingCell& b) {
    return std::tie(a.x, a.t_x, a.T) < std::tie(b.x, b.t_x, b.T);
  };
  std::vector<uint32_t> places;
  places.reserve(cells.size());
  for (const BuyingCell& cell : cells) {
    const auto found = std::ranges::lower_bound(table.cells(), cell, less);
    places.push_back(static_cast<uint32_t>(found - table.cells().begin()));
  }
  return places;
}

// Where the parameters are known to a few percent, their uncertainty adds nothing to chance.
size_t draws_needed(const models::Fitted& fitted) {
  double most = 0;
  for (const models::Parameter& p : fitted.parameters) {
    most = std::max(most, p.standard_error / p.value);
  }
  return most < 0.03 ? 1 : 8;
}

Cell whole(double value) { return Cell::of(static_cast<int64_t>(std::llround(value))); }

// All digits for programs, four for people.
Cell shown(double value) {
  Cell cell = Cell::real(value);
  if (cell.kind != Cell::Kind::kEmpty) cell.people = fmt::format("{:.4g}", value);
  return cell;
}

std::string id_of(const History& history, uint32_t customer) {
  return std::string(history.customer_id(customer));
}

// Revenue to come of each customer, where there is something to learn it from.
struct RevenueOutlook {
  std::vector<double> spend, revenue;
  std::vector<Interval> interval;
};

class RevenuePrediction {
 public:
  RevenuePrediction(const CountFit& fit, const PredictedCustomers& customers)
      : fit_(fit), customers_(customers) {}

  // Nothing where spend cannot be modelled: no amounts, or no mean in the population.
  Result<std::optional<RevenueOutlook>> of(const std::vector<double>& expected,
                                           const models::Posterior& posterior, double horizon,
                                           const models::IntervalOptions& options) {
    const auto spend = parameters();
    if (!spend) return std::optional<RevenueOutlook>();
    std::map<Key, Interval> scaled = scaled_intervals(*spend, posterior, horizon, options);
    RevenueOutlook outlook;
    for (size_t i = 0; i < expected.size(); ++i) {
      const models::SpendCell cell{static_cast<double>(customers_.spend_count[i]),
                                   customers_.mean_spend[i]};
      const auto mean = models::expected_spend(*spend, cell);
      if (!mean) return std::optional<RevenueOutlook>();
      const double scale = models::spend_scale(*spend, cell);
      const Interval& interval = scaled[key(i)];
      outlook.spend.push_back(*mean);
      outlook.revenue.push_back(*mean * expected[i]);
      outlook.interval.push_back({interval.low * scale, interval.high * scale});
    }
    return std::optional(std::move(outlook));
  }

 private:
  using Key = std::tuple<double, double, double, uint32_t>;
  Key key(size_t i) const {
    const BuyingCell& cell = customers_.cell[i];
    return {cell.x, cell.t_x, cell.T, customers_.spend_count[i]};
  }

  std::optional<models::SpendParameters> parameters() const {
    std::vector<models::SpendCell> cells;
    for (size_t i = 0; i < customers_.spend_count.size(); ++i) {
      if (customers_.spend_count[i] == 0) continue;
      cells.push_back({static_cast<double>(customers_.spend_count[i]), customers_.mean_spend[i]});
    }
    const auto fitted = models::fit_spend(cells, {});
    if (!fitted || !fitted->converged) return std::nullopt;
    return models::spend_parameters(*fitted);
  }

  std::map<Key, Interval> scaled_intervals(const models::SpendParameters& spend,
                                           const models::Posterior& posterior, double horizon,
                                           const models::IntervalOptions& options) const {
    std::map<Key, Interval> found;
    for (size_t i = 0; i < customers_.cell.size(); ++i) found.try_emplace(key(i));
    std::vector<BuyingCell> cells;
    std::vector<uint32_t> counts;
    for (const auto& [k, interval] : found) {
      cells.push_back({std::get<0>(k), std::get<1>(k), std::get<2>(k)});
      counts.push_back(std::get<3>(k));
    }
    const std::vector<Interval> intervals = models::scaled_revenue_intervals(
        *fit_.model, posterior, spend, cells, counts, horizon, options);
    size_t at = 0;
    for (auto& [k, interval] : found) interval = intervals[at++];
    return found;
  }

  const CountFit& fit_;
  const PredictedCustomers& customers_;
};

void add_heading(Listing& listing, const std::string& key, const std::string& title) {
  listing.columns.push_back({key, title});
}

void add_count_headings(Listing& listing) {
  add_heading(listing, "customer_id", "customer");
  add_heading(listing, "x", "x");
  add_heading(listing, "t_x", "t_x");
  add_heading(listing, "T", "T");
  for (const std::string name : {"p_alive", "expected_purchases"}) {
    const std::string title = name == "p_alive" ? "P(alive)" : "expected purchases";
    add_heading(listing, name, title);
    add_heading(listing, name + "_low", "from");
    add_heading(listing, name + "_high", "to");
  }
  add_heading(listing, "purchases_low", "at least");
  add_heading(listing, "purchases_high", "at most");
}

}  // namespace

Result<CountFit> fit_count_model(const std::string& name, const models::CellTable& table,
                                 const PredictedCustomers& customers) {
  if (name == "mbg-cnbd-k") {
    const double gaps = std::accumulate(customers.log_gaps.begin(), customers.log_gaps.end(), 0.0);
    REGULARS_ASSIGN(models::ShapeFit shape,
                    models::fit_shape(models::RegularFamily::kMbg, table, gaps, {}));
    REGULARS_ASSIGN(auto model, models::count_model(shape.fitted.model));
    return CountFit{std::move(model), std::move(shape.fitted)};
  }
  REGULARS_ASSIGN(std::unique_ptr<models::CountModel> model, models::count_model(name));
  REGULARS_ASSIGN(models::Fitted fitted, models::fit(*model, table, {}));
  return CountFit{std::move(model), std::move(fitted)};
}

Result<Listing> predict_counts(const CountFit& fit, const models::CellTable& table,
                               const PredictedCustomers& customers, const History& history,
                               double horizon, double level) {
  const models::IntervalOptions options{.level = level};
  const std::vector<BuyingCell>& cells = table.cells();
  REGULARS_ASSIGN(const models::ExpectedIntervals expected,
                  models::expected_intervals(*fit.model, fit.fitted, cells, horizon, options));
  REGULARS_ASSIGN(const models::Posterior posterior,
                  models::posterior_of(*fit.model, table, fit.fitted,
                                       {.draws = draws_needed(fit.fitted), .checked = 0}));
  const std::vector<Interval> counts =
      models::count_intervals(*fit.model, posterior, cells, horizon, options);
  const std::vector<uint32_t> place = places_of(table, customers.cell);
  std::vector<double> by_customer;
  for (const uint32_t p : place) by_customer.push_back(expected.expected[p]);
  std::optional<RevenueOutlook> revenue;
  if (!customers.spend_count.empty()) {
    RevenuePrediction prediction(fit, customers);
    REGULARS_ASSIGN(revenue, prediction.of(by_customer, posterior, horizon, options));
  }
  Listing listing;
  listing.rows_key = "predictions";
  add_count_headings(listing);
  if (revenue) {
    add_heading(listing, "expected_spend", "spend");
    add_heading(listing, "expected_revenue", "revenue");
    add_heading(listing, "revenue_low", "from");
    add_heading(listing, "revenue_high", "to");
  }
  for (size_t i = 0; i < place.size(); ++i) {
    const uint32_t p = place[i];
    const BuyingCell& cell = customers.cell[i];
    std::vector<Cell> row = {Cell::of(id_of(history, customers.customer[i])),
                             whole(cell.x),
                             shown(cell.t_x),
                             shown(cell.T),
                             shown(expected.p_alive[p]),
                             shown(expected.p_alive_interval[p].low),
                             shown(expected.p_alive_interval[p].high),
                             shown(expected.expected[p]),
                             shown(expected.expected_interval[p].low),
                             shown(expected.expected_interval[p].high),
                             whole(counts[p].low),
                             whole(counts[p].high)};
    if (revenue) {
      row.push_back(shown(revenue->spend[i]));
      row.push_back(shown(revenue->revenue[i]));
      row.push_back(shown(revenue->interval[i].low));
      row.push_back(shown(revenue->interval[i].high));
    }
    listing.rows.push_back(std::move(row));
  }
  return listing;
}

Result<Listing> predict_spend(const models::Fitted& fitted, const models::PurchaseSummary& summary,
                              const History& history) {
  const models::SpendParameters spend = models::spend_parameters(fitted);
  Listing listing;
  listing.rows_key = "predictions";
  add_heading(listing, "customer_id", "customer");
  add_heading(listing, "purchases", "purchases");
  add_heading(listing, "mean_spend", "mean spend");
  add_heading(listing, "expected_spend", "expected spend");
  for (size_t i = 0; i < summary.size(); ++i) {
    const models::SpendCell cell{static_cast<double>(summary.spend_count[i]),
                                 summary.mean_spend[i]};
    const auto expected = models::expected_spend(spend, cell);
    listing.rows.push_back({Cell::of(id_of(history, summary.customer[i])), whole(cell.x),
                            cell.x > 0 ? shown(cell.mean) : Cell{},
                            expected ? shown(*expected) : Cell{}});
  }
  return listing;
}

Result<Listing> predict_renewals(const models::Fitted& fitted, const PeriodSummary& periods,
                                 const History& history, double horizon) {
  const models::RetentionParameters p = models::retention_parameters(fitted);
  Listing listing;
  listing.rows_key = "predictions";
  add_heading(listing, "customer_id", "customer");
  add_heading(listing, "renewals", "renewals");
  add_heading(listing, "p_renews", "renews next");
  add_heading(listing, "expected_renewals", "expected renewals");
  for (size_t i = 0; i < periods.customer.size(); ++i) {
    if (periods.left[i] != 0) continue;
    const auto renewed = static_cast<size_t>(periods.stayed[i]);
    REGULARS_ASSIGN(const double expected,
                    models::expected_renewals(p, renewed, std::floor(horizon)));
    listing.rows.push_back({Cell::of(id_of(history, periods.customer[i])),
                            Cell::of(static_cast<int64_t>(renewed)),
                            shown(models::retention_rate(p, renewed + 1)), shown(expected)});
  }
  return listing;
}

}  // namespace regulars::app
