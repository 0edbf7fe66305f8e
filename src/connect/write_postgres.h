// Rows into a table of PostgreSQL, as a whole or as what changed, in one transaction: whoever reads
// there sees the table as before or as after.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace regulars::connect {

struct PostgresTable {
  std::string connection;  // the connection string itself; it is in no message
  std::string table;       // "segments" or "crm.segments"; made when it is not there
  struct Column {
    std::string name;
    std::string type = "text";  // used when the table is made: text, integer, numeric, date ...
  };
  std::vector<Column> columns;
  size_t keys = 1;  // the first so many columns tell rows apart
};

using PostgresRow = std::vector<std::optional<std::string>>;  // a value per column; empty: NULL

struct PostgresWritten {
  int64_t written = 0;
  int64_t removed = 0;  // rows that were there and are gone or replaced
};

// The table then holds these rows and no others.
Result<PostgresWritten> write_postgres(const PostgresTable& table,
                                       const std::vector<PostgresRow>& rows);

// Rows with the keys of `changed` are replaced or added, those with the keys of `removed` (key
// columns only) go; others stay.
Result<PostgresWritten> write_postgres_changes(const PostgresTable& table,
                                               const std::vector<PostgresRow>& changed,
                                               const std::vector<PostgresRow>& removed);

}  // namespace regulars::connect
