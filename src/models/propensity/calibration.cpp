#include "models/propensity/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "base/random.h"
#include "models/fit/newton.h"
#include "models/propensity/log_odds.h"
#include "models/propensity/quality.h"

namespace regulars::models {
namespace {

constexpr size_t kParts = 5;

double between(const std::vector<double>& from, const std::vector<double>& to, double x) {
  if (x <= from.front()) return to.front();
  if (x >= from.back()) return to.back();
  const auto above = std::upper_bound(from.begin(), from.end(), x);
  const auto i = static_cast<size_t>(above - from.begin());
  const double share = (x - from[i - 1]) / (from[i] - from[i - 1]);
  return to[i - 1] + share * (to[i] - to[i - 1]);
}

// Log loss of each row with a calibration learned on the other customers' rows.
std::vector<double> losses(std::span<const double> probability, std::span<const uint8_t> label,
                           std::span<const uint64_t> group, Calibration::Kind kind) {
  std::vector<double> result(probability.size());
  for (size_t part = 0; part < kParts; ++part) {
    std::vector<double> others;
    std::vector<uint8_t> labels;
    for (size_t i = 0; i < probability.size(); ++i) {
      if (mix(group[i]) % kParts == part) continue;
      others.push_back(probability[i]);
      labels.push_back(label[i]);
    }
    Calibration learned;
    if (kind == Calibration::Kind::kPlatt) learned = platt(others, labels);
    if (kind == Calibration::Kind::kIsotonic) learned = isotonic(others, labels);
    for (size_t i = 0; i < probability.size(); ++i) {
      if (mix(group[i]) % kParts != part) continue;
      const double p = learned(probability[i]);
      result[i] = log_loss(std::span(&p, 1), label.subspan(i, 1));
    }
  }
  return result;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

bool clearly_better(std::span<const double> losses, std::span<const double> than,
                    std::span<const uint64_t> group) {
  std::unordered_map<uint64_t, double> by_customer;
  double sum = 0;
  for (size_t i = 0; i < losses.size(); ++i) sum += than[i] - losses[i];
  const double gain = sum / static_cast<double>(losses.size());
  for (size_t i = 0; i < losses.size(); ++i) {
    by_customer[group[i]] += than[i] - losses[i] - gain;
  }
  double squares = 0;
  for (const auto& [customer, one] : by_customer) squares += one * one;
  return gain > std::sqrt(squares) / static_cast<double>(losses.size());
}

std::string_view name_of(Calibration::Kind kind) {
  if (kind == Calibration::Kind::kPlatt) return "platt";
  return kind == Calibration::Kind::kIsotonic ? "isotonic" : "none";
}

double Calibration::operator()(double probability) const {
  if (kind == Kind::kPlatt) return from_log_odds(intercept + slope * log_odds(probability));
  if (kind == Kind::kIsotonic && !from.empty()) return between(from, to, probability);
  return probability;
}

Calibration platt(std::span<const double> probability, std::span<const uint8_t> label) {
  // A weak pull of the slope towards 1 and of the intercept towards 0 keeps it finite where the
  // scores separate the classes.
  constexpr double kPull = 1e-3;
  std::vector<double> x(probability.size());
  std::transform(probability.begin(), probability.end(), x.begin(), log_odds);
  const auto objective = [&](const std::vector<double>& at) {
    Objective o;
    o.gradient.assign(2, 0);
    o.hessian.assign(4, 0);
    for (size_t i = 0; i < x.size(); ++i) {
      const double z = at[0] + at[1] * x[i];
      const double p = from_log_odds(z), w = p * (1 - p), e = label[i] - p;
      o.value += label[i] * z - log_one_plus_exp(z);
      o.gradient[0] += e;
      o.gradient[1] += e * x[i];
      o.hessian[0] -= w;
      o.hessian[1] -= w * x[i];
      o.hessian[3] -= w * x[i] * x[i];
    }
    o.hessian[2] = o.hessian[1];
    const double a = at[0], b = at[1] - 1;
    o.value -= kPull / 2 * (a * a + b * b);
    o.gradient[0] -= kPull * a;
    o.gradient[1] -= kPull * b;
    o.hessian[0] -= kPull;
    o.hessian[3] -= kPull;
    return o;
  };
  NewtonOptions options;
  options.scale = static_cast<double>(std::max<size_t>(1, x.size()));
  const Maximum found = maximise(objective, {0, 1}, options);
  Calibration result;
  result.kind = Calibration::Kind::kPlatt;
  result.intercept = found.at[0];
  // A negative slope would turn the ranking round: then the score says nothing.
  result.slope = std::max(0.0, found.at[1]);
  return result;
}

Calibration isotonic(std::span<const double> probability, std::span<const uint8_t> label) {
  struct Block {
    double rows = 0, hits = 0, score = 0;  // sums
    double rate() const { return hits / rows; }
  };
  std::vector<size_t> order(probability.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return probability[a] < probability[b]; });
  std::vector<Block> blocks;
  for (size_t i = 0; i < order.size();) {
    Block block;
    const double value = probability[order[i]];
    for (; i < order.size() && probability[order[i]] == value; ++i) {
      block.rows += 1;
      block.hits += label[order[i]];
      block.score += value;
    }
    while (!blocks.empty() && blocks.back().rate() >= block.rate()) {
      block.rows += blocks.back().rows;
      block.hits += blocks.back().hits;
      block.score += blocks.back().score;
      blocks.pop_back();
    }
    blocks.push_back(block);
  }
  Calibration result;
  result.kind = Calibration::Kind::kIsotonic;
  // No step claims more than its rows can show: half a case is added on both sides (Krichevsky and
  // Trofimov), so that nothing is ever said to be impossible or certain.
  for (const Block& block : blocks) {
    result.from.push_back(block.score / block.rows);
    result.to.push_back((block.hits + 0.5) / (block.rows + 1));
  }
  for (size_t i = 1; i < result.to.size(); ++i) {
    result.to[i] = std::max(result.to[i], result.to[i - 1]);
  }
  return result;
}

CalibrationChoice choose_calibration(std::span<const double> probability,
                                     std::span<const uint8_t> label,
                                     std::span<const uint64_t> group) {
  constexpr size_t kLeastRows = 1000, kLeastOfClass = 100;
  constexpr double kNotTried = std::numeric_limits<double>::quiet_NaN();
  CalibrationChoice choice{{}, kNotTried, kNotTried, kNotTried};
  if (probability.empty()) return choice;
  std::vector<double> best = losses(probability, label, group, Calibration::Kind::kNone);
  choice.loss_none = mean(best);
  const size_t positives = static_cast<size_t>(std::count(label.begin(), label.end(), 1));
  const size_t fewer = std::min(positives, label.size() - positives);
  if (fewer == 0) return choice;
  const std::vector<double> with_platt =
      losses(probability, label, group, Calibration::Kind::kPlatt);
  choice.loss_platt = mean(with_platt);
  if (clearly_better(with_platt, best, group)) {
    choice.calibration = platt(probability, label);
    best = with_platt;
  }
  if (probability.size() < kLeastRows || fewer < kLeastOfClass) return choice;
  const std::vector<double> with_isotonic =
      losses(probability, label, group, Calibration::Kind::kIsotonic);
  choice.loss_isotonic = mean(with_isotonic);
  if (clearly_better(with_isotonic, best, group)) {
    choice.calibration = isotonic(probability, label);
  }
  return choice;
}

}  // namespace regulars::models
