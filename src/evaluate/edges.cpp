#include "evaluate/edges.h"

#include <algorithm>

namespace regulars::evaluate {
namespace {

constexpr Duration kMostClamped = days(5);  // how far clamped months are from unclamped ones

// Between lo, where it does not hold, and hi, where it does.
Instant bisected(Instant lo, Instant hi, const std::function<bool(Instant)>& holds) {
  while (hi.micros - lo.micros > 1) {
    const Instant middle{lo.micros + (hi.micros - lo.micros) / 2};
    (holds(middle) ? hi : lo) = middle;
  }
  return hi;
}

// An edge of months reaches s within some days of a certain day; each part of those between
// boundaries is monotone.
std::optional<Instant> months_reach(const Edge& edge, Instant t, Instant limit, Instant s) {
  const auto holds = [&](Instant x) { return edge.at(x) >= s; };
  const Instant about = edge.zone->add_months(s, -edge.months);
  const Instant end = std::min(limit, about + kMostClamped);
  for (Instant x = std::max(t, about - kMostClamped); x <= end;) {
    const Instant next = next_boundary(*edge.zone, x);
    const Instant last = std::min(next - microseconds(1), end);
    if (x > t && holds(x)) return x;
    if (holds(last)) return bisected(x, last, holds);
    x = next;
  }
  return {};
}

}  // namespace

std::optional<Instant> first_holding(Instant t, Instant limit,
                                     const std::function<bool(Instant)>& holds) {
  if (limit <= t || !holds(limit)) return {};
  Instant lo = t;
  // Most changes are near: steps that double.
  for (int64_t step = 1'000'000; step < limit.micros - t.micros; step *= 4) {
    const Instant x{t.micros + step};
    if (holds(x)) return bisected(lo, x, holds);
    lo = x;
    if (step > (int64_t{1} << 60)) break;
  }
  return bisected(lo, limit, holds);
}

Instant next_boundary(const Zone& zone, Instant t) {
  const Instant next_day = zone.start_of(zone.day_of(t) + 1);
  const Duration offset = zone.offset_at(t);
  const auto changed = [&](Instant x) { return zone.offset_at(x) != offset; };
  if (!changed(next_day)) return next_day;
  return bisected(t, next_day, changed);
}

std::optional<Instant> next_fall(const Edge& edge, Instant t, Instant limit) {
  if (edge.months == 0) return {};
  for (Instant x = t;;) {
    x = next_boundary(*edge.zone, x);
    if (x > limit) return {};
    if (edge.at(x) < edge.at(x - microseconds(1))) return x;
  }
}

std::optional<Instant> next_crossing(const Edge& edge, Instant t, Instant limit, Instant s) {
  const auto holds = [&](Instant x) { return edge.at(x) >= s; };
  if (!holds(t)) {
    return edge.months == 0 ? first_holding(t, limit, holds) : months_reach(edge, t, limit, s);
  }
  // What was reached is left only where the edge falls back, and not by more than a few days.
  const Instant end = std::min(limit, t + kMostClamped);
  for (Instant x = t; edge.months != 0;) {
    x = next_boundary(*edge.zone, x);
    if (x > end) break;
    if (!holds(x)) return x;
  }
  return {};
}

}  // namespace regulars::evaluate
