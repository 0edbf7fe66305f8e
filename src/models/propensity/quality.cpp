#include "models/propensity/quality.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace regulars::models {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kNormal95 = 1.959963984540054;
constexpr size_t kBins = 10;

std::vector<size_t> by_score(std::span<const double> score) {
  std::vector<size_t> order(score.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return score[a] < score[b]; });
  return order;
}

double sum_of(std::span<const uint8_t> label) {
  return std::accumulate(label.begin(), label.end(), 0.0);
}

struct Bins {
  std::vector<double> rows = std::vector<double>(kBins), expected = rows, observed = rows;
};

size_t bin_of(double probability) {
  return std::min(kBins - 1, static_cast<size_t>(std::max(0.0, probability) * kBins));
}

Bins binned(std::span<const double> probability, std::span<const uint8_t> label) {
  Bins bins;
  for (size_t i = 0; i < probability.size(); ++i) {
    const size_t bin = bin_of(probability[i]);
    bins.rows[bin] += 1;
    bins.expected[bin] += probability[i];
    bins.observed[bin] += label[i];
  }
  return bins;
}

void wilson(double hits, double rows, double& low, double& high) {
  const double z2 = kNormal95 * kNormal95;
  const double centre = (hits + z2 / 2) / (rows + z2);
  const double half = kNormal95 / (rows + z2) * std::sqrt(hits * (rows - hits) / rows + z2 / 4);
  low = std::max(0.0, centre - half);
  high = std::min(1.0, centre + half);
}

}  // namespace

double average_precision(std::span<const double> score, std::span<const uint8_t> label) {
  const std::vector<size_t> order = by_score(score);
  const double positives = sum_of(label);
  double taken = 0, hits = 0, result = 0;
  for (size_t i = order.size(); i > 0;) {
    const double threshold = score[order[i - 1]];
    const double hits_before = hits;
    for (; i > 0 && score[order[i - 1]] == threshold; --i) {
      taken += 1;
      hits += label[order[i - 1]];
    }
    result += (hits - hits_before) * hits / taken;
  }
  return positives > 0 ? result / positives : kNotANumber;
}

double log_loss(std::span<const double> probability, std::span<const uint8_t> label) {
  constexpr double kLeast = 1e-15;
  double sum = 0;
  for (size_t i = 0; i < probability.size(); ++i) {
    const double p = std::clamp(probability[i], kLeast, 1 - kLeast);
    sum -= label[i] != 0 ? std::log(p) : std::log1p(-p);
  }
  return sum / static_cast<double>(probability.size());
}

std::vector<ReliabilityBin> reliability(std::span<const double> probability,
                                        std::span<const uint8_t> label) {
  const Bins bins = binned(probability, label);
  std::vector<ReliabilityBin> result;
  for (size_t b = 0; b < kBins; ++b) {
    const double rows = bins.rows[b];
    if (rows == 0) continue;
    ReliabilityBin bin;
    bin.from = static_cast<double>(b) / kBins;
    bin.to = static_cast<double>(b + 1) / kBins;
    bin.rows = static_cast<uint64_t>(rows);
    bin.expected = bins.expected[b] / rows;
    bin.observed = bins.observed[b] / rows;
    wilson(bins.observed[b], rows, bin.low, bin.high);
    result.push_back(bin);
  }
  return result;
}

Brier brier(std::span<const double> probability, std::span<const uint8_t> label) {
  Brier result;
  const auto n = static_cast<double>(probability.size());
  const double base = sum_of(label) / n;
  for (size_t i = 0; i < probability.size(); ++i) {
    const double error = probability[i] - label[i];
    result.value += error * error / n;
  }
  const Bins bins = binned(probability, label);
  for (size_t b = 0; b < kBins; ++b) {
    if (bins.rows[b] == 0) continue;
    const double expected = bins.expected[b] / bins.rows[b];
    const double observed = bins.observed[b] / bins.rows[b];
    result.reliability += bins.rows[b] / n * (expected - observed) * (expected - observed);
    result.resolution += bins.rows[b] / n * (observed - base) * (observed - base);
  }
  result.uncertainty = base * (1 - base);
  result.within = result.value - result.reliability + result.resolution - result.uncertainty;
  return result;
}

double calibration_error(std::span<const double> probability, std::span<const uint8_t> label) {
  const Bins bins = binned(probability, label);
  double sum = 0;
  for (size_t b = 0; b < kBins; ++b) sum += std::abs(bins.expected[b] - bins.observed[b]);
  return sum / static_cast<double>(probability.size());
}

std::vector<LiftRow> lift_by_decile(std::span<const double> score, std::span<const uint8_t> label) {
  std::vector<LiftRow> result;
  if (score.empty()) return result;
  const std::vector<size_t> order = by_score(score);
  const double positives = sum_of(label);
  const auto n = static_cast<double>(score.size());
  for (int decile = 10; decile >= 1; --decile) {
    result.push_back({.decile = decile, .rows = n / 10, .positives = 0});
  }
  // Each run of equal scores gives its rows and its positives evenly over the ranks it covers.
  double rank = 0;
  for (size_t i = order.size(); i > 0;) {
    const double value = score[order[i - 1]];
    double rows = 0, hits = 0;
    for (; i > 0 && score[order[i - 1]] == value; --i) {
      rows += 1;
      hits += label[order[i - 1]];
    }
    for (size_t d = 0; d < result.size(); ++d) {
      const double from = n / 10 * static_cast<double>(d), to = n / 10 * static_cast<double>(d + 1);
      const double covered = std::min(to, rank + rows) - std::max(from, rank);
      if (covered > 0) result[d].positives += hits * covered / rows;
    }
    rank += rows;
  }
  double sum = 0;
  for (LiftRow& row : result) {
    sum += row.positives;
    row.rate = row.positives / row.rows;
    row.lift = positives > 0 ? row.rate / (positives / n) : kNotANumber;
    row.captured = positives > 0 ? sum / positives : kNotANumber;
  }
  return result;
}

Quality quality(std::span<const double> probability, std::span<const uint8_t> label,
                std::span<const uint64_t> group) {
  Quality result;
  result.rows = probability.size();
  if (result.rows == 0) return result;
  std::vector<uint64_t> groups(group.begin(), group.end());
  std::sort(groups.begin(), groups.end());
  result.customers =
      groups.empty()
          ? result.rows
          : static_cast<uint64_t>(std::unique(groups.begin(), groups.end()) - groups.begin());
  const auto n = static_cast<double>(result.rows);
  const double positives = sum_of(label);
  result.positives = static_cast<uint64_t>(positives);
  result.base_rate = positives / n;
  result.auc = auc(probability, label, group);
  result.average_precision = average_precision(probability, label);
  result.log_loss = log_loss(probability, label);
  result.brier = brier(probability, label);
  result.calibration_error = calibration_error(probability, label);
  result.mean_probability = std::accumulate(probability.begin(), probability.end(), 0.0) / n;
  result.reliability = reliability(probability, label);
  result.lift = lift_by_decile(probability, label);
  return result;
}

}  // namespace regulars::models
