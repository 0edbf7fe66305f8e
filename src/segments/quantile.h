// Quantiles as R's type 7 (Hyndman and Fan 1996): linear between order statistics.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace regulars::segments {

// `sorted` ascending and not empty; p in 0..1.
template <class T>
double quantile(const std::vector<T>& sorted, double p) {
  const double position = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(std::floor(position));
  const size_t above = std::min(below + 1, sorted.size() - 1);
  const auto low = static_cast<double>(sorted[below]);
  return low + (static_cast<double>(sorted[above]) - low) * (position - std::floor(position));
}

}  // namespace regulars::segments
