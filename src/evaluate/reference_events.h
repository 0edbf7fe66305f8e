// Private to evaluate: the reference's aggregates that look at more than the values: at when events
// were, how values weigh, or at the distances between them.
#pragma once

#include <vector>

#include "evaluate/reference.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

// An event (or item) that counts, in order of (time, id, item).
struct CountedRow {
  Instant at;
  Value value;   // of Aggregate::value; unknown when there is none
  Value weight;  // of Aggregate::weight
};

struct AggregateContext {
  Instant now;
  const Zone* zone = nullptr;  // the customer's where the aggregate wants her own
};

Result<Value> aggregate_events(const Aggregate& aggregate, const Type& value_type,
                               const std::vector<CountedRow>& rows,
                               const AggregateContext& context);

}  // namespace regulars::evaluate
