// Private to segments: sentences about values, for explanations.
#pragma once

#include <string>
#include <vector>

#include "evaluate/reference.h"
#include "language/syntax.h"

namespace regulars::segments {

// Whether the part compares its first argument with something (=, between, in, has, within ...).
bool compares(const language::Node& node);

// "count(purchase) over last 90 days is 2; at least 3 are needed (1 more)", or for a part that
// holds "... is 5; below 3 it ceases (3 fewer)". `values` are those of the node's arguments.
std::string change_words(const language::Node& node, const std::string& left,
                         const std::vector<evaluate::Value>& values, bool holds, const Zone& zone);

}  // namespace regulars::segments
