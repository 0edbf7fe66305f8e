// Sums and decays on the scale of logarithms; the gamma function is in fit/gamma_functions.h.
//
// Thread-safety: pure functions.
#pragma once

namespace regulars::models {

// log(exp(a) + exp(b)); minus infinity stands for nothing.
double log_add(double a, double b);
// (1 - exp(-k x)) / k, which is x at k = 0: how far a thing that decays at rate k gets in time x.
double decayed(double k, double x);

}  // namespace regulars::models
