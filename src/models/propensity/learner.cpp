#include "models/propensity/learner.h"

#include "models/propensity/split.h"

namespace regulars::models {

Result<Learner> learn(const TrainingTable& table, PropensityMethod method,
                      const PropensityOptions& options) {
  Learner learner;
  learner.method = method;
  if (method == PropensityMethod::kTrees) {
    TreeOptions trees = options.trees;
    trees.monotone = options.monotone;
    REGULARS_ASSIGN(learner.trees, fit_trees(table, trees));
  } else {
    REGULARS_ASSIGN(learner.logistic, fit_logistic(table, {options.penalty, options.monotone}));
  }
  return learner;
}

Result<std::vector<double>> predict(const Learner& learner, const TrainingTable& table) {
  if (learner.method == PropensityMethod::kTrees) return predict(learner.trees, table);
  return predict(learner.logistic, table);
}

Result<std::vector<double>> contributions(const Learner& learner, const TrainingTable& table) {
  if (learner.method == PropensityMethod::kTrees) return contributions(learner.trees, table);
  return contributions(learner.logistic, table);
}

Result<std::vector<double>> predict_left_out(const TrainingTable& table, PropensityMethod method,
                                             const PropensityOptions& options) {
  std::vector<double> result(table.rows(), 0);
  for (size_t part = 0; part < kParts; ++part) {
    std::vector<size_t> in, out;
    for (size_t row = 0; row < table.rows(); ++row) {
      (part_of(table.group[row]) == part ? out : in).push_back(row);
    }
    if (out.empty()) continue;
    REGULARS_ASSIGN(const Learner learner, learn(table.subset(in), method, options));
    REGULARS_ASSIGN(const std::vector<double> p, predict(learner, table.subset(out)));
    for (size_t i = 0; i < out.size(); ++i) result[out[i]] = p[i];
  }
  return result;
}

}  // namespace regulars::models
