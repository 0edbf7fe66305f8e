// Whether the customers scored look like those learned from.
//
// Thread-safety: values and pure functions.
#pragma once

#include <string>
#include <vector>

#include "models/propensity/training_table.h"

namespace regulars::models {

// How a feature was spread when the model learned: shares of bins between its own quantiles (of
// the learning rows alone, so that one outlier of today moves nothing), of its levels, and unknown.
struct FeatureSpread {
  std::string name;
  std::vector<double> cuts;         // numbers: ascending; bin i is (cuts[i-1], cuts[i]]
  std::vector<std::string> levels;  // texts
  std::vector<double> shares;       // of the bins or levels, then of other levels (texts only),
                                    // then of unknown
};
FeatureSpread spread_of(const FeatureColumn& column);

// Population stability index: sum of (q - p) log(q / p) with shares below 1e-4 taken as 1e-4. By
// habit below 0.1 nothing, above 0.25 another population.
struct Drift {
  std::string feature;
  double psi = 0;
  bool warn = false;  // psi > 0.25
};
double stability_index(const std::vector<double>& p, const std::vector<double>& q);
std::vector<Drift> drift(const std::vector<FeatureSpread>& learned, const TrainingTable& now);

}  // namespace regulars::models
