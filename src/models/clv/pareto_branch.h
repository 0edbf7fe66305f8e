// The two terms of the Pareto/NBD likelihood (clv/pareto_likelihood.h) with their derivatives, and
// how they are put together.
//
// Thread-safety: pure functions.
#pragma once

#include <array>
#include <cstddef>

#include "models/clv/pareto_likelihood.h"
#include "models/fit/derivatives.h"
#include "models/fit/power_integral.h"

namespace regulars::models::pareto {

inline constexpr size_t kParameters = 4;
inline constexpr size_t kTriangle = 10;  // upper triangle of a Hessian, row by row

// log of one of the two terms of the bracket times alpha^r beta^s, with its derivatives by the
// logarithms of the parameters.
struct Branch {
  double value = 0;
  std::array<double, kParameters> gradient{};
  std::array<double, kTriangle> hessian{};
};

// What depends on time alone.
struct Moment {
  Moment(const ParetoParameters& p, double t);

  double log_alpha_share, log_beta_share;  // log alpha / A, log beta / B
  double log_a, log_b;
  double alpha_share, beta_share;  // alpha / A, which is also d log A / d log alpha
  double alpha_rest, beta_rest;    // t / A
};

// Which of the two terms: exponents of K, and those of A and B that remain outside once
// (alpha / A)^r (beta / B)^s is taken out.
struct Exponents {
  double a, b;
  double outside_a, outside_b;
};
inline Exponents of_end(const ParetoParameters& p, double x) {
  return {p.r + x, p.s + 1, x - 1, 1};
}
inline Exponents of_purchase(const ParetoParameters& p, double x) {
  return {p.r + x + 1, p.s, x, 0};
}

// The end comes first, after t_x; a purchase comes first, after T.
Branch end_branch(const ParetoParameters& p, double x, const Moment& at_t_x, const LogIntegral& k);
Branch purchase_branch(const ParetoParameters& p, double x, const Moment& at_end,
                       const LogIntegral& k);
// Their values alone, from log K.
double end_value(const ParetoParameters& p, double x, const Moment& at_t_x, double log_k);
double purchase_value(const ParetoParameters& p, double x, const Moment& at_end, double log_k);

// log(exp(end) + exp(purchase)), and the share of each.
struct Choice {
  double value;
  double end;
  double purchase;
};
Choice choose(double end, double purchase);

// Sums of products of the differences of gradients: the part of the Hessian that is not a mean of
// the branches' own.
struct Spread {
  std::array<double, kTriangle> sum{};

  void add(double weight, const Branch& end, const Branch& purchase) {
    std::array<double, kParameters> gap;
    for (size_t i = 0; i < kParameters; ++i) gap[i] = end.gradient[i] - purchase.gradient[i];
    for (size_t i = 0, place = 0; i < kParameters; ++i) {
      const double weighted = weight * gap[i];
      for (size_t j = i; j < kParameters; ++j, ++place) sum[place] += weighted * gap[j];
    }
  }
};

// Each adds to the upper triangle of the total's Hessian; finish() mirrors it and clears what was
// not asked for.
void add(Derivatives& total, double weight, const Branch& branch);
void add(Derivatives& total, const Spread& spread);
// The Gamma functions of so many customers with this x.
void add_gamma(Derivatives& total, const ParetoParameters& p, double x, double customers);
void finish(Derivatives& total, Order order);

}  // namespace regulars::models::pareto
