// Private to evaluate: the aggregates that look at more than the values: at their order in time, at
// when the events were, at what they weigh, or at the distances between them.
#pragma once

#include "evaluate/fold.h"

namespace regulars::evaluate {

struct EventFold {
  const Slot& slot;
  const Vector& values;  // of the slot's series
  const Vector* second;  // of its second series: instants, days or weights; null: none
  const Ranges& ranges;
  std::span<const int64_t> today;  // local day number, of each customer or of all
  int64_t today_of(size_t customer) const { return today[today.size() == 1 ? 0 : customer]; }
};

inline bool folds_events(AggregateKind kind) { return kind >= AggregateKind::kNth; }

// kOverflow when a gap leaves 64 bits.
Result<Vector> folded_events(const EventFold& fold);

// By what they look at; each file does one.
Vector picked_by_order(const EventFold& fold);      // kNth, kRunStart
Vector picked_by_weight(const EventFold& fold);     // kMode, kRankOf
Result<Vector> folded_gaps(const EventFold& fold);  // kMinGap .. kSessionStart
Vector folded_days(const EventFold& fold);          // streaks, kDecayed
// Element from[i] of the values for each i; kNoRow: unknown.
constexpr uint32_t kNoRow = UINT32_MAX;
Vector elements(const Vector& values, const std::vector<uint32_t>& from);

}  // namespace regulars::evaluate
