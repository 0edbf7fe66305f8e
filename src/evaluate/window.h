// Where a window begins and ends, seen from an as-of instant.
#pragma once

#include "base/time.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

// Events with after < at <= upto are in the window. Never beyond the as-of instant, except for the
// kinds that look ahead; an empty window has after == upto.
struct Bounds {
  Instant after;
  Instant upto;
  bool contains(Instant at) const { return after < at && at <= upto; }
};

Bounds bounds_of(const Window& window, Instant as_of, const Zone& zone);

// kBadDefinition when the window can hold nothing or is not what its kind asks for.
Result<void> check_window(const Window& window);

}  // namespace regulars::evaluate
