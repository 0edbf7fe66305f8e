// Signs that a feature knows what it is to foretell.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "models/propensity/quality.h"
#include "models/propensity/training_table.h"

namespace regulars::models {

struct LeakSign {
  enum class Kind {
    kTooGood,      // the feature alone tells the classes apart: AUC above 0.99 (or below 0.01)
    kKnownForOne,  // being known, or unknown, alone does: it is stated only afterwards
  } kind = Kind::kTooGood;
  std::string feature;
  double auc = 0;       // of the feature alone, 0.5 to 1
  std::string message;  // in words, with what to look at
};

constexpr double kSuspiciousAuc = 0.99;

// kKnownForOne: of the rows where the feature is known (or of those where it is unknown), at least
// 20, 99 % or more are of one class, of which the others are less than 80 %. Nothing is said with
// fewer than 20 rows of a class.
std::vector<LeakSign> leak_signs(const TrainingTable& table);

// The AUC of each feature alone, 0.5 to 1; texts by the rate of their levels, unknown as a level.
double auc_alone(const FeatureColumn& column, const std::vector<uint8_t>& label);

}  // namespace regulars::models
