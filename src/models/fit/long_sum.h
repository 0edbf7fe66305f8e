// Sums of slowly falling positive terms.
//
// Thread-safety: pure function.
#pragma once

#include <functional>

namespace regulars::models {

// The sum of term(i) over i = 0, 1, ... below `end` (infinity: until terms are negligible), for
// terms that fall and are smooth functions of real i. The first 4,096 are added; if they do not
// suffice, the rest is the integral from half a step before (Euler and Maclaurin), adaptively by
// Gauss and Kronrod in the logarithm of i: relative error about 1e-8.
double long_sum(const std::function<double(double)>& term, double end);

// The integral of f(y) over y from `from` upwards where f is a density on the logarithm of y, no
// narrower there than `width`, around `centre`, times something smooth; adaptively, by panels.
double integral_on_logarithm(const std::function<double(double)>& f, double from, double centre,
                             double width);

}  // namespace regulars::models
