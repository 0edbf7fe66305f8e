// Simulated customers of the Pareto/NBD model for tests.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "models/clv/pareto_likelihood.h"

namespace regulars::models {

// Half a year to a year long; days, counted in weeks.
inline std::vector<BuyingCell> simulated_shop(const ParetoParameters& p, size_t customers,
                                              uint64_t seed) {
  Random random(seed);
  std::vector<BuyingCell> cells;
  for (size_t i = 0; i < customers; ++i) {
    const double lambda = random.gamma(p.r, p.alpha);
    const double leaves = random.exponential(random.gamma(p.s, p.beta));
    BuyingCell cell{0, 0, static_cast<double>(26 * 7 + random.below(26 * 7)) / 7};
    double last_day = 0;
    for (double t = random.exponential(lambda); t < std::min(leaves, cell.T);
         t += random.exponential(lambda)) {
      const double day = std::ceil(t * 7);
      if (day == last_day || day / 7 > cell.T) continue;
      last_day = day;
      ++cell.x;
      cell.t_x = day / 7;
    }
    cells.push_back(cell);
  }
  return cells;
}

}  // namespace regulars::models
