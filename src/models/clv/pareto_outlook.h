// What to expect of a customer of the Pareto/NBD model of whom it is known that she is still one:
// her rate of buying is Gamma(r, alpha), that of leaving Gamma(s, beta), independent. So a new
// customer is at the moment of her first purchase, and so is one with history (x, t_x, T) who is
// alive at T, with r + x, alpha + T, s, beta + T (Fader and Hardie 2005, conditional expectation;
// 2014, "Deriving an expression for P(X(t) = x)"). With survival S(u) = (beta / (beta + u))^s:
//
//   E[purchases in (0, t]]     = r / alpha  integral over u < t of S(u) du
//   discounted at rate d       = r / alpha  integral over u < horizon of exp(-d u) S(u) du
//   P(n purchases in (0, t])   = NB(n; t) S(t) + integral over u < t of NB(n; u) (-S'(u)) du
//   P(a purchase in (0, t])    = integral over u < t of r alpha^r (alpha + u)^-(r + 1) S(u) du
//
// NB(n; u): negative binomial, n events up to u at a rate that is Gamma(r, alpha). All are sums of
// positive parts; the published closed forms are differences of nearly equal ones. Integrals on a
// logarithmic scale of time, absolute error below 1e-12 for probabilities and relative error below
// 1e-12 for the others.
//
// Thread-safety: pure functions.
#pragma once

#include <vector>

#include "models/clv/pareto_likelihood.h"

namespace regulars::models {

double pareto_survival(const ParetoParameters& p, double t);
double pareto_expected(const ParetoParameters& p, double t);
// rate >= 0 per unit of time; horizon may be infinite where rate > 0.
double pareto_discounted(const ParetoParameters& p, double rate, double horizon);
// n = 0 ... most.
std::vector<double> pareto_counts(const ParetoParameters& p, unsigned most, double t);
double pareto_next_by(const ParetoParameters& p, double t);

}  // namespace regulars::models
