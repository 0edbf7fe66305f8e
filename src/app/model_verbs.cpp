#include "app/model_verbs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/model_horizon.h"
#include "app/orders_file.h"
#include "app/propensity_model.h"
#include "app/purchases_of.h"
#include "app/run_models.h"
#include "app/value_model.h"
#include "base/near_names.h"
#include "models/clv/backtest.h"

namespace regulars::app {
namespace {

using project::ModelDeclaration;

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

Cell rounded(double value, const char* digits = "{:.6g}") {
  Cell cell = Cell::real(value);
  if (cell.kind != Cell::Kind::kEmpty) cell.people = fmt::format(fmt::runtime(digits), value);
  return cell;
}

Result<const ModelDeclaration*> model_of(const ProjectShop& shop, const std::string& name) {
  std::vector<std::string> names;
  for (const ModelDeclaration& model : shop.project().models) {
    if (model.name == name) return &model;
    names.push_back(model.name);
  }
  const std::vector<std::string> near = near_names(name, names, 1);
  std::string hint =
      near.empty() ? "There are " + joined(names) + "." : "Did you mean " + near.front() + "?";
  if (names.empty()) hint = "The project declares none: write models/customers.yaml.";
  return Error(ErrorCode::kNotFound, "there is no model '" + name + "'", std::move(hint));
}

Listing value_listing(const ValueFit& fit, const Zone& zone) {
  Listing listing;
  listing.facts = {{"method", "Method", Cell::of(fit.counts.model)},
                   {"chosen", "Chosen because", Cell::of(fit.choice)},
                   {"cut_off", "Looked at purchases until", Cell::moment(fit.cut_off, zone)},
                   {"customers", "Customers", Cell::of(static_cast<int64_t>(fit.counts.customers))},
                   {"unit", "Unit of time", Cell::of(fit.unit)},
                   {"fingerprint", "Data", Cell::of(fit.fingerprint)}};
  listing.rows_key = "parameters";
  listing.columns = {{"model", "model"},
                     {"parameter", "parameter"},
                     {"value", "value"},
                     {"standard_error", "standard error"}};
  for (const models::Fitted* fitted : {&fit.counts, &fit.spend}) {
    for (const models::Parameter& p : fitted->parameters) {
      listing.rows.push_back(
          {Cell::of(fitted->model), Cell::of(p.name), rounded(p.value), rounded(p.standard_error)});
    }
  }
  listing.notes = fit.notes;
  return listing;
}

Listing compare_listing(const models::Backtest& tested, const std::string& horizon) {
  Listing listing;
  listing.facts = {{"horizon", "Forecasts over", Cell::of(horizon)},
                   {"origins", "Made at", Cell::of(static_cast<int64_t>(tested.origins.size()))},
                   {"chosen", "Chosen", Cell::of(tested.chosen)},
                   {"earns_its_place", "Better than rules", Cell::of(tested.earns_its_place)}};
  listing.facts[1].title = "Past instants";
  listing.rows_key = "methods";
  listing.columns = {{"method", "method"},
                     {"forecast", "forecast"},
                     {"actual", "came"},
                     {"total_error", "error of the total"},
                     {"mean_absolute_error", "error per customer"},
                     {"root_mean_square_error", "root mean square"},
                     {"log_score", "log score"}};
  for (const models::MethodBacktest& m : tested.methods) {
    listing.rows.push_back({Cell::of(m.method), rounded(m.expected, "{:.0f}"),
                            rounded(m.actual, "{:.0f}"), Cell::share(m.total_error),
                            rounded(m.absolute_error, "{:.4f}"), rounded(m.squared_error, "{:.4f}"),
                            m.is_model ? rounded(m.log_score, "{:.4f}") : Cell{}});
  }
  listing.notes = {tested.words};
  return listing;
}

Listing group_listing(const models::Backtest& tested, const models::MethodBacktest& method,
                      const std::string& horizon) {
  Listing listing;
  listing.facts = {
      {"method", "Method", Cell::of(method.method)},
      {"horizon", "Forecasts over", Cell::of(horizon)},
      {"origins", "Past instants", Cell::of(static_cast<int64_t>(tested.origins.size()))},
      {"forecast", "Purchases forecast", rounded(method.expected, "{:.0f}")},
      {"actual", "Purchases that came", rounded(method.actual, "{:.0f}")},
      {"total_error", "Error of the total", Cell::share(method.total_error)}};
  listing.rows_key = "groups";
  listing.columns = {{"repeats", "repeat purchases so far"},
                     {"customers", "customers"},
                     {"forecast_each", "forecast each"},
                     {"actual_each", "came each"}};
  for (const models::FrequencyGroup& group : method.groups) {
    if (group.customers == 0) continue;
    const auto n = static_cast<double>(group.customers);
    Cell repeats = Cell::of(int64_t{group.repeats});
    if (&group == &method.groups.back()) repeats.people = fmt::format("{} or more", group.repeats);
    listing.rows.push_back({std::move(repeats), Cell::of(static_cast<int64_t>(group.customers)),
                            rounded(group.expected / n, "{:.3f}"),
                            rounded(group.actual / n, "{:.3f}")});
  }
  listing.notes = {tested.words};
  return listing;
}

Result<Listing> shown(const models::Backtest& tested, const BacktestQuestion& question,
                      const std::string& horizon) {
  if (question.compare) return compare_listing(tested, horizon);
  const std::string wanted = question.model.empty() ? tested.chosen : question.model;
  const auto found = std::ranges::find(tested.methods, wanted, &models::MethodBacktest::method);
  if (found == tested.methods.end()) {
    return Error(ErrorCode::kUsage, "'" + wanted + "' was not tested", tested.words);
  }
  return group_listing(tested, *found, horizon);
}

}  // namespace

Result<Listing> list_models(ProjectShop& shop, Files& files) {
  Listing listing;
  listing.rows_key = "models";
  listing.columns = {{"model", "model"},
                     {"kind", "kind"},
                     {"newest_fit", "newest fit"},
                     {"fits", "fits kept"},
                     {"words", "words"}};
  for (const ModelDeclaration& model : shop.project().models) {
    REGULARS_ASSIGN(const std::vector<std::string> fits, fits_of(shop, model.name, files));
    listing.rows.push_back({Cell::of(model.name), Cell::of(std::string(name_of(model.kind))),
                            fits.empty() ? Cell{} : Cell::of(fits.back()),
                            Cell::of(static_cast<int64_t>(fits.size())),
                            Cell::of(joined(model.scores()))});
  }
  listing.if_empty = "No models are declared: put them into models/*.yaml.";
  return listing;
}

Result<Listing> show_model(ProjectShop& shop, const std::string& name, Files& files) {
  REGULARS_ASSIGN(const ModelDeclaration* model, model_of(shop, name));
  REGULARS_ASSIGN(const std::vector<std::string> fits, fits_of(shop, name, files));
  if (fits.empty()) {
    return Error(ErrorCode::kNotFound, "model '" + name + "' has no fit yet",
                 "`regulars run " + shop.project().directory + "` fits it.");
  }
  REGULARS_ASSIGN(const std::string json, read_fit(shop, name, fits.back(), files));
  if (model->kind == ModelDeclaration::Kind::kValue) {
    REGULARS_ASSIGN(const ValueFit fit, value_fit_from_json(json));
    return value_listing(fit, shop.zone());
  }
  REGULARS_ASSIGN(const PropensityFit fit, propensity_fit_from_json(json));
  return propensity_listing(fit, shop.zone());
}

Result<Listing> fit_models(ProjectShop& shop, const std::string& name, Files& files) {
  std::vector<const ModelDeclaration*> wanted;
  if (!name.empty()) {
    REGULARS_ASSIGN(const ModelDeclaration* model, model_of(shop, name));
    wanted.push_back(model);
  } else {
    for (const ModelDeclaration& model : shop.project().models) wanted.push_back(&model);
  }
  Listing listing;
  listing.rows_key = "models";
  listing.columns = {{"model", "model"},
                     {"fit", "fit"},
                     {"customers", "customers"},
                     {"words", "what is behind it"}};
  listing.wrap_last = true;
  for (const ModelDeclaration* model : wanted) {
    REGULARS_ASSIGN(const ScoredModel scored, run_model(shop, *model, files, true));
    listing.rows.push_back({Cell::of(scored.result.model), Cell::of(scored.result.version),
                            Cell::of(scored.result.scored), Cell::of(scored.result.words)});
  }
  listing.if_empty = "No models are declared: put them into models/*.yaml.";
  listing.notes = {"`regulars run` scores everybody by the newest fits"};
  return listing;
}

Result<Listing> score_model(ProjectShop& shop, const std::string& name, Files& files) {
  REGULARS_ASSIGN(const ModelDeclaration* model, model_of(shop, name));
  REGULARS_ASSIGN(const ScoredModel scored, run_model(shop, *model, files, false));
  Listing listing;
  listing.rows_key = "customers";
  listing.columns = {{"customer_id", "customer"}};
  for (const ModelScore& score : scored.scores) listing.columns.push_back({score.name, score.name});
  if (scored.scores.empty()) return listing;
  const std::vector<CustomerNumber>& customers = scored.scores.front().customers;
  for (size_t i = 0; i < customers.size(); ++i) {
    std::vector<Cell> row = {Cell::of(std::string(shop.history().customer_id(customers[i])))};
    for (const ModelScore& score : scored.scores) row.push_back(rounded(score.values[i], "{:.4g}"));
    listing.rows.push_back(std::move(row));
  }
  listing.notes = {scored.result.words};
  return listing;
}

Result<Listing> backtest_model(ProjectShop& shop, const BacktestQuestion& question, Files& files) {
  const auto& models = shop.project().models;
  const auto value =
      std::ranges::find(models, ModelDeclaration::Kind::kValue, &ModelDeclaration::kind);
  const std::string name =
      question.model.empty() && value != models.end() ? value->name : question.model;
  REGULARS_ASSIGN(const ModelDeclaration* model, model_of(shop, name));
  // A propensity is judged on a later time whenever it is fitted.
  if (model->kind != ModelDeclaration::Kind::kValue) return show_model(shop, name, files);
  models::BacktestOptions options;
  REGULARS_ASSIGN(options.summary.unit, models::parse_time_unit(model->unit));
  options.summary.zone = &shop.zone();
  options.summary.zero_amounts_count = model->zero_amounts_count;
  options.until = shop.as_of();
  options.horizon = {static_cast<unsigned>(model->horizon_months), models::TimeUnit::kMonth};
  REGULARS_ASSIGN(const models::Backtest tested,
                  models::backtest(purchases_of(shop.history(), shop.as_of()).purchases, options));
  return shown(tested, {"", "", question.compare}, fmt::format("{} months", model->horizon_months));
}

Result<Listing> backtest_file(const ModelFileQuestion& orders, const BacktestQuestion& question,
                              Files& files, const Progress& progress) {
  models::BacktestOptions options;
  REGULARS_ASSIGN(options.summary.unit, models::parse_time_unit(orders.unit));
  REGULARS_ASSIGN(const ModelHorizon horizon,
                  parse_horizon(question.horizon, options.summary.unit));
  REGULARS_ASSIGN(const OrdersFile read, read_orders_file(orders, files, progress));
  options.summary.zone = &read.zone;
  options.summary.zero_amounts_count = orders.zero_amounts_count;
  options.until = read.until;
  const double ahead = horizon.units * models::days_in(options.summary.unit);
  options.horizon = {static_cast<unsigned>(std::max(1.0, ahead + 0.5)), models::TimeUnit::kDay};
  if (progress) progress("testing on the past", 0.7);
  REGULARS_ASSIGN(const models::Backtest tested, models::backtest(read.purchases, options));
  return shown(tested, question, horizon.words);
}

}  // namespace regulars::app
