// Customers who turn out to be one: dated merges and unmerges of customer ids.
//
// Events keep the id they came with; an evaluation as of t reads the history merged as of t. An
// event that arrives for an absorbed id after the merge belongs to whoever absorbed it.
//
// Thread-safety: pure functions.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "data/history.h"

namespace regulars {

struct IdentityChange {
  CustomerNumber from = 0;
  CustomerNumber into = 0;
  Instant at;
  bool merge = true;  // false: `from`, merged into `into` before, is her own again from `at` on
  // When it became known; the earliest instant: it always was.
  Instant recorded_at{std::numeric_limits<int64_t>::min()};
};

// Those recorded by then, in the same order: what `known-at` sees.
std::vector<IdentityChange> known_by(std::span<const IdentityChange> changes, Instant known_at);

// Whose events each customer's are as of t: herself, or the last of a chain of merges. Changes
// take effect in order of time, equal times in the order given; a customer merged twice is where
// the later merge put her. kBadData for a merge that closes a circle, an unmerge of what is not
// merged so, and numbers that are no customers.
Result<std::vector<CustomerNumber>> identity_at(std::span<const IdentityChange> changes,
                                                size_t customers, Instant t);

// Known from the end of time: not in the universe.
constexpr Instant kNeverKnown{INT64_MAX};

// The history as of t: customers keep their numbers and attributes; who was absorbed has no events
// and is known from kNeverKnown; who absorbed others has all their events, is known from the
// first instant any of them was, and keeps her own attributes.
Result<History> merged(const History& history, std::span<const IdentityChange> changes, Instant t);

// The first change after t; nullptr: none. Until then the merged history stays what it is.
const IdentityChange* next_identity_change(std::span<const IdentityChange> changes, Instant t);

}  // namespace regulars
