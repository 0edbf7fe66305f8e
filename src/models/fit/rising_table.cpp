#include "models/fit/rising_table.h"

#include <cmath>

namespace regulars::models {

RisingTable::RisingTable(double a, size_t most) {
  rows_.reserve(most + 1);
  rows_.push_back({});
  for (size_t n = 0; n < most; ++n) {
    const double factor = a + static_cast<double>(n);
    const Row& last = rows_.back();
    rows_.push_back(
        {last[0] + std::log(factor), last[1] + 1 / factor, last[2] - 1 / (factor * factor)});
  }
}

void add_beta_ratio(Derivatives& d, size_t i, const BetaRatio& ratio, Order order) {
  const auto& [a, b, by_a, by_b, by_both] = ratio;
  d.value += by_a[0] + by_b[0] - by_both[0];
  if (order == Order::kValue) return;
  d.gradient[i] = a * (by_a[1] - by_both[1]);
  d.gradient[i + 1] = b * (by_b[1] - by_both[1]);
  if (order == Order::kGradient) return;
  d.at(i, i) = a * a * (by_a[2] - by_both[2]) + d.gradient[i];
  d.at(i + 1, i + 1) = b * b * (by_b[2] - by_both[2]) + d.gradient[i + 1];
  d.at(i, i + 1) = d.at(i + 1, i) = -a * b * by_both[2];
}

}  // namespace regulars::models
