#include "models/clv/spend_model.h"

#include <fmt/format.h>

#include <cmath>

#include "models/clv/spend_cells.h"
#include "models/fit/estimates.h"
#include "models/fit/gamma_functions.h"
#include "models/fit/linked.h"
#include "models/fit/newton.h"

namespace regulars::models {
namespace {

// What customers with the same x share: all of the likelihood that is dear to compute.
struct GammaTerms {
  double x = 0;
  double value = 0;   // log Gamma(px + q) - log Gamma(px) - log Gamma(q)
  LogRising by_px;    // derivatives of log Gamma(px + q) - log Gamma(px) by px
  LogRising by_q;     // of log Gamma(px + q) - log Gamma(q) by q
  double across = 0;  // second derivative by px and q
};

GammaTerms gamma_terms(double p, double q, double x) {
  GammaTerms terms{x, 0, log_rising(p * x, q), log_rising(q, p * x), trigamma(p * x + q)};
  terms.value = terms.by_px.value - log_gamma(q);
  return terms;
}

// With u = x z / gamma the density's powers are (1 + u)^-q (1 + 1/u)^-px / z: no term overflows.
Derivatives log_likelihood(const SpendParameters& s, const GammaTerms& terms, double mean,
                           Order order) {
  const double px = s.p * terms.x;
  const double u = terms.x * mean / s.gamma;
  const double log_up = std::log1p(u);
  const double log_down = std::log1p(1 / u);
  Derivatives d;
  d.value = terms.value - std::log(mean) - s.q * log_up - px * log_down;
  if (order == Order::kValue) return d;
  const double share = u / (1 + u);
  const double rest = 1 / (1 + u);
  d.gradient[0] = px * (terms.by_px.slope - log_down);
  d.gradient[1] = s.q * (terms.by_q.slope - log_up);
  d.gradient[2] = s.q * share - px * rest;
  if (order == Order::kGradient) return d;
  d.at(0, 0) = px * px * terms.by_px.curvature + d.gradient[0];
  d.at(1, 1) = s.q * s.q * terms.by_q.curvature + d.gradient[1];
  d.at(2, 2) = -(s.q + px) * share * rest;
  d.at(0, 1) = d.at(1, 0) = px * s.q * terms.across;
  d.at(0, 2) = d.at(2, 0) = -px * rest;
  d.at(1, 2) = d.at(2, 1) = s.q * share;
  return d;
}

double effect(std::span<const double> effects, std::span<const double> z) {
  double sum = 0;
  for (size_t i = 0; i < z.size(); ++i) sum += effects[i] * z[i];
  return sum;
}

Objective objective(const SpendTable& table, const std::vector<double>& at) {
  const size_t n = at.size();
  Objective total{0, std::vector<double>(n), std::vector<double>(n * n)};
  const std::span<const double> effects = std::span(at).subspan(3);
  std::vector<Link> links = {{0, 1}, {1, 1}, {2, 1}};
  links.resize(n, {2, 0});
  SpendParameters s{std::exp(at[0]), std::exp(at[1]), std::exp(at[2])};
  GammaTerms terms;
  for (const SpendTable::Row& row : table.rows) {
    const std::span<const double> z = table.z_of(row.customer);
    for (size_t i = 0; i < z.size(); ++i) links[3 + i].slope = z[i];
    if (row.cell.x != terms.x) terms = gamma_terms(s.p, s.q, row.cell.x);
    if (!z.empty()) s.gamma = std::exp(at[2] + effect(effects, z));
    add_linked(total, log_likelihood(s, terms, row.cell.mean, Order::kHessian),
               static_cast<double>(row.count), links);
  }
  return total;
}

void warn(Fitted& fitted) {
  const SpendParameters s = spend_parameters(fitted);
  if (s.q > 1) return;
  fitted.warnings.push_back(fmt::format(
      "q = {:.4f}: a few customers spend so much more than the rest that an average spend of new "
      "customers does not exist; customers of whom less than {:.2g} purchases are known get none",
      s.q, (1 - s.q) / s.p));
}

}  // namespace

Result<Fitted> fit_spend(std::span<const SpendCell> customers, const SpendOptions& options) {
  REGULARS_ASSIGN(const SpendTable table, spend_table(customers, options));
  std::vector<Variable> variables = {{"p", true, 1}, {"q", true, 1}, {"gamma", true, table.money}};
  for (size_t i = 0; i < table.covariates; ++i)
    variables.push_back({options.covariate_names[i], false, 1 / table.z_spread[i]});
  // A mean of the average spend with a shape between those that shops usually have.
  std::vector<double> start = {std::log(2.0), std::log(4.0), std::log(1.5)};
  start.resize(variables.size());
  NewtonOptions newton;
  newton.scale = static_cast<double>(table.customers);
  const Maximum top =
      maximise([&](const std::vector<double>& at) { return objective(table, at); }, start, newton);

  Fitted fitted;
  fitted.model = "gamma-gamma";
  describe(fitted, top, variables);
  fitted.log_likelihood = top.objective.value - table.log_money_total;
  fitted.customers = table.customers;
  fitted.cells = table.rows.size();
  warn(fitted);
  return fitted;
}

SpendParameters spend_parameters(const Fitted& fitted, std::span<const double> covariates) {
  const std::vector<double> all = fitted.values();
  return {all[0], all[1], all[2] * std::exp(effect(std::span(all).subspan(3), covariates))};
}

Derivatives spend_log_likelihood(const SpendParameters& s, const SpendCell& cell, Order order) {
  return log_likelihood(s, gamma_terms(s.p, s.q, cell.x), cell.mean, order);
}

Result<double> expected_spend(const SpendParameters& s, const SpendCell& cell) {
  const bool known = cell.x > 0;
  if (!(cell.x >= 0) || !std::isfinite(cell.x) ||
      (known && !(cell.mean > 0 && std::isfinite(cell.mean))))
    return Error(ErrorCode::kBadData,
                 fmt::format("{} purchases with a mean spend of {}", cell.x, cell.mean),
                 "both must be finite and positive, or x 0 where nothing is known");
  const double below = s.p * cell.x + s.q - 1;
  const double spend = s.p * (s.gamma + (known ? cell.x * cell.mean : 0)) / below;
  if (below > 0 && std::isfinite(spend)) return spend;
  return Error(ErrorCode::kBadData,
               fmt::format("of a customer with {} known purchases no average spend can be expected "
                           "(p x + q = {:.4f} is not above 1)",
                           cell.x, below + 1),
               "a few customers spend so much more than the rest that no average exists: look for "
               "orders that are not those of a person, or expect the median");
}

}  // namespace regulars::models
