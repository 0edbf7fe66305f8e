// Private to store: events back from their tables.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "sql/database.h"
#include "store/event_schema.h"

namespace regulars::store {

// Events of all types as known at an instant (all of them, newest versions, when not given), each
// in the order of recording. Types are read beside each other, on at most `threads` threads (0: the
// machine's), each with a connection of its own. `customers` gives the place of each stored
// customer number. Text columns of the same name share one dictionary, also across types; kBadData
// when the stored codes are not 0 .. n-1.
Result<std::vector<EventBatch>> read_events(sql::Database& database,
                                            const std::vector<StoredType>& types,
                                            const std::vector<uint32_t>& customers,
                                            std::optional<Instant> known_at, size_t threads);

}  // namespace regulars::store
