// Tables and queries of PostgreSQL as rows of text (connect/rows.h), so that every kind of source
// can come from there. Rows come through a cursor of the server, a batch at a time, all from one
// snapshot of the database; nothing is written there. Times come in UTC with their offset, true
// and false as t and f, arrays as {a,b}.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "connect/rows.h"

namespace regulars::connect {

struct PostgresSource {
  std::string connection;  // the connection string itself; it is in no message and no info
  std::string query;       // a table ("orders", "shop.orders"), or a query: SELECT ... or WITH ...
  std::string since;       // column; only rows with a larger value than `newest` are read
  std::optional<std::string> newest;  // as an earlier reading wrote it; nothing: all rows
};

// kIo: no server, a wrong password, a lost connection; kNotFound: no such table or column;
// kBadDefinition: a query the server does not understand.
Result<std::unique_ptr<RowReader>> open_postgres(const PostgresSource& source);

}  // namespace regulars::connect
