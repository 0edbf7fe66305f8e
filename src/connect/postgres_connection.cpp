#include "connect/postgres_connection.h"

#include <string_view>

#include "connect/text.h"

namespace regulars::connect {
namespace {

// The first line, without "ERROR:" and the like in front.
std::string first_line(const char* message) {
  std::string_view text = message == nullptr ? "" : message;
  text = trimmed(text.substr(0, text.find('\n')));
  for (const std::string_view word : {"ERROR:", "FATAL:"}) {
    if (text.starts_with(word)) text = trimmed(text.substr(word.size()));
  }
  return std::string(text);
}

Error connect_error(const PGconn* connection) {
  const std::string said = PQerrorMessage(connection);
  const auto has = [&](const char* words) { return said.find(words) != std::string::npos; };
  if (has("password authentication failed") || has("no password supplied")) {
    return Error(ErrorCode::kIo, "PostgreSQL does not accept the user's password",
                 "Check user and password in the environment variable.");
  }
  const size_t fatal = said.find("FATAL:");
  if (fatal != std::string::npos) {
    return Error(ErrorCode::kIo, "PostgreSQL refuses: " + first_line(said.c_str() + fatal),
                 "Check database and user in the environment variable.");
  }
  return Error(ErrorCode::kIo, "no PostgreSQL server answers: " + first_line(said.c_str()),
               "Is it running, and are host and port in the environment variable right?");
}

ErrorCode code_of(std::string_view state) {
  if (state == "42P01" || state == "42703" || state == "3F000") return ErrorCode::kNotFound;
  if (state.starts_with("42")) return ErrorCode::kBadDefinition;
  if (state.starts_with("22") || state.starts_with("23")) return ErrorCode::kBadData;
  return ErrorCode::kIo;
}

}  // namespace

Result<PostgresConnection> PostgresConnection::open(const std::string& connection_string) {
  // libpq's own message about a bad string quotes parts of it.
  char* complaint = nullptr;
  PQconninfoOption* options = PQconninfoParse(connection_string.c_str(), &complaint);
  const bool good = options != nullptr;
  PQconninfoFree(options);
  PQfreemem(complaint);
  if (!good || connection_string.empty()) {
    return Error(ErrorCode::kBadDefinition,
                 "the environment variable holds no connection string of PostgreSQL",
                 "It looks like postgresql://user:password@host:5432/database.");
  }
  const char* const names[] = {"dbname", "fallback_application_name", "connect_timeout", nullptr};
  const char* const values[] = {connection_string.c_str(), "regulars", "10", nullptr};
  PostgresConnection connection(PQconnectdbParams(names, values, /*expand_dbname=*/1));
  if (connection.handle() == nullptr || PQstatus(connection.handle()) != CONNECTION_OK) {
    return connect_error(connection.handle());
  }
  REGULARS_ASSIGN(const PostgresResult set,
                  connection.run("SET client_encoding TO 'UTF8'; SET datestyle TO 'ISO, YMD'; SET "
                                 "timezone TO 'UTC'; SET client_min_messages TO error; SET "
                                 "extra_float_digits TO 1"));
  return connection;
}

Error PostgresConnection::last_error(const PGresult* result) const {
  const char* field = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view state = field == nullptr ? "" : field;
  const char* said =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const char* hint = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
  return Error(code_of(state),
               "PostgreSQL: " + (said != nullptr ? std::string(said)
                                                 : first_line(PQerrorMessage(connection_.get()))),
               hint == nullptr ? "" : hint);
}

Result<PostgresResult> PostgresConnection::run(const std::string& statement) {
  PostgresResult result(PQexec(connection_.get(), statement.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
                    status == PGRES_COPY_IN || status == PGRES_EMPTY_QUERY;
  if (!good) return last_error(result.get());
  return result;
}

std::string PostgresConnection::quoted_name(const std::string& name) {
  char* quoted = PQescapeIdentifier(connection_.get(), name.data(), name.size());
  std::string result = quoted == nullptr ? "\"\"" : quoted;
  PQfreemem(quoted);
  return result;
}

std::string PostgresConnection::quoted_text(const std::string& text) {
  char* quoted = PQescapeLiteral(connection_.get(), text.data(), text.size());
  std::string result = quoted == nullptr ? "''" : quoted;
  PQfreemem(quoted);
  return result;
}

std::string PostgresConnection::quoted_table(const std::string& table) {
  const size_t point = table.find('.');
  if (point == std::string::npos) return quoted_name(table);
  return quoted_name(table.substr(0, point)) + "." + quoted_name(table.substr(point + 1));
}

}  // namespace regulars::connect
