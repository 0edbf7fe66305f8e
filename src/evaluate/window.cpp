#include "evaluate/window.h"

#include <algorithm>
#include <limits>

namespace regulars::evaluate {
namespace {

// The smallest stands for "since ever": no event has that instant, as it is kMissing.
constexpr Instant kEver{std::numeric_limits<int64_t>::min()};

Instant saturated_minus(Instant t, Duration d) {
  int64_t result = 0;
  return __builtin_sub_overflow(t.micros, d.micros, &result) ? kEver : Instant{result};
}

Instant just_before(Instant t) { return saturated_minus(t, microseconds(1)); }

Day start_of_period(Day day, Window::Period period) {
  const CivilDate date = to_civil(day);
  switch (period) {
    case Window::Period::kDay:
      return day;
    case Window::Period::kWeek:
      return day - (weekday(day) - 1);
    case Window::Period::kMonth:
      return to_day({date.year, date.month, 1});
    case Window::Period::kQuarter:
      return to_day({date.year, date.month - (date.month - 1) % 3, 1});
    case Window::Period::kYear:
      return to_day({date.year, 1, 1});
    default:
      break;
  }
  return day;
}

// Before it is cut at the as-of instant.
Bounds uncut_bounds(const Window& window, Instant t, const Zone& zone) {
  using Kind = Window::Kind;
  switch (window.kind) {
    case Kind::kLifetime:
      return {kEver, t};
    case Kind::kRolling:
      return {saturated_minus(t, window.from), saturated_minus(t, window.to)};
    case Kind::kMonths:
      return {zone.add_months(t, -window.from_months),
              window.to_months == 0 ? t : zone.add_months(t, -window.to_months)};
    case Kind::kCalendarDays:
      return {just_before(zone.start_of(zone.day_of(t) - (window.count - 1))), t};
    case Kind::kThisPeriod:
      return {just_before(zone.start_of(start_of_period(zone.day_of(t), window.period))), t};
    case Kind::kLastPeriod: {
      const Day current = start_of_period(zone.day_of(t), window.period);
      const Day previous = start_of_period(current - 1, window.period);
      return {just_before(zone.start_of(previous)), just_before(zone.start_of(current))};
    }
    case Kind::kBetween:
      return {just_before(window.begin), just_before(window.end)};
    default:
      break;
  }
  return {kEver, t};
}

}  // namespace

Bounds bounds_of(const Window& window, Instant as_of, const Zone& zone) {
  Bounds bounds = uncut_bounds(window, as_of, zone);
  bounds.upto = std::min(bounds.upto, as_of);
  bounds.after = std::min(bounds.after, bounds.upto);
  return bounds;
}

Result<void> check_window(const Window& window) {
  const auto fail = [](const char* what) { return Error(ErrorCode::kBadDefinition, what); };
  constexpr int kMostMonths = 12'000;
  constexpr int kMostDays = 366'000;
  switch (window.kind) {
    case Window::Kind::kRolling:
      if (window.to.micros >= 0 && window.from > window.to) break;
      return fail("a rolling window must begin before it ends and end at or before the as-of");
    case Window::Kind::kMonths:
      if (window.to_months >= 0 && window.from_months > window.to_months &&
          window.from_months <= kMostMonths) {
        break;
      }
      return fail("a window of months must begin before it ends, at most 12,000 months ago");
    case Window::Kind::kCalendarDays:
      if (window.count >= 1 && window.count <= kMostDays) break;
      return fail("a window of calendar days takes 1 to 366,000 days");
    case Window::Kind::kBetween:
      if (window.begin < window.end) break;
      return fail("a window between two instants must begin before it ends");
    default:
      break;
  }
  return {};
}

}  // namespace regulars::evaluate
