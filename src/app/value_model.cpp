#include "app/value_model.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/purchases_of.h"
#include "base/random.h"
#include "models/clv/backtest.h"
#include "models/clv/cell_index.h"
#include "models/clv/count_model.h"
#include "models/clv/erlang_shape.h"
#include "models/clv/purchase_summary.h"
#include "models/clv/spend_model.h"
#include "models/clv/value.h"

namespace regulars::app {
namespace {

using project::ModelDeclaration;

std::string fingerprint_of(const models::Purchases& purchases) {
  uint64_t hash = 0;
  for (size_t i = 0; i < purchases.at.size(); ++i) {
    hash = mix(hash ^
               mix(purchases.customer[i] ^ mix(static_cast<uint64_t>(purchases.at[i].micros) ^
                                               mix(std::bit_cast<uint64_t>(purchases.amount[i])))));
  }
  return fmt::format("{:016x}", hash);
}

Result<models::SummaryOptions> summary_options(const std::string& unit, bool zero_amounts_count,
                                               const Zone& zone, Instant until) {
  models::SummaryOptions options;
  REGULARS_ASSIGN(options.unit, models::parse_time_unit(unit));
  options.until = until;
  options.zone = &zone;
  options.zero_amounts_count = zero_amounts_count;
  return options;
}

std::vector<models::SpendCell> spend_cells(const models::PurchaseSummary& summary) {
  std::vector<models::SpendCell> cells;
  for (size_t i = 0; i < summary.size(); ++i) {
    cells.push_back({static_cast<double>(summary.spend_count[i]), summary.mean_spend[i]});
  }
  return cells;
}

// By what each model would have foretold; the one asked for when it was named.
Result<std::string> method_for(const ModelDeclaration& asked, const models::Purchases& purchases,
                               const models::SummaryOptions& summary, ValueFit& fit) {
  if (asked.method != "auto") {
    fit.choice = asked.method + " was asked for";
    return asked.method;
  }
  models::BacktestOptions options;
  options.summary = summary;
  options.until = summary.until;
  options.horizon = {static_cast<unsigned>(asked.horizon_months), models::TimeUnit::kMonth};
  const auto tested = models::backtest(purchases, options);
  if (tested) {
    fit.choice = tested->words;
    if (!tested->earns_its_place) {
      fit.notes.emplace_back(
          "rules without a model (as many purchases as last time) would have erred less: take "
          "the values as an order, not as amounts");
    }
    return tested->chosen;
  }
  // Pareto/NBD gives one-time buyers a chance of having left, as BG/NBD does not.
  fit.choice = "pareto-nbd, as nothing could be tested: " + tested.error().message();
  return std::string("pareto-nbd");
}

Result<models::Fitted> fit_counts(const std::string& method,
                                  const models::PurchaseSummary& summary) {
  REGULARS_ASSIGN(const models::CellTable table, models::CellTable::of(summary.cell));
  if (method == "mbg-cnbd-k") {
    REGULARS_ASSIGN(models::ShapeFit shape,
                    models::fit_shape(models::RegularFamily::kMbg, table,
                                      models::sum_of_log_gaps(summary), {}));
    return std::move(shape.fitted);
  }
  REGULARS_ASSIGN(const auto model, models::count_model(method));
  return models::fit(*model, table, {});
}

void fit_spend(const models::PurchaseSummary& summary, ValueFit& fit) {
  std::vector<models::SpendCell> known;
  for (const models::SpendCell& cell : spend_cells(summary)) {
    if (cell.x > 0) known.push_back(cell);
  }
  auto fitted = models::fit_spend(known, {});
  if (fitted && fitted->converged) {
    fit.spend = *std::move(fitted);
    fit.notes.insert(fit.notes.end(), fit.spend.warnings.begin(), fit.spend.warnings.end());
    return;
  }
  fit.notes.push_back("no values, only numbers of orders: spend cannot be learned: " +
                      (fitted ? std::string("the search did not end") : fitted.error().message()));
}

}  // namespace

Result<ValueFit> fit_value(const History& history, const Zone& zone, Instant until,
                           const ModelDeclaration& asked) {
  const models::Purchases purchases = purchases_of(history, until).purchases;
  REGULARS_ASSIGN(const models::SummaryOptions options,
                  summary_options(asked.unit, asked.zero_amounts_count, zone, until));
  REGULARS_ASSIGN(const models::SummaryResult read, models::summarise(purchases, options));
  ValueFit fit;
  fit.unit = asked.unit;
  fit.cut_off = until;
  fit.fingerprint = fingerprint_of(purchases);
  for (const auto& finding : read.audit.findings) {
    if (finding.spoils) fit.notes.push_back(finding.what + ": " + finding.means);
  }
  REGULARS_ASSIGN(const std::string method, method_for(asked, purchases, options, fit));
  REGULARS_ASSIGN(fit.counts, fit_counts(method, read.summary));
  if (!fit.counts.converged) {
    return Error(ErrorCode::kBadData, "the value model " + method + " could not be fitted",
                 fit.counts.warnings.empty() ? "" : fit.counts.warnings.front());
  }
  fit.notes.insert(fit.notes.end(), fit.counts.warnings.begin(), fit.counts.warnings.end());
  fit_spend(read.summary, fit);
  return fit;
}

namespace {

// The columns of one scoring, by the name of what they are measured in.
class Scoring {
 public:
  Scoring(const ModelDeclaration& asked, const ValueFit& fit,
          const models::PurchaseSummary& summary)
      : asked_(asked),
        fit_(fit),
        summary_(summary),
        index_(models::index_cells(summary.cell)),
        spend_(spend_cells(summary)) {}

  Result<ValueScores> run() {
    REGULARS_ASSIGN(model_, models::count_model(fit_.counts.model));
    scores_.customers = summary_.customer;
    if (fit_.spend.parameters.empty()) {
      REGULARS_TRY(counts_alone());
      return std::move(scores_);
    }
    REGULARS_ASSIGN(models::CustomerValues values, values_with({}));
    add(values.orders_name, std::move(values.expected_orders));
    add("p_alive", std::move(values.p_alive));
    add(values.value_name, std::move(values.value));
    if (asked_.margin) {
      REGULARS_ASSIGN(models::CustomerValues worth, values_with(asked_.margin));
      add(worth.value_name, std::move(worth.value));
    }
    return std::move(scores_);
  }

 private:
  models::ValueOptions options() const {
    models::ValueOptions options;
    options.unit = summary_.unit;
    options.horizon = {static_cast<unsigned>(asked_.horizon_months), models::TimeUnit::kMonth};
    options.annual_rate = asked_.discount_rate;
    return options;
  }

  Result<models::CustomerValues> values_with(std::optional<double> margin) const {
    models::ValueOptions with = options();
    with.margin = margin;
    const std::vector<double> p = fit_.counts.values();
    return models::customer_values(*model_, p, models::spend_parameters(fit_.spend),
                                   {.cells = index_, .spend = spend_}, with);
  }

  Result<void> counts_alone() {
    const std::vector<double> p = fit_.counts.values();
    const double ahead = options().horizon.in(summary_.unit);
    std::vector<double> orders;
    std::vector<double> alive;
    for (const models::BuyingCell& cell : index_.cells) {
      orders.push_back(model_->conditional_expected(p, cell, ahead));
      alive.push_back(model_->p_alive(p, cell));
    }
    add(models::orders_name(options()), of_customers(orders));
    add("p_alive", of_customers(alive));
    return {};
  }

  std::vector<double> of_customers(const std::vector<double>& of_cells) const {
    std::vector<double> values;
    values.reserve(index_.cell_of.size());
    for (const uint32_t cell : index_.cell_of) values.push_back(of_cells[cell]);
    return values;
  }

  void add(const std::string& name, std::vector<double> values) {
    scores_.columns.push_back({name, std::move(values)});
  }

  const ModelDeclaration& asked_;
  const ValueFit& fit_;
  const models::PurchaseSummary& summary_;
  models::CellIndex index_;
  std::vector<models::SpendCell> spend_;
  std::unique_ptr<models::CountModel> model_;
  ValueScores scores_;
};

}  // namespace

Result<ValueScores> score_value(const History& history, const Zone& zone, Instant as_of,
                                const ModelDeclaration& asked, const ValueFit& fit) {
  const models::Purchases purchases = purchases_of(history, as_of).purchases;
  REGULARS_ASSIGN(const models::SummaryOptions options,
                  summary_options(fit.unit, asked.zero_amounts_count, zone, as_of));
  REGULARS_ASSIGN(const models::SummaryResult read, models::summarise(purchases, options));
  return Scoring(asked, fit, read.summary).run();
}

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "regulars.value_fit/1";

Json of(const models::Fitted& fitted) {
  Json parameters = Json::array();
  for (const models::Parameter& p : fitted.parameters) {
    const bool sure = std::isfinite(p.standard_error);
    parameters.push_back({{"name", p.name},
                          {"value", p.value},
                          {"standard_error", sure ? Json(p.standard_error) : Json(nullptr)}});
  }
  return {{"model", fitted.model},           {"parameters", parameters},
          {"covariance", fitted.covariance}, {"log_likelihood", fitted.log_likelihood},
          {"customers", fitted.customers},   {"converged", fitted.converged},
          {"iterations", fitted.iterations}};
}

models::Fitted fitted_of(const Json& json) {
  models::Fitted fitted;
  fitted.model = json.at("model").get<std::string>();
  for (const Json& p : json.at("parameters")) {
    const Json& error = p.at("standard_error");
    fitted.parameters.push_back({p.at("name").get<std::string>(), p.at("value").get<double>(),
                                 error.is_null() ? std::nan("") : error.get<double>()});
  }
  fitted.covariance = json.at("covariance").get<std::vector<double>>();
  fitted.log_likelihood = json.at("log_likelihood").get<double>();
  fitted.customers = json.at("customers").get<uint64_t>();
  fitted.converged = json.at("converged").get<bool>();
  fitted.iterations = json.at("iterations").get<int>();
  return fitted;
}

}  // namespace

std::string to_json(const ValueFit& fit) {
  const Json json = {{"format", kFormat},
                     {"unit", fit.unit},
                     {"cut_off", fit.cut_off.micros},
                     {"cut_off_in_words", to_iso(fit.cut_off)},
                     {"fingerprint", fit.fingerprint},
                     {"choice", fit.choice},
                     {"counts", of(fit.counts)},
                     {"spend", of(fit.spend)},
                     {"notes", fit.notes}};
  return json.dump(2) + "\n";
}

Result<ValueFit> value_fit_from_json(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  const Error wrong(ErrorCode::kBadData, "this is no fit of a value model",
                    std::string("It begins with \"format\": \"") + kFormat + "\".");
  if (json.is_discarded() || json.value("format", "") != kFormat) return wrong;
  try {
    ValueFit fit;
    fit.unit = json.at("unit").get<std::string>();
    fit.cut_off = Instant{json.at("cut_off").get<int64_t>()};
    fit.fingerprint = json.at("fingerprint").get<std::string>();
    fit.choice = json.at("choice").get<std::string>();
    fit.counts = fitted_of(json.at("counts"));
    fit.spend = fitted_of(json.at("spend"));
    fit.notes = json.at("notes").get<std::vector<std::string>>();
    return fit;
  } catch (const Json::exception& broken) {
    return Error(ErrorCode::kBadData,
                 std::string("a fit of a value model is broken: ") + broken.what(),
                 "Fit it again.");
  }
}

}  // namespace regulars::app
