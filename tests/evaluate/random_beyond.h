// Puts operations that look beyond one instant or one customer into random trees.
#pragma once

#include "base/random.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

// The same tree with some of its nodes outside any `where` wrapped: shifted, placed in a
// population. Mostly the tree itself.
ExpressionPtr looking_beyond(Random& random, const ExpressionPtr& tree);

}  // namespace regulars::evaluate
