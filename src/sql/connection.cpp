#include "sql/connection.h"

#include "sql/error.h"
#include "sql/handles.h"

namespace regulars::sql {
namespace {

struct Binder {
  duckdb_prepared_statement statement;
  idx_t index;

  duckdb_state operator()(std::monostate) const { return duckdb_bind_null(statement, index); }
  duckdb_state operator()(bool value) const { return duckdb_bind_boolean(statement, index, value); }
  duckdb_state operator()(int64_t value) const {
    return duckdb_bind_int64(statement, index, value);
  }
  duckdb_state operator()(uint64_t value) const {
    return duckdb_bind_uint64(statement, index, value);
  }
  duckdb_state operator()(double value) const {
    return duckdb_bind_double(statement, index, value);
  }
  duckdb_state operator()(std::string_view value) const {
    return duckdb_bind_varchar_length(statement, index, value.data(), value.size());
  }
  duckdb_state operator()(Instant value) const {
    return duckdb_bind_timestamp(statement, index, {value.micros});
  }
  duckdb_state operator()(Day value) const {
    return duckdb_bind_date(statement, index, {value.number});
  }
};

}  // namespace

Result<void> Prepared::bind(std::span<const Parameter> parameters) {
  const idx_t wanted = duckdb_nparams(handle_->raw);
  if (wanted != parameters.size()) {
    return Error(ErrorCode::kInternal, "the statement takes " + std::to_string(wanted) +
                                           " parameters but was given " +
                                           std::to_string(parameters.size()));
  }
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (std::visit(Binder{handle_->raw, i + 1}, parameters[i]) != DuckDBSuccess) {
      const char* reason = duckdb_prepare_error(handle_->raw);
      if (reason != nullptr) return to_error(reason);
      return Error(ErrorCode::kBadData,
                   "parameter " + std::to_string(i + 1) + " of a statement cannot be used",
                   "Texts must be valid UTF-8.");
    }
  }
  return {};
}

Result<QueryResult> Prepared::run(std::span<const Parameter> parameters, bool streamed) {
  REGULARS_TRY(bind(parameters));
  auto result = std::make_shared<ResultHandle>();
  result->connection = connection_;
  const duckdb_state state = streamed
                                 ? duckdb_execute_prepared_streaming(handle_->raw, &result->raw)
                                 : duckdb_execute_prepared(handle_->raw, &result->raw);
  if (state != DuckDBSuccess) {
    const char* reason = duckdb_result_error(&result->raw);
    return to_error(reason == nullptr ? "" : reason);
  }
  return QueryResult(std::move(result));
}

Result<void> Connection::execute(const std::string& statements) {
  ResultHandle result;
  if (duckdb_query(handle_->raw, statements.c_str(), &result.raw) == DuckDBSuccess) return {};
  const char* reason = duckdb_result_error(&result.raw);
  return to_error(reason == nullptr ? "" : reason);
}

Result<Prepared> Connection::prepare(const std::string& statement) {
  auto prepared = std::make_shared<PreparedHandle>();
  if (duckdb_prepare(handle_->raw, statement.c_str(), &prepared->raw) != DuckDBSuccess) {
    const char* reason = duckdb_prepare_error(prepared->raw);
    return to_error(reason == nullptr ? "" : reason);
  }
  return Prepared(handle_, std::move(prepared));
}

void Connection::interrupt() { duckdb_interrupt(handle_->raw); }

Result<int64_t> Connection::only_integer(const Rows& rows) {
  if (rows.size() == 1 && rows[0].size() == 1) {
    if (const auto value = rows[0][0].integer()) return *value;
  }
  return Error(ErrorCode::kInternal, "a query for one number returned something else");
}

Result<Transaction> Transaction::begin(Connection& connection) {
  REGULARS_TRY(connection.execute("BEGIN TRANSACTION"));
  return Transaction(connection);
}

Result<void> Transaction::commit() {
  if (!connection_) return Error(ErrorCode::kInternal, "the transaction is already over");
  // A failed commit leaves no transaction behind, so there is nothing to roll back either way.
  Connection connection = *std::move(connection_);
  connection_.reset();
  return connection.execute("COMMIT");
}

Result<void> Transaction::rollback() {
  if (!connection_) return Error(ErrorCode::kInternal, "the transaction is already over");
  Connection connection = *std::move(connection_);
  connection_.reset();
  return connection.execute("ROLLBACK");
}

Transaction::Transaction(Transaction&& other) noexcept : connection_(std::move(other.connection_)) {
  other.connection_.reset();
}

Transaction::~Transaction() {
  if (!connection_) return;
  // Fails only when the transaction is over already, for instance after a fatal error.
  const Result<void> ignored = rollback();
  static_cast<void>(ignored);
}

}  // namespace regulars::sql
