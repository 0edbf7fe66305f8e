#include "models/clv/dropout_shop.h"

#include <cmath>

#include "base/random.h"

namespace regulars::models {
namespace {

SimulatedCustomer simulate_one(const DropoutModel& model, const DropoutParameters& p,
                               const SimulatedPeriod& period, Random& random) {
  SimulatedCustomer one;
  const double rate = random.gamma(p.r, p.alpha);
  const double leaves = random.beta(p.a, p.b);
  one.cell.T = period.shortest + (period.longest - period.shortest) * random.uniform();
  double now = 0;
  double left = model.after_first && random.chance(leaves) ? 0 : INFINITY;
  while (left == INFINITY) {
    const double gap = random.gamma(model.k, rate);
    now += gap;
    if (now > one.cell.T + period.beyond) break;
    if (now <= one.cell.T) {
      one.cell.x += 1;
      one.cell.t_x = now;
      one.log_gaps += std::log(gap);
    } else {
      one.later.push_back(now - one.cell.T);
    }
    if (random.chance(leaves)) left = now;
  }
  one.alive = left > one.cell.T;
  return one;
}

}  // namespace

std::vector<SimulatedCustomer> simulate_shop(const DropoutModel& model, const DropoutParameters& p,
                                             const SimulatedPeriod& period, size_t customers,
                                             uint64_t seed) {
  Random random(seed);
  std::vector<SimulatedCustomer> shop;
  for (size_t i = 0; i < customers; ++i) shop.push_back(simulate_one(model, p, period, random));
  return shop;
}

std::vector<BuyingCell> cells_of(const std::vector<SimulatedCustomer>& shop) {
  std::vector<BuyingCell> cells;
  for (const SimulatedCustomer& one : shop) cells.push_back(one.cell);
  return cells;
}

}  // namespace regulars::models
