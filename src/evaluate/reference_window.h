// Private to evaluate: the reference's windows, seen by one customer.
#pragma once

#include <vector>

#include "evaluate/reference.h"
#include "evaluate/window.h"

namespace regulars::evaluate {

// The customer's zone where the window or aggregate wants her own, else the project's.
const Zone& zone_reference(const Question& question, bool own);

struct SeenWindow {
  bool known = true;  // false: its anchor is not
  Bounds bounds;
};

// `own_events`: instants of the aggregate's own events at or before the as-of, in order; asked of
// a session.
Result<SeenWindow> window_reference(const Window& window, const Question& question,
                                    const std::vector<Instant>& own_events, Trace* trace);

}  // namespace regulars::evaluate
