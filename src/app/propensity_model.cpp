#include "app/propensity_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include "base/near_names.h"
#include "base/random.h"

namespace regulars::app {
namespace {

// The hash of a table's rows, whatever their order.
std::string fingerprint_of(const models::TrainingTable& table) {
  std::string names;
  for (const models::FeatureColumn& column : table.features) {
    names += column.name + '\n';
    for (const std::string& level : column.levels) names += level + '\t';
  }
  uint64_t sum = stable_hash(names);
  for (size_t row = 0; row < table.rows(); ++row) {
    uint64_t hash = mix(table.group[row] + mix(static_cast<uint64_t>(table.at[row].micros)));
    hash = mix(hash + table.label[row]);
    for (const models::FeatureColumn& column : table.features) {
      hash = mix(hash + std::bit_cast<uint64_t>(column.values[row]));
    }
    sum += hash;
  }
  return fmt::format("{:016x}", mix(sum));
}

std::vector<std::string> names_of(const std::vector<TrainingFeature>& features) {
  std::vector<std::string> names;
  for (const TrainingFeature& one : features) names.push_back(one.name);
  return names;
}

Result<models::PropensityOptions> options_of(const PropensityQuestion& question) {
  models::PropensityOptions options;
  options.method = question.method;
  options.costs = question.costs;
  options.most_rows = question.most_rows;
  const std::vector<std::string> names = names_of(question.features);
  options.monotone.assign(names.size(), 0);
  for (const auto& [name, sign] : question.monotone) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      const auto near = near_names(name, names);
      return Error(ErrorCode::kBadDefinition,
                   "a direction is given for '" + name + "', which is no feature of the model",
                   near.empty() ? "" : "Did you mean " + near.front() + "?");
    }
    options.monotone[static_cast<size_t>(found - names.begin())] = sign;
  }
  return options;
}

Result<void> check_names(const PropensityQuestion& question) {
  std::vector<std::string> names = names_of(question.features);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end()) return {};
  return Error(ErrorCode::kBadDefinition, "there are two features of the name '" + *twice + "'");
}

std::vector<Instant> default_instants(const ProjectShop& shop, const PropensityQuestion& question) {
  // As much history before the first instant as the horizon is long, so that features are of more
  // than a few days; as much room after the last one.
  const Instant first = shop.zone().start_of(shop.first_day()) + days(question.horizon_days);
  const Instant last = shop.as_of() - days(question.horizon_days);
  std::vector<Instant> instants = month_ends(shop.zone(), first, last, question.most_instants);
  // A young shop has no month's end with room on both sides: then the last instant that has some.
  if (instants.empty() && last > shop.zone().start_of(shop.first_day())) instants.push_back(last);
  return instants;
}

Error too_short(const ProjectShop& shop, const PropensityQuestion& question) {
  const int length = shop.zone().day_of(shop.as_of()) - shop.first_day() + 1;
  return Error(ErrorCode::kBadData,
               fmt::format("{} days of data are too few to foresee {} days: what came of it is not "
                           "known for anybody yet",
                           length, question.horizon_days),
               "Shorten the horizon, or wait for more data.");
}

TrainingQuestion training_question(const PropensityQuestion& question) {
  TrainingQuestion training;
  training.features = question.features;
  training.label = question.label;
  training.eligible = question.eligible;
  training.instants = question.instants;
  training.most_rows = question.most_rows;
  return training;
}

std::vector<std::string> warnings_of(const PropensityScores& scores, const PropensityFit& fit) {
  std::vector<std::string> warnings;
  for (const models::Drift& one : scores.drift) {
    if (!one.warn) continue;
    warnings.push_back(
        fmt::format("'{}' is spread otherwise than when the model learned (stability index {:.2f}, "
                    "above 0.25): "
                    "its part in the scores is less sure",
                    one.feature, one.psi));
  }
  const int64_t age = (scores.as_of - fit.cut_off).micros / days(1).micros;
  if (age > fit.question.horizon_days) {
    warnings.push_back(fmt::format(
        "the model learned from data up to {} days before: fit it anew to know what changed", age));
  }
  return warnings;
}

std::vector<size_t> highest(const std::vector<double>& probability, size_t most) {
  std::vector<size_t> rows(probability.size());
  std::iota(rows.begin(), rows.end(), size_t{0});
  std::stable_sort(rows.begin(), rows.end(),
                   [&](size_t a, size_t b) { return probability[a] > probability[b]; });
  rows.resize(std::min(rows.size(), most));
  return rows;
}

// In the order of the customers' numbers.
void sort_by_customer(std::vector<CustomerNumber>& customers, models::TrainingTable& table) {
  std::vector<size_t> order(customers.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return customers[a] < customers[b]; });
  table = table.subset(order);
  std::sort(customers.begin(), customers.end());
}

}  // namespace

std::vector<TrainingFeature> stock_features(const ProjectFacts& facts) {
  const std::string& what = facts.activity;
  const auto said = [&](const char* text) { return fmt::format(fmt::runtime(text), what); };
  std::vector<TrainingFeature> features = {
      {"days_since_last", said("days_since(last({}))")},
      {"days_since_first", said("days_since(first({}))")},
      {"last_30_days", said("count({}) over last 30 days")},
      {"last_90_days", said("count({}) over last 90 days")},
      {"last_365_days", said("count({}) over last 365 days")},
      {"ever", said("count({})")},
      {"usual_gap", said("typical_gap({})")},
      {"gaps_since_last", fmt::format("days_since(last({0})) / typical_gap({0})", what)},
      {"share_of_late",
       fmt::format("count({0}) over last 90 days / count({0}) over last 365 days", what)}};
  if (what == "purchase") {
    features.push_back({"spent_365_days", "sum(purchase.net) over last 365 days"});
    features.push_back({"average_order", "avg(purchase.net) over last 365 days"});
  }
  return features;
}

Result<PropensityQuestion> propensity_question(const project::ModelDeclaration& model) {
  PropensityQuestion question;
  question.name = model.name;
  question.horizon_days = model.horizon_days;
  question.label = model.label;
  question.eligible = model.eligible;
  for (const project::ModelFeature& one : model.features) {
    question.features.push_back({one.name, one.formula});
  }
  question.monotone = model.monotone;
  const auto method = models::parse_propensity_method(model.method);
  if (!method) return Error(method.error()).at(model.place);
  question.method = *method;
  if (model.contact_cost && model.value_saved) {
    question.costs =
        models::Costs{*model.value_saved, *model.contact_cost, model.success_rate.value_or(1)};
  }
  return question;
}

PropensityQuestion with_defaults(PropensityQuestion question, const ProjectFacts& facts) {
  if (question.label.empty()) {
    question.label =
        fmt::format("count({}) over next {} days = 0", facts.activity, question.horizon_days);
  }
  if (question.eligible.empty()) {
    question.eligible = fmt::format("count({}) over last 365 days >= 1", facts.activity);
  }
  if (question.features.empty()) question.features = stock_features(facts);
  return question;
}

Result<PropensityFit> fit_propensity(ProjectShop& shop, const PropensityQuestion& question) {
  PropensityFit fit;
  fit.question = with_defaults(question, shop.project().facts);
  fit.cut_off = shop.as_of();
  REGULARS_TRY(check_names(fit.question));
  REGULARS_ASSIGN(const models::PropensityOptions options, options_of(fit.question));
  if (fit.question.instants.empty()) fit.question.instants = default_instants(shop, fit.question);
  if (fit.question.instants.empty()) return too_short(shop, fit.question);
  REGULARS_ASSIGN(TrainingSet set, training_set(shop, training_question(fit.question)));
  fit.fingerprint = fingerprint_of(set.table);
  fit.too_late = std::move(set.too_late);
  fit.histories = set.histories;
  fit.notes = std::move(set.notes);
  if (set.share_of_customers < 1) {
    fit.notes.push_back(fmt::format("learned from {:.1f} % of the customers, chosen by a hash",
                                    100 * set.share_of_customers));
  }
  REGULARS_ASSIGN(fit.model, models::fit_propensity(std::move(set.table), options));
  return fit;
}

Result<PropensityScores> score_propensity(ProjectShop& shop, const PropensityFit& fit,
                                          const PropensityScoring& scoring) {
  TrainingQuestion question = training_question(fit.question);
  question.label.clear();
  question.instants = {shop.as_of()};
  PropensityScores scores;
  scores.as_of = shop.as_of();
  auto set = training_set(shop, question);
  if (!set) return set.error();
  sort_by_customer(set->customer, set->table);
  REGULARS_ASSIGN(models::Scores found, models::score(fit.model, set->table, {}));
  if (scoring.reasons > 0) {
    models::ScoreOptions options;
    options.reasons = scoring.reasons;
    if (scoring.reasons_most > 0) {
      options.reasons_for = highest(found.probability, scoring.reasons_most);
    }
    REGULARS_ASSIGN(found, models::score(fit.model, set->table, options));
  }
  scores.customers = std::move(set->customer);
  scores.probability = std::move(found.probability);
  scores.reasons = std::move(found.reasons);
  scores.drift = std::move(found.drift);
  scores.warnings = warnings_of(scores, fit);
  return scores;
}

}  // namespace regulars::app
