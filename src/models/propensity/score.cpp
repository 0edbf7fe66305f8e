#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/propensity/learner.h"
#include "models/propensity/propensity.h"

namespace regulars::models {
namespace {

// The features of the model, in its order and with its levels.
Result<TrainingTable> table_for(const PropensityModel& model, const TrainingTable& table) {
  TrainingTable result;
  for (size_t f = 0; f < model.features.size(); ++f) {
    const FeatureColumn* column = table.find(model.features[f]);
    if (column == nullptr) {
      return Error(ErrorCode::kBadData,
                   "the model needs the feature '" + model.features[f] + "', which is not there",
                   "Fit the model anew when its features have changed.");
    }
    const bool all_unknown = std::all_of(column->values.begin(), column->values.end(),
                                         [](double value) { return std::isnan(value); });
    if (column->is_text() == model.levels[f].empty() && !all_unknown) {
      return Error(ErrorCode::kBadData,
                   "the feature '" + model.features[f] + "' is a " +
                       (column->is_text() ? "text" : "number") +
                       " now and was none when the model "
                       "was fitted",
                   "Fit the model anew.");
    }
    result.features.push_back(with_levels(*column, model.levels[f]));
  }
  result.group = table.group;
  return result;
}

Learner learner_of(const PropensityModel& model) {
  return {model.method, model.logistic, model.trees};
}

Reason reason(const PropensityModel& model, const FeatureColumn& column, const FeatureColumn& shown,
              size_t row, double contribution) {
  const auto f =
      static_cast<size_t>(std::find(model.features.begin(), model.features.end(), column.name) -
                          model.features.begin());
  FeatureColumn learned = column;
  learned.values.clear();
  learned.of_flags = model.flags[f] != 0;
  Reason one{column.name, shown.shown(shown.values[row]), contribution, {}};
  const std::string usual = learned.shown(model.typical[f]);
  one.words = fmt::format("{} is {}{}: {} it", one.feature, one.value,
                          usual == one.value ? " as usual" : " (usually " + usual + ")",
                          contribution > 0 ? "raises" : "lowers");
  return one;
}

Result<std::vector<std::vector<Reason>>> reasons_of(const PropensityModel& model,
                                                    const TrainingTable& table,
                                                    const TrainingTable& given,
                                                    const ScoreOptions& options) {
  std::vector<std::vector<Reason>> result(table.rows());
  std::vector<size_t> rows = options.reasons_for;
  if (rows.empty()) {
    rows.resize(table.rows());
    std::iota(rows.begin(), rows.end(), size_t{0});
  }
  REGULARS_ASSIGN(const std::vector<double> all,
                  contributions(learner_of(model), table.subset(rows)));
  const size_t features = model.features.size();
  for (size_t i = 0; i < rows.size(); ++i) {
    std::vector<size_t> order(features);
    std::iota(order.begin(), order.end(), size_t{0});
    const auto size_of = [&](size_t f) { return std::abs(all[i * features + f]); };
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return size_of(a) > size_of(b); });
    for (const size_t f : order) {
      if (result[rows[i]].size() == options.reasons || size_of(f) == 0) break;
      result[rows[i]].push_back(reason(model, table.features[f], *given.find(model.features[f]),
                                       rows[i], all[i * features + f]));
    }
  }
  return result;
}

}  // namespace

Result<Scores> score(const PropensityModel& model, const TrainingTable& table,
                     const ScoreOptions& options) {
  REGULARS_TRY(check_table(table, false));
  REGULARS_ASSIGN(const TrainingTable own, table_for(model, table));
  Scores scores;
  REGULARS_ASSIGN(scores.probability, predict(learner_of(model), own));
  for (double& p : scores.probability) p = model.calibration(p);
  if (options.reasons > 0) {
    REGULARS_ASSIGN(scores.reasons, reasons_of(model, own, table, options));
  }
  scores.drift = drift(model.spread, table);
  return scores;
}

}  // namespace regulars::models
