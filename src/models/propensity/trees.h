// Boosted trees: XGBoost through its C API, which only trees.cpp sees. One thread and a fixed seed:
// the same table gives the same trees.
//
// Thread-safety: values; functions may be called from several threads with models of their own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "models/propensity/training_table.h"

namespace regulars::models {

struct TreeOptions {
  int depth = 3;
  int rounds = 100;
  double rate = 0.1;              // eta
  double least_child_weight = 1;  // sum of p (1 - p) in a leaf
  uint64_t seed = 1;
  std::vector<int> monotone;  // as LogisticOptions
};

// A column the trees see: a number, or whether a text has this level.
struct TreeColumn {
  size_t feature = 0;
  std::string level;  // empty: the number itself
};

struct Trees {
  std::vector<TreeColumn> columns;
  TreeOptions options;
  std::string json;  // XGBoost's own model, version and all
};

// Unknown values go where they did least harm in learning. kBadData for no rows or one class only;
// kInternal with XGBoost's own words.
Result<Trees> fit_trees(const TrainingTable& table, const TreeOptions& options);

Result<std::vector<double>> predict(const Trees& model, const TrainingTable& table);

// SHAP values in log odds (Lundberg, Erion, Lee 2018), summed per feature: row by row, features to
// a row. With Debian's XGBoost about 0.7 ms a row: for the lists a person reads.
Result<std::vector<double>> contributions(const Trees& model, const TrainingTable& table);

}  // namespace regulars::models
