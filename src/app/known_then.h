// What was known at past instants: which history each of them may look at.
//
// Thread-safety: one thread at a time.
#pragma once

#include <memory>
#include <vector>

#include "app/project_shop.h"
#include "base/result.h"
#include "base/time.h"

namespace regulars::app {

// Instants that may look at the same history, because nothing was recorded between them. What the
// first run of a project brought counts as known when it happened.
struct KnownThen {
  std::vector<Instant> instants;  // ascending
  // What had been recorded by then; empty: all that the shop knows.
  std::optional<Instant> known_at;
};
Result<std::vector<KnownThen>> known_then(ProjectShop& shop, std::vector<Instant> instants);

}  // namespace regulars::app
