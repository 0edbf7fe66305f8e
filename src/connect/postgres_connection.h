// Private to connect: a connection to PostgreSQL through libpq, with errors as values. The
// connection string, which may hold a password, is in no message.
//
// Thread-safety: one thread at a time.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>

#include "base/result.h"

namespace regulars::connect {

struct PostgresResultEnd {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresResultEnd>;

class PostgresConnection {
 public:
  // kIo: no server, or it refuses (the password, the database); kBadDefinition: the string is none.
  static Result<PostgresConnection> open(const std::string& connection_string);

  // For its effect or its rows. kNotFound: a table, column or schema that is not there;
  // kBadDefinition: a statement that the server does not understand or allow; kIo: the connection
  // is lost.
  Result<PostgresResult> run(const std::string& statement);
  PGconn* handle() { return connection_.get(); }
  // What the server said last, after a call of libpq's own.
  Error last_error(const PGresult* result) const;

  std::string quoted_name(const std::string& name);
  std::string quoted_text(const std::string& text);
  // schema.table, each part quoted.
  std::string quoted_table(const std::string& table);

 private:
  struct End {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  explicit PostgresConnection(PGconn* connection) : connection_(connection) {}
  std::unique_ptr<PGconn, End> connection_;
};

}  // namespace regulars::connect
