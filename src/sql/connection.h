// Statements, with bound parameters. A statement's text never contains a value: put `?` and pass
// the value. Names of tables and columns that are not fixed go through quote_identifier (quote.h).
//
// Thread-safety: a Connection and everything made from it (Prepared, QueryResult, Appender,
// Transaction) is used by one thread at a time; only interrupt() may be called from another.
// Connections of one Database work side by side; each sees committed data only.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sql/parameter.h"
#include "sql/query_result.h"

namespace regulars::sql {

struct ConnectionHandle;
struct PreparedHandle;

// A statement compiled once and run many times.
class Prepared {
 public:
  // Runs it and keeps the whole result in memory; all threads of the database take part.
  template <class... P>
  Result<QueryResult> query(const P&... parameters) {
    const std::array<Parameter, sizeof...(P)> bound{to_parameter(parameters)...};
    return run(bound, /*streamed=*/false);
  }
  // Runs it as far as the caller reads: little memory, in effect one thread. The connection can do
  // nothing else until the result is read to its end or gone.
  template <class... P>
  Result<QueryResult> stream(const P&... parameters) {
    const std::array<Parameter, sizeof...(P)> bound{to_parameter(parameters)...};
    return run(bound, /*streamed=*/true);
  }
  // Runs it for its effect; the number of rows inserted, updated or deleted.
  template <class... P>
  Result<uint64_t> execute(const P&... parameters) {
    REGULARS_ASSIGN(const QueryResult result, query(parameters...));
    return result.rows_changed();
  }

  // The same with parameters collected at run time.
  Result<QueryResult> run(std::span<const Parameter> parameters, bool streamed);

 private:
  friend class Connection;
  Prepared(std::shared_ptr<ConnectionHandle> connection, std::shared_ptr<PreparedHandle> handle)
      : connection_(std::move(connection)), handle_(std::move(handle)) {}
  Result<void> bind(std::span<const Parameter> parameters);

  std::shared_ptr<ConnectionHandle> connection_;
  std::shared_ptr<PreparedHandle> handle_;
};

class Connection {
 public:
  explicit Connection(std::shared_ptr<ConnectionHandle> handle) : handle_(std::move(handle)) {}

  // Runs one or several statements separated by `;`, without parameters, for their effect.
  Result<void> execute(const std::string& statements);

  // One statement with parameters, for its effect: rows inserted, updated or deleted.
  template <class... P>
    requires(sizeof...(P) > 0)
  Result<uint64_t> execute(const std::string& statement, const P&... parameters) {
    REGULARS_ASSIGN(Prepared prepared, prepare(statement));
    return prepared.execute(parameters...);
  }

  template <class... P>
  Result<QueryResult> query(const std::string& statement, const P&... parameters) {
    REGULARS_ASSIGN(Prepared prepared, prepare(statement));
    return prepared.query(parameters...);
  }

  template <class... P>
  Result<QueryResult> stream(const std::string& statement, const P&... parameters) {
    REGULARS_ASSIGN(Prepared prepared, prepare(statement));
    return prepared.stream(parameters...);
  }

  template <class... P>
  Result<Rows> query_rows(const std::string& statement, const P&... parameters) {
    REGULARS_ASSIGN(QueryResult result, query(statement, parameters...));
    return result.rows();
  }

  // The one integer of a result of one row and one column; kInternal when it is not that.
  template <class... P>
  Result<int64_t> query_integer(const std::string& statement, const P&... parameters) {
    REGULARS_ASSIGN(const Rows rows, query_rows(statement, parameters...));
    return only_integer(rows);
  }

  Result<Prepared> prepare(const std::string& statement);

  // Makes the statement that is running in another thread fail soon.
  void interrupt();

 private:
  friend class Appender;
  static Result<int64_t> only_integer(const Rows& rows);
  std::shared_ptr<ConnectionHandle> handle_;
};

// What is done while it lives happens as a whole at commit(), or not at all: going out of scope
// without a commit rolls back. One at a time per connection.
//
//   REGULARS_ASSIGN(Transaction transaction, Transaction::begin(connection));
//   REGULARS_TRY(connection.execute("..."));
//   REGULARS_TRY(transaction.commit());
class Transaction {
 public:
  static Result<Transaction> begin(Connection& connection);
  // On disk when it returns without an error; after an error nothing has happened.
  Result<void> commit();
  Result<void> rollback();

  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&& other) = delete;
  ~Transaction();

 private:
  explicit Transaction(const Connection& connection) : connection_(connection) {}
  std::optional<Connection> connection_;  // empty once committed or rolled back
};

}  // namespace regulars::sql
