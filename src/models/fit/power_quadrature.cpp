// The trapezoid rule for K(a, b, rho). On the scale V = log y the logarithm of the integrand
// y (1 + y)^-a (1 + rho y)^-b is concave and analytic within pi of the real axis, its peak never
// narrower than 1, whatever a, b and rho. With V = u - exp(-u) the left end falls doubly
// exponentially; at the right end, where both factors are powers, the rest of the rule is a
// geometric series, so that it may be as long as small exponents make it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "models/fit/power_integral.h"

namespace regulars::models {
namespace {

constexpr double kStep = 0.2;
constexpr double kLeft = -3.8;      // weight exp(-45) of the peak
constexpr double kNegligible = 45;  // in logarithms
constexpr double kPowersOnly = 40;  // V beyond which 1 + y is y

// What is averaged over the integrand as a density, at one node.
struct Node {
  double log_weight = 0;
  double log_a = 0;  // log(1 + y)
  double log_b = 0;  // log(1 + rho y)
  double share = 0;  // rho y / (1 + rho y)
  double width = 0;  // rho y / (1 + rho y)^2
};

struct Shape {
  double a, b, log_rho;

  // Nodes from left to right; the last stands for all further ones when `endless`.
  bool nodes(std::vector<Node>& into) const;
  Node at(double u, double log_unit) const;
};

Node Shape::at(double u, double log_unit) const {
  const double squeeze = std::exp(-u);
  const double log_y = log_unit + u - squeeze;
  const double y = std::exp(std::min(log_y, 700.0));
  const double rho_y = std::exp(std::min(log_y + log_rho, 700.0));
  Node node;
  node.log_a = log_y > kPowersOnly ? log_y : std::log1p(y);
  node.log_b = log_y + log_rho > kPowersOnly ? log_y + log_rho : std::log1p(rho_y);
  node.share = rho_y / (1 + rho_y);
  node.width = node.share / (1 + rho_y);
  node.log_weight = log_y + std::log1p(squeeze) - a * node.log_a - b * node.log_b;
  return node;
}

bool Shape::nodes(std::vector<Node>& into) const {
  const double rho = std::exp(log_rho);
  const double log_unit = std::min({-std::log(a + b * rho), 0.0, -log_rho});
  const double powers_from = std::max(0.0, -log_rho) + kPowersOnly - log_unit;
  double peak = -std::numeric_limits<double>::infinity();
  for (double i = 0;; ++i) {
    const double u = kLeft + kStep * i;
    into.push_back(at(u, log_unit));
    const double now = into.back().log_weight;
    peak = std::max(peak, now);
    if (now < peak - kNegligible) return false;
    if (u > powers_from) return true;
  }
}

}  // namespace

LogIntegral log_power_quadrature(double a, double b, double log_rho) {
  std::vector<Node> nodes;
  const bool endless = Shape{a, b, log_rho}.nodes(nodes);
  // The geometric series of all nodes from the last on: weights q^k, both logarithms rise by a
  // step.
  const double decay = (a - 1 + b) * kStep;
  const double less = -std::expm1(-decay);
  const double mean_steps = std::exp(-decay) / less;
  if (endless) {
    Node& last = nodes.back();
    last.log_weight -= std::log(less);
    last.log_a += mean_steps * kStep;
    last.log_b += mean_steps * kStep;
  }
  double peak = -std::numeric_limits<double>::infinity();
  for (const Node& node : nodes) peak = std::max(peak, node.log_weight);
  double total = 0;
  Node mean;
  for (Node& node : nodes) {
    node.log_weight = std::exp(node.log_weight - peak);
    total += node.log_weight;
    mean.log_a += node.log_weight * node.log_a;
    mean.log_b += node.log_weight * node.log_b;
    mean.share += node.log_weight * node.share;
    mean.width += node.log_weight * node.width;
  }
  for (double* moment : {&mean.log_a, &mean.log_b, &mean.share, &mean.width}) *moment /= total;

  LogIntegral result;
  result.value = peak + std::log(total * kStep);
  result.a = -mean.log_a;
  result.b = -mean.log_b;
  result.rho = -b * mean.share;
  for (const Node& node : nodes) {
    const double weight = node.log_weight / total;
    const double d_a = node.log_a - mean.log_a;
    const double d_b = node.log_b - mean.log_b;
    const double d_share = b * (node.share - mean.share);
    result.aa += weight * d_a * d_a;
    result.ab += weight * d_a * d_b;
    result.bb += weight * d_b * d_b;
    result.a_rho += weight * d_a * d_share;
    result.b_rho += weight * d_b * d_share;
    result.rho_rho += weight * d_share * d_share;
  }
  if (endless) {
    const double spread = nodes.back().log_weight / total * kStep * kStep * mean_steps / less;
    result.aa += spread;
    result.ab += spread;
    result.bb += spread;
  }
  result.b_rho -= mean.share;
  result.rho_rho -= b * mean.width;
  return result;
}

}  // namespace regulars::models
