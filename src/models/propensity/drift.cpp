#include "models/propensity/drift.h"

#include <algorithm>
#include <cmath>

namespace regulars::models {
namespace {

constexpr size_t kBins = 10;
constexpr double kLeastShare = 1e-4;
constexpr double kOtherPopulation = 0.25;

// Borders between tenths of the known values; equal ones once.
std::vector<double> cuts_of(const FeatureColumn& column) {
  std::vector<double> known;
  for (const double value : column.values) {
    if (!std::isnan(value)) known.push_back(value);
  }
  std::sort(known.begin(), known.end());
  std::vector<double> cuts;
  for (size_t b = 1; b < kBins && !known.empty(); ++b) {
    const double cut = known[(known.size() * b - 1) / kBins];
    if (cut < known.back() && (cuts.empty() || cut > cuts.back())) cuts.push_back(cut);
  }
  return cuts;
}

std::vector<double> shares_of(const FeatureSpread& spread, const FeatureColumn& column) {
  const bool text = !spread.levels.empty();
  const size_t bins = text ? spread.levels.size() + 1 : spread.cuts.size() + 1;
  std::vector<double> shares(bins + 1, 0);
  std::vector<size_t> bin_of_level;
  for (const std::string& level : column.levels) {
    const auto found = std::find(spread.levels.begin(), spread.levels.end(), level);
    bin_of_level.push_back(static_cast<size_t>(found - spread.levels.begin()));
  }
  for (const double value : column.values) {
    size_t bin = bins;
    if (!std::isnan(value)) {
      const auto above = std::lower_bound(spread.cuts.begin(), spread.cuts.end(), value);
      bin = column.is_text() ? bin_of_level[static_cast<size_t>(value)]
                             : static_cast<size_t>(above - spread.cuts.begin());
    }
    shares[std::min(bin, bins)] += 1;
  }
  const auto rows = static_cast<double>(std::max<size_t>(1, column.values.size()));
  for (double& share : shares) share /= rows;
  return shares;
}

}  // namespace

FeatureSpread spread_of(const FeatureColumn& column) {
  FeatureSpread spread{column.name, {}, column.levels, {}};
  if (!column.is_text()) spread.cuts = cuts_of(column);
  spread.shares = shares_of(spread, column);
  return spread;
}

double stability_index(const std::vector<double>& p, const std::vector<double>& q) {
  double sum = 0;
  for (size_t i = 0; i < p.size(); ++i) {
    const double a = std::max(p[i], kLeastShare), b = std::max(q[i], kLeastShare);
    sum += (b - a) * std::log(b / a);
  }
  return sum;
}

std::vector<Drift> drift(const std::vector<FeatureSpread>& learned, const TrainingTable& now) {
  std::vector<Drift> result;
  if (now.rows() == 0) return result;
  for (const FeatureSpread& spread : learned) {
    const FeatureColumn* column = now.find(spread.name);
    if (column == nullptr) continue;
    const double psi = stability_index(spread.shares, shares_of(spread, *column));
    result.push_back({spread.name, psi, psi > kOtherPopulation});
  }
  return result;
}

}  // namespace regulars::models
