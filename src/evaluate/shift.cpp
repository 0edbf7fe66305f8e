#include "evaluate/shift.h"

#include <algorithm>
#include <limits>

#include "evaluate/window.h"

namespace regulars::evaluate {
namespace {

Window own_period(const Shift& shift) {
  Window window = this_period(shift.period);
  window.retail = shift.retail;
  return window;
}

}  // namespace

Instant shifted_instant(const Shift& shift, Instant t, const Zone& zone) {
  switch (shift.kind) {
    case Shift::Kind::kDuration: {
      int64_t earlier = 0;
      const bool beyond = __builtin_sub_overflow(t.micros, shift.back.micros, &earlier);
      return {beyond ? std::numeric_limits<int64_t>::min() + 1 : earlier};
    }
    case Shift::Kind::kMonths:
      return zone.add_months(t, -shift.months);
    case Shift::Kind::kInstant:
      return std::min(shift.instant, t);
    case Shift::Kind::kStartOf:
      break;
  }
  return bounds_of(own_period(shift), t, zone).after;
}

Result<void> check_shift(const Shift& shift) {
  const auto fail = [](const char* what) { return Error(ErrorCode::kBadDefinition, what); };
  if (shift.kind == Shift::Kind::kDuration && shift.back.micros <= 0) {
    return fail("a shift leads into the past: its duration must be positive");
  }
  if (shift.kind == Shift::Kind::kMonths && (shift.months < 1 || shift.months > 12'000)) {
    return fail("a shift takes 1 to 12,000 months");
  }
  if (shift.kind == Shift::Kind::kStartOf) return check_window(own_period(shift));
  return {};
}

}  // namespace regulars::evaluate
