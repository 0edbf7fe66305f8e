// Walks along the probabilities of a count, from the first that matters upwards, so that none of
// them underflows on the way to those that count.
//
// Thread-safety: plain values.
#pragma once

#include <cmath>

#include "models/fit/gamma_functions.h"

namespace regulars::models {

// Counts of events up to time t at a rate that is gamma distributed with this shape and rate.
struct NegativeBinomial {
  NegativeBinomial(double gamma_shape, double rate, double t)
      : shape(gamma_shape),
        hit(t / (rate + t)),
        log_hit(logarithm(t, rate)),
        log_miss(logarithm(rate, t)),
        mean(gamma_shape * t / rate) {}

  // Also of m that are not whole, by the formula.
  double log_probability(double m) const {
    // (shape)_m / m!, by whichever of the two factors is short.
    const double ways = m > shape ? log_rising(m + 1, shape - 1).value - log_gamma(shape)
                                  : log_rising(shape, m).value - log_gamma(m + 1);
    return ways + m * log_hit + shape * log_miss;
  }
  double ratio_after(double m) const { return (shape + m) / (m + 1) * hit; }

  // log(part / (part + rest))
  static double logarithm(double part, double rest) {
    return rest < part ? std::log1p(-rest / (part + rest)) : std::log(part / (part + rest));
  }

  double shape;
  double hit;
  double log_hit;
  double log_miss;
  double mean;
};

struct Poisson {
  double log_probability(double m) const { return m * std::log(mean) - mean - log_gamma(m + 1); }
  double ratio_after(double m) const { return mean / (m + 1); }

  double mean;
};

template <class Law>
class CountWalk {
 public:
  explicit CountWalk(const Law& law) : law_(law) {
    if (law_.log_probability(0) < kFar) at_ = first_that_matters();
    probability_ = std::exp(law_.log_probability(at_));
  }

  double at() const { return at_; }
  double probability() const { return probability_; }
  // An upper bound of the sum of all probabilities from here on; 1 where they still rise.
  double rest() const {
    const double ratio = law_.ratio_after(at_);
    return ratio < 1 ? probability_ / (1 - ratio) : 1;
  }
  void step() {
    probability_ *= law_.ratio_after(at_);
    at_ += 1;
  }

 private:
  static constexpr double kFar = -600;

  // The least count below the mean whose probability is above exp(kFar).
  double first_that_matters() const {
    double low = 0;
    double high = std::floor(law_.mean);
    while (high - low > 1 && high > low * (1 + 1e-15)) {
      const double middle = std::floor(low + (high - low) / 2);
      (law_.log_probability(middle) < kFar ? low : high) = middle;
    }
    return high;
  }

  Law law_;
  double at_ = 0;
  double probability_ = 0;
};

}  // namespace regulars::models
