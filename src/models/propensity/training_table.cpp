#include "models/propensity/training_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace regulars::models {
namespace {

// Unknown last, so that rows have one order.
int compare(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return static_cast<int>(std::isnan(a)) - std::isnan(b);
  return a < b ? -1 : static_cast<int>(a > b);
}

template <class T>
std::vector<T> taken(const std::vector<T>& from, std::span<const size_t> rows) {
  std::vector<T> result;
  if (from.empty()) return result;
  result.reserve(rows.size());
  for (const size_t row : rows) result.push_back(from[row]);
  return result;
}

Result<void> check_column(const FeatureColumn& column, size_t rows) {
  if (column.values.size() != rows) {
    return Error(ErrorCode::kInternal, "feature '" + column.name + "' has " +
                                           std::to_string(column.values.size()) + " values for " +
                                           std::to_string(rows) + " rows");
  }
  for (const double value : column.values) {
    if (std::isnan(value)) continue;
    if (std::isinf(value)) {
      return Error(ErrorCode::kBadData, "feature '" + column.name + "' has an infinite value",
                   "A division by zero is unknown in the language; look at where the column "
                   "comes from.");
    }
    const bool place = value >= 0 && value < static_cast<double>(column.levels.size()) &&
                       value == std::floor(value);
    if (column.is_text() && !place) {
      return Error(ErrorCode::kInternal,
                   "feature '" + column.name + "' has no level " + fmt::format("{}", value));
    }
  }
  return {};
}

}  // namespace

std::string FeatureColumn::shown(double value) const {
  if (std::isnan(value)) return "unknown";
  if (is_text()) return levels[static_cast<size_t>(value)];
  if (of_flags) return value != 0 ? "yes" : "no";
  if (value == std::floor(value) && std::abs(value) < 1e15) return fmt::format("{:.0f}", value);
  return std::abs(value) >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

size_t TrainingTable::positives() const {
  return static_cast<size_t>(std::count(label.begin(), label.end(), uint8_t{1}));
}

const FeatureColumn* TrainingTable::find(const std::string& name) const {
  const auto found = std::find_if(features.begin(), features.end(),
                                  [&](const FeatureColumn& one) { return one.name == name; });
  return found == features.end() ? nullptr : &*found;
}

TrainingTable TrainingTable::subset(std::span<const size_t> rows) const {
  TrainingTable result;
  for (const FeatureColumn& one : features) {
    result.features.push_back({one.name, taken(one.values, rows), one.levels, one.of_flags});
  }
  result.label = taken(label, rows);
  result.group = taken(group, rows);
  result.at = taken(at, rows);
  result.label_end = taken(label_end, rows);
  return result;
}

Result<void> check_table(const TrainingTable& table, bool labelled) {
  const size_t rows = table.rows();
  for (const FeatureColumn& column : table.features) REGULARS_TRY(check_column(column, rows));
  if (!labelled) return {};
  const bool complete =
      table.label.size() == rows && table.at.size() == rows && table.label_end.size() == rows;
  if (!complete) return Error(ErrorCode::kInternal, "labels or instants are missing for some rows");
  if (std::any_of(table.label.begin(), table.label.end(), [](uint8_t l) { return l > 1; })) {
    return Error(ErrorCode::kInternal, "a label is neither 0 nor 1");
  }
  return {};
}

std::vector<size_t> canonical_order(const TrainingTable& table) {
  std::vector<size_t> order(table.rows());
  std::iota(order.begin(), order.end(), size_t{0});
  const auto before = [&](size_t a, size_t b) {
    if (table.at[a] != table.at[b]) return table.at[a] < table.at[b];
    if (table.group[a] != table.group[b]) return table.group[a] < table.group[b];
    if (table.label[a] != table.label[b]) return table.label[a] < table.label[b];
    for (const FeatureColumn& column : table.features) {
      const int way = compare(column.values[a], column.values[b]);
      if (way != 0) return way < 0;
    }
    return false;
  };
  std::sort(order.begin(), order.end(), before);
  return order;
}

FeatureColumn with_levels(const FeatureColumn& column, const std::vector<std::string>& levels) {
  FeatureColumn result{column.name, column.values, levels, column.of_flags};
  if (!column.is_text()) return result;
  const auto find = [&](const std::string& level) {
    const auto found = std::lower_bound(levels.begin(), levels.end(), level);
    if (found == levels.end() || *found != level) return kUnknownValue;
    return static_cast<double>(found - levels.begin());
  };
  std::vector<double> place;
  for (const std::string& level : column.levels) {
    place.push_back(find(level));
    if (std::isnan(place.back())) place.back() = find(kOtherLevel);
  }
  for (double& value : result.values) {
    if (!std::isnan(value)) value = place[static_cast<size_t>(value)];
  }
  return result;
}

}  // namespace regulars::models
