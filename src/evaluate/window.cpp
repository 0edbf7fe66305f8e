#include "evaluate/window.h"

#include <algorithm>
#include <limits>

#include "evaluate/period.h"

namespace regulars::evaluate {
namespace {

// The smallest stands for "since ever": no event has that instant, as it is kMissing.
constexpr Instant kEver{std::numeric_limits<int64_t>::min()};

Instant saturated_minus(Instant t, Duration d) {
  int64_t result = 0;
  return __builtin_sub_overflow(t.micros, d.micros, &result) ? kEver : Instant{result};
}

Instant saturated_plus(Instant t, Duration d) {
  int64_t result = 0;
  if (!__builtin_add_overflow(t.micros, d.micros, &result)) return Instant{result};
  return d.micros < 0 ? kEver : Instant{std::numeric_limits<int64_t>::max()};
}

Instant just_before(Instant t) { return saturated_minus(t, microseconds(1)); }

bool is_ahead(Window::Kind kind) {
  return kind == Window::Kind::kAhead || kind == Window::Kind::kAheadMonths ||
         kind == Window::Kind::kAheadDays;
}

Instant end_ahead(const Window& window, Instant t, const Zone& zone) {
  if (window.kind == Window::Kind::kAheadMonths) return zone.add_months(t, window.from_months);
  if (window.kind == Window::Kind::kAheadDays) return zone.end_of(zone.day_of(t) + window.count);
  Instant end;
  const bool beyond = __builtin_add_overflow(t.micros, window.from.micros, &end.micros);
  return beyond ? Instant{std::numeric_limits<int64_t>::max()} : end;
}

// Before it is cut at the as-of instant.
Bounds uncut_bounds(const Window& window, Instant t, const Zone& zone) {
  using Kind = Window::Kind;
  // Just before the period that lies `count` periods before t's own.
  const auto start = [&](int count) {
    const Day today = zone.day_of(t);
    const Day first = earlier_period(today, count, window.period, window.retail);
    return just_before(zone.start_of(first));
  };
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
      return {start(0), t};
    case Kind::kLastPeriod:
      return {start(1), start(0)};
    case Kind::kCalendarPeriods:
      return {start(window.count - 1), t};
    case Kind::kPastPeriods:
      return {start(window.count), start(0)};
    case Kind::kBetween:
      return {just_before(window.begin), just_before(window.end)};
    default:
      break;
  }
  return {kEver, t};
}

}  // namespace

Bounds bounds_of(const Window& window, Instant as_of, const Zone& zone) {
  if (is_ahead(window.kind)) return {as_of, end_ahead(window, as_of, zone)};
  Bounds bounds = uncut_bounds(window, as_of, zone);
  bounds.upto = std::min(bounds.upto, as_of);
  bounds.after = std::min(bounds.after, bounds.upto);
  return bounds;
}

namespace {

// The most periods that reach back about a thousand years.
int most_periods(Window::Period period) {
  switch (period) {
    case Window::Period::kDay:
      return 366'000;
    case Window::Period::kWeek:
      return 52'000;
    case Window::Period::kMonth:
    case Window::Period::kRetailMonth:
      return 12'000;
    case Window::Period::kQuarter:
    case Window::Period::kRetailQuarter:
      return 4'000;
    default:
      return 1'000;
  }
}

}  // namespace

Bounds anchored_bounds(const Window& window, Instant anchor, Instant as_of) {
  const Duration nothing;
  Bounds bounds{saturated_plus(anchor, window.from), as_of};
  if (window.to != nothing) bounds.upto = std::min(as_of, saturated_plus(anchor, window.to));
  bounds.after = std::min(bounds.after, bounds.upto);
  return bounds;
}

Instant beginning_of(int64_t day, const Zone& zone) {
  constexpr int64_t kFarthest = 100'000'000;  // about 270,000 years either way
  return zone.start_of(Day{static_cast<int32_t>(std::clamp(day, -kFarthest, kFarthest))});
}

bool sees_customer(const Window& window) {
  using Kind = Window::Kind;
  if (window.kind == Kind::kAnchored || window.kind == Kind::kSession) return true;
  const bool absolute = window.kind == Kind::kLifetime || window.kind == Kind::kRolling ||
                        window.kind == Kind::kBetween || window.kind == Kind::kAhead;
  return window.own_zone && !absolute;
}

Result<void> check_window(const Window& window) {
  const auto fail = [](const char* what) { return Error(ErrorCode::kBadDefinition, what); };
  constexpr int kMostMonths = 12'000;
  constexpr int kMostDays = 366'000;
  REGULARS_TRY(check_calendar(window.retail));
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
    case Window::Kind::kCalendarPeriods:
    case Window::Kind::kPastPeriods:
      if (window.count >= 1 && window.count <= most_periods(window.period)) break;
      return fail("a window of periods takes 1 to 1,000 years of them");
    case Window::Kind::kAhead:
    case Window::Kind::kAheadMonths:
    case Window::Kind::kAheadDays:
      return fail("a window ahead holds no events: it belongs in in_window");
    case Window::Kind::kAnchored:
      if (window.anchor != nullptr && (window.to.micros == 0 || window.from < window.to)) break;
      return fail("a window from an anchor needs one, and must begin before it ends");
    case Window::Kind::kSession:
      if (window.from.micros > 0) break;
      return fail("a session needs a gap, longer than nothing");
    default:
      break;
  }
  if (window.anchor != nullptr && window.kind != Window::Kind::kAnchored) {
    return fail("only a window from an anchor has one");
  }
  return {};
}

}  // namespace regulars::evaluate
