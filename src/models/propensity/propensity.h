// A propensity model as a whole: learned from a table, judged on a later time, chosen, calibrated,
// explained, kept as JSON.
//
//   REGULARS_ASSIGN(const PropensityModel model, fit_propensity(table, options));
//   model.report.test.auc.value                        // on rows the model never saw
//   REGULARS_ASSIGN(const auto scores, score(model, today, {.reasons = 3}));
//
// How it is judged. The rows' instants are cut into three stretches of time: the model learns on
// the first, method and calibration are chosen on the second, and the figures are measured on the
// third with a model that learned on the first two. A row belongs to an earlier stretch only when
// its label was settled before the later stretch begins. A history too short for that is cut into
// two, with choices on customers left out, and one of a single instant by customers alone; the
// report says which. The model that scores learned on all rows.
//
// Thread-safety: values; functions may be called from several threads.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "models/propensity/calibration.h"
#include "models/propensity/drift.h"
#include "models/propensity/leaks.h"
#include "models/propensity/logistic.h"
#include "models/propensity/quality.h"
#include "models/propensity/threshold.h"
#include "models/propensity/training_table.h"
#include "models/propensity/trees.h"

namespace regulars::models {

enum class PropensityMethod { kAuto, kLogistic, kTrees };
std::string_view name_of(PropensityMethod method);  // "auto", "logistic", "trees"
Result<PropensityMethod> parse_propensity_method(std::string_view text);

struct PropensityOptions {
  PropensityMethod method = PropensityMethod::kAuto;
  double penalty = 1;         // of the logistic regression
  TreeOptions trees;          // their `monotone` is set from below
  std::vector<int> monotone;  // per feature: +1, -1, 0; empty: all 0
  std::optional<Costs> costs;
  // Rows above this many are thinned by customer (a customer is in or out with all her rows).
  size_t most_rows = 200'000;
};

enum class Judging { kThreeTimes, kTwoTimes, kByCustomers };
std::string_view name_of(Judging judging);  // "three times", ...

struct MethodTried {
  PropensityMethod method = PropensityMethod::kLogistic;
  double log_loss = 0;  // on the rows the choice was made on
};

struct FeatureUse {
  std::string name;
  double weight = 0;     // mean absolute contribution to the log odds, over the rows of the test
  double auc_alone = 0;  // 0.5 to 1
  double known = 0;      // share of rows
};

struct PropensityReport {
  Judging judging = Judging::kThreeTimes;
  uint64_t rows = 0, positives = 0, customers = 0;  // learned from in the end
  uint64_t rows_left_out = 0;                       // by thinning
  std::vector<Instant> instants;                    // of all rows, ascending
  Instant test_from, test_upto;                     // instants of the rows of the test
  uint64_t rows_fit = 0, rows_choice = 0;
  std::vector<MethodTried> tried;
  PropensityMethod chosen = PropensityMethod::kLogistic;
  std::string choice;  // why, in words
  CalibrationChoice calibration;
  Quality test;  // of the calibrated probabilities
  Quality test_uncalibrated;
  double base_rate_log_loss = 0;  // of always saying the share of the earlier rows
  std::string best_alone;         // the feature that alone ranks best on the test
  Estimate best_alone_auc;
  Estimate auc_gain;  // test AUC minus that, with the interval of the paired difference
  std::optional<Threshold> threshold;
  std::vector<FeatureUse> features;  // most used first
  std::vector<LeakSign> leaks;
  std::vector<std::string> notes;  // in words: what was dropped, too little data, separation ...
};

struct PropensityModel {
  std::vector<std::string> features;
  std::vector<std::vector<std::string>> levels;  // of texts, by feature
  std::vector<uint8_t> flags;                    // FeatureColumn::of_flags
  std::vector<double> typical;                   // median of a number, commonest level's place
  PropensityMethod method = PropensityMethod::kLogistic;
  Logistic logistic;  // kLogistic
  Trees trees;        // kTrees
  Calibration calibration;
  std::vector<FeatureSpread> spread;
  PropensityReport report;
};

// kBadData when nothing can be learned: no rows, one class only, no feature that varies, fewer than
// 10 rows of a class; the message says which and what to do.
Result<PropensityModel> fit_propensity(TrainingTable table, const PropensityOptions& options);

struct Reason {
  std::string feature;
  std::string value;        // as shown
  double contribution = 0;  // to the log odds before calibration; above 0 raises
  std::string words;        // "days_since_last is 92 (usually 21): raises it"
};

struct Scores {
  std::vector<double> probability;           // calibrated, by row
  std::vector<std::vector<Reason>> reasons;  // by row, largest effect first; empty if not asked
  std::vector<Drift> drift;                  // by feature
};

struct ScoreOptions {
  size_t reasons = 0;  // per row; trees need about 0.7 ms a row for it
  // Rows to give reasons for; empty: all.
  std::vector<size_t> reasons_for;
};

// Features are found by name. kBadData names one that the table lacks.
Result<Scores> score(const PropensityModel& model, const TrainingTable& table,
                     const ScoreOptions& options);

// Versioned ("regulars.propensity/1"). Reading back gives the same scores to the last bit.
std::string to_json(const PropensityModel& model);
Result<PropensityModel> propensity_from_json(std::string_view text);

}  // namespace regulars::models
