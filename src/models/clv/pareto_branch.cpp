#include "models/clv/pareto_branch.h"

#include <algorithm>
#include <cmath>

#include "models/fit/gamma_functions.h"

namespace regulars::models::pareto {
namespace {

enum : size_t { kR, kAlpha, kS, kBeta };
// Places of the upper triangle of a Hessian, row by row.
enum : size_t { kRR, kRAlpha, kRS, kRBeta, kAA, kAS, kABeta, kSS, kSBeta, kBB };
constexpr std::array<std::array<size_t, 2>, kTriangle> kPlaces = {{{kR, kR},
                                                                   {kR, kAlpha},
                                                                   {kR, kS},
                                                                   {kR, kBeta},
                                                                   {kAlpha, kAlpha},
                                                                   {kAlpha, kS},
                                                                   {kAlpha, kBeta},
                                                                   {kS, kS},
                                                                   {kS, kBeta},
                                                                   {kBeta, kBeta}}};

double value_of(const ParetoParameters& p, const Exponents& e, const Moment& m, double log_k) {
  return p.r * m.log_alpha_share + p.s * m.log_beta_share - e.outside_a * m.log_a -
         e.outside_b * m.log_b + log_k;
}

Branch branch_of(const ParetoParameters& p, const Exponents& e, const Moment& m,
                 const LogIntegral& k) {
  Branch branch;
  branch.value = value_of(p, e, m, k.value);
  const double by_r = p.r * (m.log_alpha_share + k.a);
  const double by_s = p.s * (m.log_beta_share + k.b);
  branch.gradient[kR] = by_r;
  branch.gradient[kAlpha] = p.r * m.alpha_rest + (k.rho - e.outside_a) * m.alpha_share;
  branch.gradient[kS] = by_s;
  branch.gradient[kBeta] = p.s * m.beta_rest - (k.rho + e.outside_b) * m.beta_share;
  auto& h = branch.hessian;
  h[kRR] = by_r + p.r * p.r * k.aa;
  h[kRS] = p.r * p.s * k.ab;
  h[kSS] = by_s + p.s * p.s * k.bb;
  h[kRAlpha] = p.r * (m.alpha_rest + m.alpha_share * k.a_rho);
  h[kRBeta] = -p.r * m.beta_share * k.a_rho;
  h[kAS] = p.s * m.alpha_share * k.b_rho;
  h[kSBeta] = p.s * (m.beta_rest - m.beta_share * k.b_rho);
  h[kAA] = m.alpha_share * (m.alpha_rest * (k.rho - p.r - e.outside_a) + m.alpha_share * k.rho_rho);
  h[kBB] = m.beta_share * (m.beta_share * k.rho_rho - m.beta_rest * (k.rho + p.s + e.outside_b));
  h[kABeta] = -m.alpha_share * m.beta_share * k.rho_rho;
  return branch;
}

}  // namespace

Moment::Moment(const ParetoParameters& p, double t)
    : log_alpha_share(-std::log1p(t / p.alpha)),
      log_beta_share(-std::log1p(t / p.beta)),
      log_a(std::log(p.alpha + t)),
      log_b(std::log(p.beta + t)),
      alpha_share(p.alpha / (p.alpha + t)),
      beta_share(p.beta / (p.beta + t)),
      alpha_rest(t / (p.alpha + t)),
      beta_rest(t / (p.beta + t)) {}

double end_value(const ParetoParameters& p, double x, const Moment& at_t_x, double log_k) {
  return value_of(p, of_end(p, x), at_t_x, log_k) + std::log(p.s);
}

double purchase_value(const ParetoParameters& p, double x, const Moment& at_end, double log_k) {
  return value_of(p, of_purchase(p, x), at_end, log_k) + std::log(p.r + x);
}

Branch end_branch(const ParetoParameters& p, double x, const Moment& m, const LogIntegral& k) {
  Branch branch = branch_of(p, of_end(p, x), m, k);
  branch.value += std::log(p.s);
  branch.gradient[kS] += 1;
  return branch;
}

Branch purchase_branch(const ParetoParameters& p, double x, const Moment& m, const LogIntegral& k) {
  Branch branch = branch_of(p, of_purchase(p, x), m, k);
  const double share = p.r / (p.r + x);
  branch.value += std::log(p.r + x);
  branch.gradient[kR] += share;
  branch.hessian[kRR] += share * (x / (p.r + x));
  return branch;
}

void add(Derivatives& total, double weight, const Branch& branch) {
  for (size_t i = 0; i < kParameters; ++i) total.gradient[i] += weight * branch.gradient[i];
  for (size_t i = 0; i < kTriangle; ++i)
    total.at(kPlaces[i][0], kPlaces[i][1]) += weight * branch.hessian[i];
}

void add(Derivatives& total, const Spread& spread) {
  for (size_t i = 0; i < kTriangle; ++i) total.at(kPlaces[i][0], kPlaces[i][1]) += spread.sum[i];
}

void add_gamma(Derivatives& total, const ParetoParameters& p, double x, double customers) {
  const LogRising rising = log_rising(p.r, x);
  total.value += customers * rising.value;
  total.gradient[kR] += customers * p.r * rising.slope;
  total.at(kR, kR) += customers * p.r * (rising.slope + p.r * rising.curvature);
}

Choice choose(double end, double purchase) {
  const double odds = std::exp(-std::abs(end - purchase));
  const double high = 1 / (1 + odds);
  const double low = odds / (1 + odds);
  const bool ended = end > purchase;
  return {std::max(end, purchase) + std::log1p(odds), ended ? high : low, ended ? low : high};
}

void finish(Derivatives& total, Order order) {
  for (size_t i = 0; i < kParameters; ++i)
    for (size_t j = 0; j < i; ++j) total.at(i, j) = total.at(j, i);
  if (order == Order::kValue) total.gradient = {};
  if (order != Order::kHessian) total.hessian = {};
}

}  // namespace regulars::models::pareto
