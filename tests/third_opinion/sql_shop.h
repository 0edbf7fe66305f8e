// A history as tables of DuckDB, as plain as they can be.
//
//   customer  c, "a:NAME" for each attribute
//   "e:TYPE"  c, t (microseconds), id, r (the row), "f:NAME" for each column
//   "i:TYPE"  r (the event's row), n (of the item), "g:NAME" for each column of the items
//
// Numbers of any scale are whole (units), instants microseconds, days days; unknown is NULL.
#pragma once

#include <vector>

#include "data/history.h"
#include "evaluate/reference.h"
#include "sql/database.h"
#include "to_sql.h"

namespace regulars::third_opinion {

class SqlShop {
 public:
  static Result<SqlShop> make(const History& history);

  // The query's value for each customer. A real number that is no number is unknown.
  Result<std::vector<evaluate::Value>> answers(const Query& query);

 private:
  SqlShop(sql::Database database, sql::Connection connection)
      : database_(std::move(database)), connection_(std::move(connection)) {}

  sql::Database database_;
  sql::Connection connection_;
};

}  // namespace regulars::third_opinion
