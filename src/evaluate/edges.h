// Private to evaluate: when something that moves with the clock reaches an instant. Functions of
// time are monotone here, except that calendar months clamp: there the time is cut into parts.
#pragma once

#include <functional>
#include <optional>

#include "evaluate/window.h"

namespace regulars::evaluate {

// The end of the year 9999: nothing is looked for beyond.
constexpr Instant kFarthest{253'402'300'799'000'000};

// The first instant in (t, limit] at which the predicate holds, given that it does not at t and
// that once it holds it keeps doing so.
std::optional<Instant> first_holding(Instant t, Instant limit,
                                     const std::function<bool(Instant)>& holds);

// A window's end, or a shifted as-of, as a function of the as-of.
struct Edge {
  std::function<Instant(Instant)> at;
  const Zone* zone = nullptr;
  // Not 0: `at` adds so many calendar months, and so may fall back from one day to the next.
  int months = 0;
};

// The next instant in (t, limit] at which `edge.at(x) >= s` can change.
std::optional<Instant> next_crossing(const Edge& edge, Instant t, Instant limit, Instant s);

// The next instant in (t, limit] at which a moving edge falls back; nullopt for those that do not.
std::optional<Instant> next_fall(const Edge& edge, Instant t, Instant limit);

// The next beginning of a local day, or the next change of the zone's offset.
Instant next_boundary(const Zone& zone, Instant t);

}  // namespace regulars::evaluate
