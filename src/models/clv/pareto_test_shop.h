// Simulated customers of the Pareto/NBD model for tests.
#pragma once

#include <cmath>
#include <vector>

#include "base/random.h"
#include "models/clv/pareto_likelihood.h"

namespace regulars::models {

enum class Clock { kExact, kDays };

// Watched for half a year to a year, in weeks. With kDays purchases are seen at the end of their
// day and those of a day are one, which makes buying look less varied than it is: for questions of
// truth take kExact.
inline std::vector<BuyingCell> simulated_shop(const ParetoParameters& p, size_t customers,
                                              uint64_t seed, Clock clock = Clock::kDays) {
  Random random(seed);
  std::vector<BuyingCell> cells(customers);
  for (BuyingCell& cell : cells) {
    const double lambda = random.gamma(p.r, p.alpha);
    const double leaves = random.exponential(random.gamma(p.s, p.beta));
    cell.T = static_cast<double>(26 * 7 + random.below(26 * 7)) / 7;
    for (double t = random.exponential(lambda); t < leaves; t += random.exponential(lambda)) {
      const double seen = clock == Clock::kDays ? std::ceil(t * 7) / 7 : t;
      if (seen > cell.T) break;
      if (seen == cell.t_x) continue;
      ++cell.x;
      cell.t_x = seen;
    }
  }
  return cells;
}

}  // namespace regulars::models
