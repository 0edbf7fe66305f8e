// Likelihood of the Pareto/NBD model (Schmittlein, Morrison and Colombo 1987; Fader and Hardie
// 2005, "A note on deriving the Pareto/NBD model"): purchases at a rate lambda ~ Gamma(r, alpha)
// until the end at a rate mu ~ Gamma(s, beta), both her own and independent.
//
// After the last purchase at t_x either the end comes first, at any u > t_x, or another purchase
// does, at some u > T. Integrated over lambda and mu, with K of fit/power_integral.h,
// A(t) = alpha + t, B(t) = beta + t and rho(t) = A(t) / B(t):
//
//   L = Gamma(r + x) / Gamma(r) alpha^r beta^s
//       [ s       integral over u > t_x of A(u)^-(r + x)     B(u)^-(s + 1) du
//       + (r + x) integral over u > T   of A(u)^-(r + x + 1) B(u)^-s       du ]
//
//   integral over u > t of A(u)^-a B(u)^-b du = A(t)^(1 - a) B(t)^-b K(a, b, rho(t))
//
// which are the two 2F1 terms of the paper (equations A5 to A9), without cases for alpha and beta,
// and both positive. The first depends on (x, t_x) only, the second on (x, T) only, the Gamma
// functions on x only: clv/pareto_table.h computes each once.
//
// Thread-safety: pure functions.
#pragma once

#include "models/clv/buying_cell.h"
#include "models/fit/derivatives.h"

namespace regulars::models {

// In the order of the parameters everywhere: r, alpha, s, beta.
struct ParetoParameters {
  double r = 0;
  double alpha = 0;
  double s = 0;
  double beta = 0;
};

// Of one customer; derivatives by the logarithms of the parameters.
Derivatives pareto_likelihood(const ParetoParameters& p, const BuyingCell& cell, Order order);

// log P(still a customer at T | history) = log of A(T)^-(r + x) B(T)^-s over the bracket above.
double pareto_log_alive(const ParetoParameters& p, const BuyingCell& cell);

}  // namespace regulars::models
