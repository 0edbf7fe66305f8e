// What a propensity model learns from: one row per customer and instant, the features as known at
// that instant and whether the thing to be foreseen came true afterwards.
//
// Thread-safety: values.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace regulars::models {

constexpr double kUnknownValue = std::numeric_limits<double>::quiet_NaN();

// One feature. Numbers as they are, flags as 0 and 1; of a feature that is a text the place of its
// value in `levels`. Not a number: unknown.
struct FeatureColumn {
  std::string name;
  std::vector<double> values;
  std::vector<std::string> levels;  // ascending; empty: a number
  bool of_flags = false;            // for saying it in words

  bool is_text() const { return !levels.empty(); }
  // As a person reads it: "12.5", "yes", "web", "unknown".
  std::string shown(double value) const;
};

// Equal long columns. `group` names the customer (stable_hash of her id): rows of one customer are
// not independent of each other, are never split between learning and testing by chance, and
// standard errors know it.
struct TrainingTable {
  std::vector<FeatureColumn> features;
  std::vector<uint8_t> label;      // 0 or 1; empty in tables to be scored
  std::vector<uint64_t> group;     // customer
  std::vector<Instant> at;         // of the row: what was known then
  std::vector<Instant> label_end;  // when the label was settled, at or after `at`

  size_t rows() const { return group.size(); }
  size_t positives() const;
  const FeatureColumn* find(const std::string& name) const;
  // The rows of those indexes, in their order.
  TrainingTable subset(std::span<const size_t> rows) const;
};

// kInternal when columns differ in length, a label is neither 0 nor 1 or a level is out of range;
// infinite values are kBadData naming the feature.
Result<void> check_table(const TrainingTable& table, bool labelled);

// Ascending by (instant, customer), then by values: the fit does not depend on the order of rows.
std::vector<size_t> canonical_order(const TrainingTable& table);

// A level that stands for all values that have none of their own.
inline constexpr const char* kOtherLevel = "(others)";

// A text feature's values named by other levels (ascending); a value that is not among them becomes
// kOtherLevel where there is one, else unknown.
FeatureColumn with_levels(const FeatureColumn& column, const std::vector<std::string>& levels);

}  // namespace regulars::models
