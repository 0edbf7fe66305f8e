#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "models/propensity/quality.h"

namespace regulars::models {
namespace {

constexpr double kNormal95 = 1.959963984540054;

// The structural components of DeLong: for a positive the share of negatives ranked below it, for a
// negative the share of positives ranked above it; ties count half.
struct Components {
  std::vector<double> of_row;
  double positives = 0, negatives = 0;
  double area = 0;
};

Components components(std::span<const double> score, std::span<const uint8_t> label) {
  std::vector<size_t> order(score.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return score[a] < score[b]; });
  Components result;
  result.of_row.resize(score.size());
  for (const uint8_t one : label) (one != 0 ? result.positives : result.negatives) += 1;
  double positives_below = 0, negatives_below = 0;
  for (size_t i = 0; i < order.size();) {
    size_t end = i;
    double positives = 0, negatives = 0;
    for (; end < order.size() && score[order[end]] == score[order[i]]; ++end) {
      (label[order[end]] != 0 ? positives : negatives) += 1;
    }
    const double below = negatives_below + negatives / 2;
    const double above = result.positives - positives_below - positives / 2;
    for (; i < end; ++i) {
      result.of_row[order[i]] =
          label[order[i]] != 0 ? below / result.negatives : above / result.positives;
    }
    result.area += positives * below;
    positives_below += positives;
    negatives_below += negatives;
  }
  result.area /= result.positives * result.negatives;
  return result;
}

// Per customer, in order of first appearance: sums of deviations of her positives and negatives.
struct Cluster {
  double of_positives = 0, of_negatives = 0;
  bool positive = false, negative = false;
};

std::vector<Cluster> clusters(std::span<const double> deviation, std::span<const uint8_t> label,
                              std::span<const uint64_t> group) {
  std::vector<Cluster> result;
  std::unordered_map<uint64_t, size_t> place;
  for (size_t i = 0; i < deviation.size(); ++i) {
    size_t at = result.size();
    if (!group.empty()) at = place.try_emplace(group[i], at).first->second;
    if (at == result.size()) result.emplace_back();
    Cluster& cluster = result[at];
    (label[i] != 0 ? cluster.of_positives : cluster.of_negatives) += deviation[i];
    (label[i] != 0 ? cluster.positive : cluster.negative) = true;
  }
  return result;
}

// Obuchowski 1997, eq. 3 and 4; without groups DeLong's. `deviation`: component minus area.
double variance(std::span<const double> deviation, std::span<const uint8_t> label,
                std::span<const uint64_t> group, double positives, double negatives) {
  const std::vector<Cluster> all = clusters(deviation, label, group);
  double s10 = 0, s01 = 0, s11 = 0, with_positive = 0, with_negative = 0;
  for (const Cluster& one : all) {
    s10 += one.of_positives * one.of_positives;
    s01 += one.of_negatives * one.of_negatives;
    s11 += one.of_positives * one.of_negatives;
    with_positive += one.positive ? 1 : 0;
    with_negative += one.negative ? 1 : 0;
  }
  const auto n = static_cast<double>(all.size());
  if (with_positive < 2 || with_negative < 2) return std::numeric_limits<double>::quiet_NaN();
  return with_positive / (with_positive - 1) * s10 / (positives * positives) +
         with_negative / (with_negative - 1) * s01 / (negatives * negatives) +
         2 * n / (n - 1) * s11 / (positives * negatives);
}

Estimate estimate(double value, double variance, double least) {
  Estimate result{value, std::sqrt(std::max(0.0, variance)), least, 1};
  if (std::isnan(variance)) {
    result.standard_error = variance;
    return result;
  }
  result.low = std::max(least, value - kNormal95 * result.standard_error);
  result.high = std::min(1.0, value + kNormal95 * result.standard_error);
  return result;
}

bool one_class(const Components& c) { return c.positives == 0 || c.negatives == 0; }

Estimate nothing() {
  constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
  return {kNotANumber, kNotANumber, kNotANumber, kNotANumber};
}

}  // namespace

Estimate auc(std::span<const double> score, std::span<const uint8_t> label,
             std::span<const uint64_t> group) {
  Components all = components(score, label);
  if (one_class(all)) return nothing();
  for (double& one : all.of_row) one -= all.area;
  return estimate(all.area, variance(all.of_row, label, group, all.positives, all.negatives), 0);
}

Estimate auc_difference(std::span<const double> a, std::span<const double> b,
                        std::span<const uint8_t> label, std::span<const uint64_t> group) {
  Components first = components(a, label);
  const Components second = components(b, label);
  if (one_class(first)) return nothing();
  const double difference = first.area - second.area;
  for (size_t i = 0; i < first.of_row.size(); ++i) {
    first.of_row[i] -= second.of_row[i] + difference;
  }
  const double spread = variance(first.of_row, label, group, first.positives, first.negatives);
  return estimate(difference, spread, -1);
}

}  // namespace regulars::models
