// How tightly the parts of a rule bind, and printing with brackets where they are needed.
#pragma once

#include <string>

#include "language/syntax.h"

namespace regulars::language {

// The rules of the grammar from the loosest on. A part stands in brackets where a tighter one is
// needed; kNever: always.
enum class Level {
  kRule,  // if-then-else, which reaches as far as it can
  kOr,
  kAnd,
  kNot,
  kComparison,
  kSum,
  kProduct,
  kUnary,
  kPostfix,
  kPrimary,
  kNever,
};

Level level_of(const Node& node);
std::string print_at(const Node& node, Level least);

}  // namespace regulars::language
