// Random trees of the whole grammar, with the names and texts that are hard to write and read.
#pragma once

#include "base/random.h"
#include "language/syntax.h"

namespace regulars::language {

// Every tree the parser can give may come, up to about `parts` parts.
NodePtr random_tree(Random& random, int parts);

// Every tree inside it, itself last.
std::vector<NodePtr> trees_of(const NodePtr& tree);

}  // namespace regulars::language
