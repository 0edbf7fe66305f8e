// Private to evaluate: what the aggregates over order, weight, gaps and days ask for.
#pragma once

#include "base/result.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

// Whether an aggregate of this kind reads a value of each event.
enum class Reads { kNothing, kAValue, kEither };
Reads reads(AggregateKind kind);

// Parameters of the kinds from kNth on; `value` and `weight` are the types of what is read, untyped
// for nothing. Errors do not name the node.
Result<void> check_event_aggregate(const Aggregate& aggregate, const Type& value,
                                   const Type& weight);

}  // namespace regulars::evaluate
