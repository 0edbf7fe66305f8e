// Random scalar operations: logic, numbers, times, texts, sets, places, the customer herself.
#pragma once

#include <functional>
#include <string>

#include "base/random.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

// Makes the parts of an operation where it stands: of "number", "condition", "text", "when", "date"
// or "set".
using PartMaker = std::function<ExpressionPtr(const std::string& type)>;

// An operation whose value is a "number", a "condition", a "text" or a "date". `inside`: it stands
// inside `where`.
ExpressionPtr random_scalar(Random& random, const std::string& type, bool inside,
                            const PartMaker& part);

}  // namespace regulars::evaluate
