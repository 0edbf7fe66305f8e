// Scores that models gave, back from the table as events (data/declarations.h, kModelScores).
//
// Thread-safety: one thread at a time for a connection.
#pragma once

#include <optional>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "sql/connection.h"

namespace regulars::store {

// Versions of scores that models gave begin with this; those of features do not.
inline constexpr const char* kModelVersion = "model ";

// One event for each customer and instant at which anything was scored, with all scores that count
// from then on: those of other models as they were, and none of a model that scored others but not
// her. As recorded by `known_at` when given. Empty when there are none.
Result<std::optional<EventBatch>> read_model_scores(sql::Connection& connection,
                                                    const History& history,
                                                    std::optional<Instant> known_at);

}  // namespace regulars::store
