// Private to evaluate: one customer's value followed along time.
#pragma once

#include <functional>

#include "evaluate/reference.h"
#include "evaluate/shared_tree.h"

namespace regulars::evaluate {

// Calls visit at `from` and at every instant of (from, to] at which the value can change, in order.
// `tree` holds the expression.
using Visit = std::function<void(Instant, Value)>;
Result<void> follow(const Expression& e, const SharedTree& tree, const Question& question,
                    Instant from, Instant to, const Visit& visit);

}  // namespace regulars::evaluate
