// What a shift makes of an as-of instant.
#pragma once

#include "base/result.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

// Never after t.
Instant shifted_instant(const Shift& shift, Instant t, const Zone& zone);

// kBadDefinition when the shift does not lead into the past.
Result<void> check_shift(const Shift& shift);

}  // namespace regulars::evaluate
