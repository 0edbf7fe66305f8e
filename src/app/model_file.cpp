#include "app/model_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "app/model_horizon.h"
#include "app/model_predictions.h"
#include "app/orders_file.h"
#include "app/period_summary.h"
#include "base/near_names.h"
#include "models/clv/count_model.h"
#include "models/clv/spend_model.h"
#include "models/contract/retention_model.h"

namespace regulars::app {
namespace {

using models::Fitted;

class ModelFile {
 public:
  ModelFile(const ModelFileQuestion& question, Files& files, const Progress& progress)
      : question_(question), files_(files), progress_(progress) {}

  Result<ModelFileFit> run() {
    REGULARS_TRY(check_name());
    REGULARS_ASSIGN(fit_.unit, models::parse_time_unit(question_.unit));
    if (!question_.horizon.empty()) {
      REGULARS_ASSIGN(horizon_, parse_horizon(question_.horizon, fit_.unit));
      fit_.predicts = horizon_.words;
    }
    REGULARS_TRY(read());
    if (progress_) progress_("fitting " + question_.model, 0.6);
    if (question_.model == "sbg" || question_.model == "bdw") {
      REGULARS_TRY(fit_contract());
    } else if (question_.model == "gamma-gamma") {
      REGULARS_TRY(fit_spend());
    } else {
      REGULARS_TRY(fit_counts());
    }
    if (fit_.fitted.model != question_.model && question_.model == "mbg-cnbd-k") {
      fit_.notes.push_back("the likeliest shape of the gaps: " + fit_.fitted.model);
    }
    if (question_.model != "mbg-cnbd-k") fit_.fitted.model = question_.model;
    for (const std::string& warning : fit_.fitted.warnings) fit_.notes.push_back(warning);
    return std::move(fit_);
  }

 private:
  Result<void> check_name() {
    const std::vector<std::string> names = model_file_names();
    if (std::ranges::find(names, question_.model) != names.end()) return {};
    const std::vector<std::string> near = near_names(question_.model, names, 1);
    return Error(ErrorCode::kUsage, "there is no model '" + question_.model + "'",
                 near.empty() ? fmt::format("The models are {}.", fmt::join(names, ", "))
                              : "Did you mean " + near.front() + "?");
  }

  Result<void> read() {
    REGULARS_ASSIGN(OrdersFile orders, read_orders_file(question_, files_, progress_));
    zone_ = std::move(orders.zone);
    history_ = std::move(orders.history);
    until_ = orders.until;
    purchases_ = std::move(orders.purchases);
    fit_.calibration_end = to_iso(zone_.day_of(until_));
    fit_.notes = std::move(orders.notes);
    return {};
  }

  Result<models::SummaryResult> summarised() {
    models::SummaryOptions options;
    options.unit = fit_.unit;
    options.until = until_;
    options.zone = &zone_;
    options.zero_amounts_count = question_.zero_amounts_count;
    REGULARS_ASSIGN(models::SummaryResult result, models::summarise(purchases_, options));
    for (const auto& finding : result.audit.findings) {
      fit_.notes.push_back(finding.what + ": " + finding.means);
    }
    return result;
  }

  Result<void> fit_counts() {
    PredictedCustomers customers;
    if (question_.model == "bg-bb") {
      PeriodSummary periods = period_summary(purchases_, fit_.unit, zone_, until_);
      if (periods.first_in_last > 0) {
        fit_.notes.push_back(
            fmt::format("{} customers first bought in a {} that is not over: they are left out",
                        periods.first_in_last, models::name_of(fit_.unit)));
      }
      customers.customer = std::move(periods.customer);
      customers.cell = std::move(periods.cell);
    } else {
      REGULARS_ASSIGN(models::SummaryResult result, summarised());
      customers.log_gaps = std::move(result.summary.log_gaps);
      customers.customer = std::move(result.summary.customer);
      customers.cell = std::move(result.summary.cell);
      customers.spend_count = std::move(result.summary.spend_count);
      customers.mean_spend = std::move(result.summary.mean_spend);
    }
    REGULARS_ASSIGN(const models::CellTable table, models::CellTable::of(customers.cell));
    REGULARS_ASSIGN(const CountFit counts, fit_count_model(question_.model, table, customers));
    fit_.fitted = counts.fitted;
    if (fit_.predicts.empty()) return {};
    REGULARS_ASSIGN(fit_.predictions, predict_counts(counts, table, customers, history_,
                                                     horizon_.units, question_.level));
    return {};
  }

  Result<void> fit_spend() {
    REGULARS_ASSIGN(const models::SummaryResult result, summarised());
    const models::PurchaseSummary& summary = result.summary;
    std::vector<models::SpendCell> cells;
    for (size_t i = 0; i < summary.size(); ++i) {
      if (summary.spend_count[i] == 0) continue;
      cells.push_back({static_cast<double>(summary.spend_count[i]), summary.mean_spend[i]});
    }
    REGULARS_ASSIGN(fit_.fitted, models::fit_spend(cells, {}));
    if (fit_.predicts.empty()) return {};
    REGULARS_ASSIGN(fit_.predictions, predict_spend(fit_.fitted, summary, history_));
    return {};
  }

  Result<void> fit_contract() {
    const PeriodSummary periods = period_summary(purchases_, fit_.unit, zone_, until_);
    REGULARS_ASSIGN(models::RetentionTable table,
                    models::retention_of_customers("all", periods.stayed, periods.left));
    const bool weibull = question_.model == "bdw";
    const std::vector<models::RetentionCohort> cohorts = {{std::move(table), {}}};
    REGULARS_ASSIGN(fit_.fitted, models::fit_retention(cohorts, {weibull, {}}));
    fit_.notes.push_back(fmt::format(
        "every {} with a purchase counts as paid, and the first one without as the end; this is "
        "about subscriptions, not about shops where people come when they like",
        models::name_of(fit_.unit)));
    if (fit_.predicts.empty()) return {};
    REGULARS_ASSIGN(fit_.predictions,
                    predict_renewals(fit_.fitted, periods, history_, horizon_.units));
    return {};
  }

  const ModelFileQuestion& question_;
  Files& files_;
  const Progress& progress_;
  ModelFileFit fit_;
  ModelHorizon horizon_;
  Zone zone_ = Zone::utc();
  History history_;
  Instant until_;
  models::Purchases purchases_;
};

}  // namespace

std::vector<std::string> model_file_names() {
  return {"bg-nbd", "mbg-nbd", "pareto-nbd", "bg-bb", "mbg-cnbd-k", "gamma-gamma", "sbg", "bdw"};
}

Result<ModelFileFit> fit_model_file(const ModelFileQuestion& question, Files& files,
                                    const Progress& progress) {
  return ModelFile(question, files, progress).run();
}

namespace {

// All digits for programs, six for people.
Cell rounded(double value) {
  Cell cell = Cell::real(value);
  if (cell.kind != Cell::Kind::kEmpty) cell.people = fmt::format("{:.6g}", value);
  return cell;
}

// Not a number: null.
nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

}  // namespace

std::string model_file_json(const ModelFileFit& fit) {
  const Fitted& fitted = fit.fitted;
  nlohmann::ordered_json json;
  json["model"] = fitted.model;
  json["unit"] = models::name_of(fit.unit);
  json["calibration_end"] = fit.calibration_end;
  json["customers"] = fitted.customers;
  json["parameters"] = nlohmann::ordered_json::object();
  json["standard_errors"] = nlohmann::ordered_json::object();
  for (const models::Parameter& parameter : fitted.parameters) {
    json["parameters"][parameter.name] = number(parameter.value);
    json["standard_errors"][parameter.name] = number(parameter.standard_error);
  }
  json["log_likelihood"] = number(fitted.log_likelihood);
  json["aic"] = number(fitted.aic());
  json["bic"] = number(fitted.bic());
  json["converged"] = fitted.converged;
  json["iterations"] = fitted.iterations;
  json["covariance"] = fitted.covariance;
  json["notes"] = fit.notes;
  if (!fit.predicts.empty()) {
    json["horizon"] = fit.predicts;
    json["predictions"] =
        nlohmann::ordered_json::parse(listing_json(fit.predictions))["predictions"];
  }
  return json.dump(2) + "\n";
}

Listing model_file_listing(const ModelFileFit& fit) {
  const Fitted& fitted = fit.fitted;
  Listing listing;
  listing.facts = {{"model", "Model", Cell::of(fitted.model)},
                   {"unit", "Unit of time", Cell::of(std::string(models::name_of(fit.unit)))},
                   {"calibration_end", "Looked at purchases until", Cell::of(fit.calibration_end)},
                   {"customers", "Customers", Cell::of(static_cast<int64_t>(fitted.customers))},
                   {"log_likelihood", "Log likelihood", Cell::real(fitted.log_likelihood)},
                   {"converged", "Search ended well", Cell::of(fitted.converged)},
                   {"iterations", "Iterations", Cell::of(int64_t{fitted.iterations})}};
  listing.rows_key = "parameters";
  listing.columns = {
      {"parameter", "parameter"}, {"value", "value"}, {"standard_error", "standard error"}};
  for (const models::Parameter& parameter : fitted.parameters) {
    listing.rows.push_back(
        {Cell::of(parameter.name), rounded(parameter.value), rounded(parameter.standard_error)});
  }
  listing.notes = fit.notes;
  return listing;
}

}  // namespace regulars::app
