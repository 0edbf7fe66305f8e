// Sums of slowly falling positive terms.
//
// Thread-safety: pure function.
#pragma once

#include <functional>

namespace regulars::models {

// The sum of term(i) over i = 0, 1, ..., for terms that fall, are smooth functions of real i, and
// become negligible in the end. The first 4,096 are added; if they do not suffice, the rest is the
// integral from half a step before (Euler and Maclaurin), adaptively by Gauss and Kronrod in the
// logarithm of i: relative error about 1e-8.
double long_sum(const std::function<double(double)>& term);

}  // namespace regulars::models
