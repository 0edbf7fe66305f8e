// Ratios of gamma functions at whole distances, as sums of logarithms: they keep all their digits
// where the parameters are huge or tiny, and a table of them is made once for all customers.
//
// Thread-safety: a table is safe for concurrent reading.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "models/fit/derivatives.h"

namespace regulars::models {

// log of a (a + 1) ... (a + n - 1) for n = 0, 1, ... most, with both derivatives by a.
class RisingTable {
 public:
  using Row = std::array<double, 3>;  // value, slope, curvature
  RisingTable(double a, size_t most);
  const Row& operator[](size_t n) const { return rows_[n]; }

 private:
  std::vector<Row> rows_;
};

// log of B(a + n, b + m) / B(a, b), from the tables of a at n, b at m, and a + b at n + m: adds the
// value, and sets the derivatives by log a and log b at variables i and i + 1.
struct BetaRatio {
  double a = 0;
  double b = 0;
  const RisingTable::Row& by_a;
  const RisingTable::Row& by_b;
  const RisingTable::Row& by_both;
};
void add_beta_ratio(Derivatives& d, size_t i, const BetaRatio& ratio, Order order);

}  // namespace regulars::models
