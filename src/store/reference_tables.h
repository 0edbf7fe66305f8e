// Reference tables in the project database: typed, with the validity that their rows state, and
// with when each row was known. Analysts query the view reference_<name> (rows that hold now).
//
// Thread-safety: one thread at a time for a connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/reference_data.h"
#include "sql/connection.h"

namespace regulars::store {

struct TableReport {
  int64_t added = 0;    // ids (with a beginning of validity) not seen before
  int64_t revised = 0;  // known with other values: the old row is kept beside
  int64_t known = 0;    // stored already, the same
  bool operator==(const TableReport&) const = default;
};

// Takes the place of rows with the same id and beginning of validity; rows that are not given stay:
// what was sold once is still asked for. New columns and wider numbers are fitted. No transaction
// of its own. kBadDefinition: a name that cannot be used, or a column that holds another kind of
// value than before.
Result<TableReport> store_reference(sql::Connection& connection, const ReferenceData& table,
                                    Instant recorded_at);

// All tables as known at an instant (now when not given).
Result<std::vector<ReferenceData>> load_references(sql::Connection& connection,
                                                   std::optional<Instant> known_at = {});

}  // namespace regulars::store
