// The hypergeometric function 2F1(1, b; b + more; z) for b > 0, more >= 0 and 0 <= z < 1: what sums
// of discounted survival are made of. By Gauss' continued fraction (Abramowitz and Stegun 15.1;
// Lentz' method), whose parts are all positive here; the number of steps grows like 1 / sqrt(1 -
// z).
//
// Thread-safety: pure function.
#pragma once

namespace regulars::models {

// Not a number outside the range given above.
double gauss_fraction(double b, double more, double z);

}  // namespace regulars::models
