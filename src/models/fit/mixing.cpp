#include "models/fit/mixing.h"

#include <algorithm>
#include <cmath>

namespace regulars::models {
namespace {

constexpr double kNegligible = 1e-22;  // density beside its peak
constexpr double kFirstStep = 0.25;
constexpr size_t kLevels = 7;
// The rule's error is about squared when the step is halved.
constexpr double kAgree = 1e-7;

}  // namespace

Expectation Expectation::gamma(double shape, double rate) {
  return {[=](double u) {
            return Node{shape / rate * std::exp(u), std::exp(shape * (u - std::expm1(u)))};
          },
          1 / std::sqrt(shape)};
}

Expectation Expectation::beta(double a, double b) {
  const double p = a / (a + b);
  const double q = b / (a + b);
  return {[=](double u) {
            const double log_p = -std::log1p(q * std::expm1(-u));
            const double log_q = -std::log1p(p * std::expm1(u));
            return Node{p * std::exp(log_p), std::exp(a * log_p + b * log_q)};
          },
          std::sqrt(1 / a + 1 / b)};
}

Expectation::Expectation(Density density, double width)
    : density_(std::move(density)), width_(std::min(1.0, width)) {
  const auto end = [&](double direction) {
    double s = 0;
    while (std::abs(s) < 40 && density_(width_ * std::sinh(s)).weight > kNegligible)
      s += direction * kFirstStep;
    return s;
  };
  from_ = end(-1);
  to_ = end(1);
}

const std::vector<Expectation::Node>& Expectation::level(size_t i) {
  if (i < levels_.size()) return levels_[i];
  std::vector<Node> nodes;
  const double step = std::ldexp(kFirstStep, -static_cast<int>(i));
  for (double s = from_ + (i == 0 ? 0 : step); s <= to_; s += i == 0 ? step : 2 * step) {
    Node node = density_(width_ * std::sinh(s));
    node.weight *= std::cosh(s);
    if (node.weight > 0) nodes.push_back(node);
  }
  levels_.push_back(std::move(nodes));
  return levels_.back();
}

double Expectation::of(const std::function<double(double)>& f) {
  double sum = 0;
  double weights = 0;
  double before = 0;
  for (size_t i = 0; i < kLevels; ++i) {
    for (const Node& node : level(i)) {
      sum += node.weight * f(node.at);
      weights += node.weight;
    }
    const double now = sum / weights;
    if (i > 0 && std::abs(now - before) <= kAgree * std::abs(now)) return now;
    before = now;
  }
  return before;
}

}  // namespace regulars::models
