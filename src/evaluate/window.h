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

// kAnchored: with the anchor's instant.
Bounds anchored_bounds(const Window& window, Instant anchor, Instant as_of);

// First instant of a day given by its number; days beyond all records as the last of them.
Instant beginning_of(int64_t day, const Zone& zone);

// Whether customers see the window differently: from an anchor, a session, or by their own clocks.
bool sees_customer(const Window& window);

// kBadDefinition when the window can hold nothing or is not what its kind asks for.
Result<void> check_window(const Window& window);

}  // namespace regulars::evaluate
