// The integral behind the Pareto/NBD model, with its derivatives:
//
//   K(a, b, rho) = integral over y from 0 to infinity of (1 + y)^-a (1 + rho y)^-b,   a + b > 1
//
// With c = a + b - 1 it is 2F1(b, c; c + 1; 1 - 1 / rho) / (c rho^b), or, where rho < 1,
// 2F1(b, 1; c + 1; 1 - rho) / c (Abramowitz and Stegun 15.3.1, after 1 + y = 1 / w). Both have
// positive terms (b)_k / k! zeta^k that depend on (b, zeta) only, times weights that depend on c
// only: 1 / (c + k) and B(k + 1, c). So over a grid of points each side is made once and a value
// with all first and second derivatives is ten dot products, nothing being lost by differences.
// Where that series is long (zeta near 1, large b), the trapezoid rule on a logarithmic scale gives
// the same from the moments of logarithms under the integrand (Trefethen and Weideman 2014).
// Relative error about 1e-13 either way.
//
// Thread-safety: pure functions; PowerWeights grow, one per thread.
#pragma once

#include <cstddef>
#include <vector>

#include "models/fit/derivatives.h"

namespace regulars::models {

// log K and its derivatives by a, b and log rho.
struct LogIntegral {
  double value = 0;
  double a = 0, b = 0, rho = 0;
  double aa = 0, ab = 0, bb = 0, a_rho = 0, b_rho = 0, rho_rho = 0;
};

// rho = (alpha + t) / (beta + t) without loss where the two are nearly equal or far apart.
struct RateRatio {
  RateRatio(double alpha, double beta, double t);

  bool above;       // rho >= 1, for all t alike
  double log;       // log rho
  double zeta;      // 1 - smaller / larger
  double one_less;  // smaller / larger
};

// (b)_k / k! zeta^k and its derivatives by b and zeta, k = 0, 1, ...
class PowerTerms {
 public:
  PowerTerms(double b, const RateRatio& ratio, Order order);
  // False: too many terms; use log_power_integral.
  bool usable() const { return usable_; }
  size_t size() const { return terms_.size(); }

 private:
  friend class PowerWeights;
  struct Term {
    double value = 0;
    double b = 0, bb = 0, zeta = 0, b_zeta = 0, zeta_zeta = 0;
  };
  double b_;
  RateRatio ratio_;
  bool usable_ = true;
  std::vector<Term> terms_;
};

// 1 / (c + k), or B(k + 1, c) for rho < 1, and derivatives by c; as many as were needed yet.
class PowerWeights {
 public:
  PowerWeights(double c, bool above) : c_(c), above_(above) {}
  // terms.usable(), and rho on the same side of 1.
  LogIntegral integral(const PowerTerms& terms, Order order);

 private:
  struct Weight {
    double value = 0;
    double c = 0, cc = 0;
  };
  void extend(size_t size);

  double c_;
  bool above_;
  double slope_ = 0;  // of -log B(k + 1, c) by c, and curvature
  double curvature_ = 0;
  std::vector<Weight> weights_;
};

// For one point; finite for a + b > 1, b > 0 and every positive rho.
LogIntegral log_power_integral(double a, double b, const RateRatio& ratio, Order order);
// log K alone.
double log_power_value(double a, double b, const RateRatio& ratio);
// By the trapezoid rule, always.
LogIntegral log_power_quadrature(double a, double b, double log_rho);

}  // namespace regulars::models
