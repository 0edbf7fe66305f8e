#include <algorithm>

#include "simulate/steps.h"

namespace regulars::simulate {
namespace {

constexpr int kNewDays = 30;     // early adopters buy an edition in its first month
constexpr int kOnSaleDays = 90;  // after which it is gone

const Drop* drop_of(const Catalogue& catalogue, Day day) {
  const auto after = std::upper_bound(catalogue.drops.begin(), catalogue.drops.end(), day,
                                      [](Day d, const Drop& drop) { return d < drop.day; });
  if (after == catalogue.drops.begin()) return nullptr;
  const Drop& drop = *(after - 1);
  return day - drop.day < kOnSaleDays ? &drop : nullptr;
}

// The twin she takes instead; 0: none.
uint16_t choose(const World& world, const CustomerTruth& truth, uint16_t product, const Drop* drop,
                Day day, Random& random) {
  if (drop != nullptr) {
    const bool keen = truth.early_adopter && day - drop->day < kNewDays;
    const uint16_t edition = drop->editions[world.catalogue.products[product].item];
    if (edition != 0 && random.chance(keen ? 0.85 : 0.03)) return edition;
  }
  const Twins& twins = world.catalogue.twins[product];
  for (size_t t = 0; t < kTopics && truth.topics != 0; ++t) {
    const bool leans = (truth.topics >> t & 1) != 0;
    if (leans && twins.topics[t] != 0 && random.chance(0.75)) return twins.topics[t];
  }
  if (truth.eco_minded && twins.eco != 0 && random.chance(0.85)) return twins.eco;
  return 0;
}

}  // namespace

void take_twins(const World& world, const CustomerTruth& truth, Day day, Random& random,
                std::span<OrderLine> lines) {
  const Drop* drop = drop_of(world.catalogue, day);
  if (drop == nullptr && truth.topics == 0 && !truth.eco_minded) return;
  for (OrderLine& line : lines) {
    if (line.product <= kFreeSample) continue;
    const uint16_t twin = choose(world, truth, line.product, drop, day, random);
    const bool there = std::any_of(lines.begin(), lines.end(),
                                   [&](const OrderLine& other) { return other.product == twin; });
    if (twin != 0 && !there) line.product = twin;
  }
}

}  // namespace regulars::simulate
