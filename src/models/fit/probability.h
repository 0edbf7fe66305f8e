// Probabilities of the distributions that tests and intervals need. A statistic that is not a
// number gives a probability that is not a number.
//
// Thread-safety: pure functions.
#pragma once

namespace regulars::models {

// z with P(Z <= z) = p for a standard normal Z; 0 < p < 1, else not a number.
double normal_quantile(double p);
// P(|Z| >= |z|).
double normal_two_sided(double z);
// P(X >= statistic) for chi-squared X; 1 where degrees are 0.
double chi_squared_tail(double statistic, double degrees);
// P(|T| >= |t|) for Student's T.
double student_two_sided(double t, double degrees);

}  // namespace regulars::models
