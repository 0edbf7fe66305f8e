// Random histories and random well-typed trees, as wide as the enums of evaluate.
#pragma once

#include "base/random.h"
#include "every_way.h"

namespace regulars::evaluate {

// Up to six customers; events "order" (with items) and "visit" (without); "refund" is absent.
// Many ties in time, times on the edges of days, weeks, months and daylight saving, many unknowns;
// now and then
// numbers so large that sums overflow, or hundreds of events for each customer.
History random_history(Random& random);

// A tree of any type.
ExpressionPtr random_tree(Random& random);

// The same tree with one aggregate a little different: what a plan must not take for the same.
ExpressionPtr altered(Random& random, const Expression& tree);

// Instants around those of the histories.
Instant random_instant(Random& random);

}  // namespace regulars::evaluate
