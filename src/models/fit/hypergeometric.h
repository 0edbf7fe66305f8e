// The logarithm of Gauss's hypergeometric function where its series has positive terms: for tests,
// an independent way to the integrals of fit/power_integral.h.
//
// Thread-safety: pure functions.
#pragma once

namespace regulars::models {

// log 2F1(a, b; c; z) for a, b >= 0, c > 0, 0 <= z < 1; not a number outside. Error of the
// logarithm about 1e-13 of the larger of 1 and itself. Routes: the series with rescaled terms;
// Euler's transformation (Abramowitz and Stegun 15.3.3) where that makes the terms fall faster;
// what is left after many terms, as z nears 1, by the Euler-Maclaurin formula (A&S 23.1.30) with
// Gauss quadrature of the terms as a function of their number.
double log_2f1(double a, double b, double c, double z);

// The same with 1 - z given, for z that rounds to 1 or nearly.
double log_2f1(double a, double b, double c, double z, double one_less_z);

}  // namespace regulars::models
