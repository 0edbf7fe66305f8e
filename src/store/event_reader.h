// Private to store: events back from their tables.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "sql/connection.h"
#include "store/event_schema.h"

namespace regulars::store {

// Text columns of the same name share one dictionary, also across types.
class LoadedTexts {
 public:
  explicit LoadedTexts(sql::Connection& connection) : connection_(connection) {}
  // The stored codes are the dictionary's; kBadData when they are not 0 .. n-1.
  Result<DictionaryPtr> dictionary(const std::string& column_name);

 private:
  sql::Connection& connection_;
  std::map<std::string, DictionaryPtr> loaded_;
};

// The events of a type as known at an instant (all of them, newest versions, when not given), in
// the order of recording. `customers` gives the place of each stored customer number.
Result<EventBatch> read_events(sql::Connection& connection, const StoredType& stored,
                               LoadedTexts& texts, const std::vector<uint32_t>& customers,
                               std::optional<Instant> known_at);

}  // namespace regulars::store
