// Tree to text: one line, canonical spacing and keywords, the fewest brackets that keep the tree.
// parse(print(tree)) is equal to tree for every tree that parse can give.
#pragma once

#include <string>

#include "language/syntax.h"

namespace regulars::language {

std::string print(const Node& node);

// Over several lines for files: breaks at `and` and `or` when the line would pass `width`.
std::string print_lines(const Node& node, size_t width);

}  // namespace regulars::language
