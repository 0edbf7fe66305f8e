// Private to evaluate: folds the values that count, in order of (time, id, item), into one.
#pragma once

#include <vector>

#include "evaluate/reference.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

// Unknown values take no part, except that `first` and `last` are unknown when the earliest or
// latest event's value is.
Result<Value> aggregate_values(const Aggregate& aggregate, const Type& value_type,
                               const std::vector<Value>& values);

}  // namespace regulars::evaluate
