// The tree as JSON, for programs: {"call": "count", "arguments": [{"name": "purchase"}], "over":
// {"last": {"count": 30, "unit": "day"}}}. Reading what was written gives an equal tree.
// docs/reference/language.md describes every form.
#pragma once

#include <string>
#include <string_view>

#include "language/syntax.h"

namespace regulars::language {

std::string to_json(const Node& node);
// kBadDefinition with a JSON pointer as the place; duplicate keys, unknown keys and depth over
// kDeepest are refused. The tree's extents are those of its printed form.
Result<NodePtr> from_json(std::string_view json);

}  // namespace regulars::language
