#include "random_sequence.h"

#include <array>

namespace regulars::evaluate {

Sequence::Step random_step(Random& random, const Sequence& before, bool last) {
  Sequence::Step step;
  step.event = "order";
  if (before.steps.empty()) return step;
  step.absent = random.chance(0.3);
  if (random.chance(0.3)) step.at_least = hours(random.below(50));
  if (random.chance(0.4) || (step.absent && last)) {
    step.within = step.at_least + hours(1 + random.below(600));
  }
  return step;
}

void correlate(Random& random, Sequence& sequence) {
  static constexpr std::array kColumns = {"integer", "money", "text", "date", "flag", "other"};
  for (size_t s = 1; s < sequence.steps.size(); ++s) {
    const auto other = static_cast<size_t>(random.below(static_cast<int64_t>(s)));
    if (!random.chance(0.3) || sequence.steps[other].absent) continue;
    const auto column = [&](size_t i) { return std::string(kColumns[i]); };
    const auto i = static_cast<size_t>(random.below(static_cast<int64_t>(kColumns.size())));
    const bool mixed = i == 0 && random.chance(0.5);  // an integer and a decimal
    Sequence::Correlation one{column(i), false, other, column(mixed ? 1 : i), false};
    if (sequence.steps[s].event == "order" && random.chance(0.4)) {
      one.item = true;
      one.column = "item_" + one.column;
    }
    if (sequence.steps[other].event == "order" && random.chance(0.4)) {
      one.other_item = true;
      one.other = "item_" + one.other;
    }
    sequence.steps[s].equal.push_back(one);
  }
}

}  // namespace regulars::evaluate
