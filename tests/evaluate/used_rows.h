// Which rows of the function table a rule uses.
#pragma once

#include <set>
#include <string>

#include "language/compile.h"

namespace regulars::evaluate {

void note_used_rows(const language::Node& tree, const language::Compiled& compiled,
                    const language::Scope& scope, std::set<std::string>& used);

}  // namespace regulars::evaluate
