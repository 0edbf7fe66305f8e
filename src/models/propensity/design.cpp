#include "models/propensity/design.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace regulars::models {
namespace {

using Kind = DesignColumn::Kind;

// A number further from its mean than this many deviations counts as if it were there: one customer
// whose ratio ran away neither bends the fit nor gets a score that nothing in the data bears out.
constexpr double kFarthest = 5;

// What of a column is left over, as a share, once the columns before are taken out of it.
constexpr double kCollinear = 1e-9;

// Values of a column before they are standardised.
class Reader {
 public:
  Reader(const DesignColumn& column, const FeatureColumn& feature)
      : column_(column), values_(feature.values) {
    const auto found = std::find(feature.levels.begin(), feature.levels.end(), column.level);
    level_ = static_cast<double>(found - feature.levels.begin());
  }

  double operator()(size_t row) const {
    const double value = values_[row];
    if (column_.kind == Kind::kUnknown) return std::isnan(value) ? 1 : 0;
    if (column_.kind == Kind::kNumber) return std::isnan(value) ? column_.mean : value;
    return value == level_ ? 1 : 0;
  }

 private:
  const DesignColumn& column_;
  const std::vector<double>& values_;
  double level_ = 0;
};

double mean_of_known(const FeatureColumn& feature) {
  double sum = 0, count = 0;
  for (const double value : feature.values) {
    if (std::isnan(value)) continue;
    sum += value;
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}

// Two passes, so that a large mean does not hide a small spread.
void measure(DesignColumn& column, const FeatureColumn& feature) {
  const auto n = static_cast<double>(feature.values.size());
  const Reader value(column, feature);
  double sum = 0, squares = 0;
  for (size_t i = 0; i < feature.values.size(); ++i) sum += value(i) / n;
  for (size_t i = 0; i < feature.values.size(); ++i) {
    const double from_mean = value(i) - sum;
    squares += from_mean * from_mean / n;
  }
  column.mean = sum;
  column.deviation = std::sqrt(squares);
}

std::string in_words(const DesignColumn& column, const FeatureColumn& feature) {
  if (column.kind == Kind::kUnknown) return feature.name + " unknown";
  return column.kind == Kind::kLevel ? feature.name + " = '" + column.level + "'" : feature.name;
}

std::vector<DesignColumn> columns_of(const FeatureColumn& feature, size_t place) {
  std::vector<DesignColumn> columns;
  if (feature.is_text()) {
    for (size_t l = 1; l < feature.levels.size(); ++l) {
      columns.push_back({.kind = Kind::kLevel, .feature = place, .level = feature.levels[l]});
    }
  } else {
    columns.push_back(
        {.kind = Kind::kNumber, .feature = place, .level = {}, .mean = mean_of_known(feature)});
  }
  const auto unknown = std::count_if(feature.values.begin(), feature.values.end(),
                                     [](double value) { return std::isnan(value); });
  if (unknown > 0 && static_cast<size_t>(unknown) < feature.values.size()) {
    columns.push_back({.kind = Kind::kUnknown, .feature = place, .level = {}});
  }
  for (DesignColumn& column : columns) measure(column, feature);
  return columns;
}

// Places of the columns of a correlation matrix that do not follow from those before: Cholesky's
// elimination, leaving out a column whose pivot vanishes.
std::vector<size_t> independent(Eigen::MatrixXd matrix) {
  std::vector<size_t> kept;
  for (Eigen::Index k = 0; k < matrix.rows(); ++k) {
    const double pivot = matrix(k, k);
    if (pivot < kCollinear) continue;
    kept.push_back(static_cast<size_t>(k));
    const Eigen::VectorXd column = matrix.col(k) / std::sqrt(pivot);
    matrix -= column * column.transpose();
  }
  return kept;
}

}  // namespace

Eigen::MatrixXd design_matrix(const std::vector<DesignColumn>& columns,
                              const TrainingTable& table) {
  Eigen::MatrixXd matrix(static_cast<Eigen::Index>(table.rows()),
                         static_cast<Eigen::Index>(columns.size()));
  for (size_t c = 0; c < columns.size(); ++c) {
    const Reader value(columns[c], table.features[columns[c].feature]);
    const double farthest =
        columns[c].kind == Kind::kNumber ? kFarthest : std::numeric_limits<double>::infinity();
    for (size_t row = 0; row < table.rows(); ++row) {
      matrix(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c)) =
          std::clamp((value(row) - columns[c].mean) / columns[c].deviation, -farthest, farthest);
    }
  }
  return matrix;
}

Design design_of(const TrainingTable& table) {
  Design design;
  std::vector<DesignColumn> varying;
  for (size_t f = 0; f < table.features.size(); ++f) {
    for (DesignColumn& column : columns_of(table.features[f], f)) {
      if (column.deviation > 1e-12 * std::max(1.0, std::abs(column.mean))) {
        varying.push_back(std::move(column));
      } else {
        design.dropped.push_back(in_words(column, table.features[f]) + " is always the same");
      }
    }
  }
  const Eigen::MatrixXd matrix = design_matrix(varying, table);
  const std::vector<size_t> kept = independent(
      matrix.transpose() * matrix / static_cast<double>(std::max<size_t>(1, table.rows())));
  for (size_t c = 0, k = 0; c < varying.size(); ++c) {
    if (k < kept.size() && kept[k] == c) {
      design.columns.push_back(varying[c]);
      ++k;
    } else {
      design.dropped.push_back(in_words(varying[c], table.features[varying[c].feature]) +
                               " follows from the other features");
    }
  }
  return design;
}

}  // namespace regulars::models
