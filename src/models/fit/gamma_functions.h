// The gamma function's logarithm and its derivatives, for positive arguments; not a number for
// others. Accurate to some units of the last digit relative to the larger of the value and 1.
//
// Thread-safety: pure functions (std::lgamma is not: it writes a global sign).
#pragma once

namespace regulars::models {

double log_gamma(double x);
double digamma(double x);   // first derivative of log_gamma
double trigamma(double x);  // second

// log B(a, b) = log_gamma(a) + log_gamma(b) - log_gamma(a + b)
double log_beta(double a, double b);

// log_gamma(a + by) - log_gamma(a) and its derivatives by a, for a > 0, by >= 0. Does not lose its
// digits where a is large beside `by`.
struct LogRising {
  double value = 0;
  double slope = 0;      // digamma(a + by) - digamma(a)
  double curvature = 0;  // trigamma(a + by) - trigamma(a)
};
LogRising log_rising(double a, double by);

}  // namespace regulars::models
