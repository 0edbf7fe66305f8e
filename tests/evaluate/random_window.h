// Random windows over the instants of random histories.
#pragma once

#include "base/random.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

// Of every kind that looks back from the as-of instant and names no anchor.
Window random_window(Random& random);
Window::Period random_period(Random& random);
RetailCalendar random_retail(Random& random);

}  // namespace regulars::evaluate
