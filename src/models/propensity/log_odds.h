// Probabilities and log odds, safe at both ends.
#pragma once

#include <algorithm>
#include <cmath>

namespace regulars::models {

// The probability is cut at 1e-12, so the result is finite.
inline double log_odds(double probability) {
  constexpr double kLeast = 1e-12;
  const double p = std::clamp(probability, kLeast, 1 - kLeast);
  return std::log(p) - std::log1p(-p);
}

inline double from_log_odds(double z) {
  if (z >= 0) return 1 / (1 + std::exp(-z));
  const double e = std::exp(z);
  return e / (1 + e);
}

inline double log_one_plus_exp(double z) {
  return z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
}

}  // namespace regulars::models
