// Text to tree.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "language/syntax.h"

namespace regulars::language {

constexpr size_t kLongestText = 64 * 1024;  // bytes
constexpr int kDeepest = 100;               // nested parts

// kBadDefinition with line and column (characters) as the place. The message says what was expected
// and what stands there; the hint shows the line with a caret and, for a name, near ones:
//
//   rule:1:9: expected ')' or 'where', found 'wher'
//     count(purchase wher channel = 'web')
//                    ^^^^  did you mean 'where'?
Result<NodePtr> parse(std::string_view text);

// An error that points into the text; used by the parser and by the checker.
Error error_at(std::string_view text, Extent extent, std::string message, std::string hint = {});

}  // namespace regulars::language
