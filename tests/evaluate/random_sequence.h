// Random steps of sequences.
#pragma once

#include "base/random.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

// A step after those the sequence has, of event "order", without a condition.
Sequence::Step random_step(Random& random, const Sequence& before, bool last);

// Lets some steps equal earlier ones.
void correlate(Random& random, Sequence& sequence);

}  // namespace regulars::evaluate
