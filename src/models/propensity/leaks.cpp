#include "models/propensity/leaks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace regulars::models {
namespace {

constexpr double kLeastOfClass = 20;

// Rates of the levels, the unknown as one more, as a score of each row.
std::vector<double> rates(const FeatureColumn& column, const std::vector<uint8_t>& label) {
  const size_t unknown = column.levels.size();
  std::vector<double> rows(unknown + 1), hits(unknown + 1), result;
  const auto place = [&](double value) {
    return std::isnan(value) ? unknown : static_cast<size_t>(value);
  };
  for (size_t i = 0; i < label.size(); ++i) {
    rows[place(column.values[i])] += 1;
    hits[place(column.values[i])] += label[i];
  }
  result.reserve(label.size());
  for (const double value : column.values)
    result.push_back(hits[place(value)] / rows[place(value)]);
  return result;
}

// Of the known rows of a number only.
double auc_of_known(const FeatureColumn& column, const std::vector<uint8_t>& label) {
  std::vector<double> values;
  std::vector<uint8_t> labels;
  for (size_t i = 0; i < label.size(); ++i) {
    if (std::isnan(column.values[i])) continue;
    values.push_back(column.values[i]);
    labels.push_back(label[i]);
  }
  const double area = auc(values, labels).value;
  return std::isnan(area) ? 0.5 : std::max(area, 1 - area);
}

struct Tally {
  double rows = 0, positives = 0;
  double rate() const { return positives / rows; }
};

// Nearly all of `one` are of one class, of which the others are clearly less.
bool tells(const Tally& one, const Tally& other) {
  if (one.rows < kLeastOfClass || other.rows < kLeastOfClass) return false;
  const bool always = one.rate() >= 0.99 && other.rate() < 0.8;
  const bool never = one.rate() <= 0.01 && other.rate() > 0.2;
  return always || never;
}

void check_known(const FeatureColumn& column, const std::vector<uint8_t>& label,
                 std::vector<LeakSign>& signs) {
  Tally known, unknown;
  for (size_t i = 0; i < label.size(); ++i) {
    Tally& tally = std::isnan(column.values[i]) ? unknown : known;
    tally.rows += 1;
    tally.positives += label[i];
  }
  const bool when_known = tells(known, unknown);
  if (!when_known && !tells(unknown, known)) return;
  const Tally& telling = when_known ? known : unknown;
  std::vector<double> is_known;
  for (const double value : column.values) is_known.push_back(std::isnan(value) ? 0 : 1);
  const double area = auc_alone({column.name, std::move(is_known), {}, true}, label);
  signs.push_back(
      {LeakSign::Kind::kKnownForOne, column.name, area,
       fmt::format(
           "'{}' is {} almost only for those {} whom it happened ({:.1f} % of {:.0f} rows): "
           "it may be written down only afterwards. Look at when it becomes known.",
           column.name, when_known ? "known" : "unknown", telling.rate() > 0.5 ? "to" : "not to",
           100 * (telling.rate() > 0.5 ? telling.rate() : 1 - telling.rate()), telling.rows)});
}

}  // namespace

double auc_alone(const FeatureColumn& column, const std::vector<uint8_t>& label) {
  if (!column.is_text()) return auc_of_known(column, label);
  const double area = auc(rates(column, label), label).value;
  return std::isnan(area) ? 0.5 : std::max(area, 1 - area);
}

std::vector<LeakSign> leak_signs(const TrainingTable& table) {
  std::vector<LeakSign> signs;
  const auto positives = static_cast<double>(table.positives());
  const auto negatives = static_cast<double>(table.rows()) - positives;
  if (positives < kLeastOfClass || negatives < kLeastOfClass) return signs;
  for (const FeatureColumn& column : table.features) {
    const double area = auc_alone(column, table.label);
    if (area > kSuspiciousAuc) {
      signs.push_back(
          {LeakSign::Kind::kTooGood, column.name, area,
           fmt::format("'{}' alone tells almost perfectly who it happens to (AUC "
                       "{:.4f}): it may know the future. Look at when it becomes known.",
                       column.name, area)});
    }
    check_known(column, table.label, signs);
  }
  return signs;
}

}  // namespace regulars::models
