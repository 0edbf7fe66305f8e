// The format of the project database, as a list of steps from nothing to now. A step that has been
// released is never changed; a new format is a new step at the end.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "sql/connection.h"

namespace regulars::store {

struct Migration {
  int format;  // 1, 2, 3 ...: the format after this step
  std::string_view name;
  std::string_view statements;
};

std::span<const Migration> migrations();

// Brings the database to the newest of `steps`, each step in a transaction of its own, recorded in
// store_info. kUnsupported when the database is newer than the program (nothing is changed),
// kBadData when it holds something else than a project.
Result<void> migrate(sql::Connection& connection, std::span<const Migration> steps, Instant now);

// The format the database has; 0 when it is empty.
Result<int> stored_format(sql::Connection& connection);

}  // namespace regulars::store
