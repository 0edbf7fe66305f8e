// Private to propensity: either method behind one face.
#pragma once

#include <vector>

#include "models/propensity/propensity.h"

namespace regulars::models {

struct Learner {
  PropensityMethod method = PropensityMethod::kLogistic;
  Logistic logistic;
  Trees trees;
};

Result<Learner> learn(const TrainingTable& table, PropensityMethod method,
                      const PropensityOptions& options);
Result<std::vector<double>> predict(const Learner& learner, const TrainingTable& table);
// Row by row, features to a row, in log odds.
Result<std::vector<double>> contributions(const Learner& learner, const TrainingTable& table);

// Probabilities of every row from models that never saw the row's customer.
Result<std::vector<double>> predict_left_out(const TrainingTable& table, PropensityMethod method,
                                             const PropensityOptions& options);

}  // namespace regulars::models
