#include "connect/write_postgres.h"

#include <charconv>

#include "connect/postgres_connection.h"

namespace regulars::connect {
namespace {

constexpr size_t kCopyBytes = 1 << 20;

bool is_type_name(const std::string& type) {
  return !type.empty() &&
         type.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789(), ") == std::string::npos;
}

// One value in the text form of COPY.
void append_value(std::string& out, const std::optional<std::string>& value) {
  if (!value) {
    out += "\\N";
    return;
  }
  for (const char c : *value) {
    switch (c) {
      case '\\':
        out += "\\\\";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  }
}

class Writer {
 public:
  Writer(PostgresConnection connection, const PostgresTable& table)
      : connection_(std::move(connection)),
        table_(table),
        name_(connection_.quoted_table(table.table)) {}

  Result<void> begin();
  // Fills a temporary table with the first `columns` columns of the target.
  Result<void> stage(const std::string& name, const std::vector<PostgresRow>& rows, size_t columns);
  Result<int64_t> count(const std::string& statement);
  Result<void> commit();

  std::string list(size_t columns, const std::string& prefix = {});
  std::string same_keys(const std::string& other);
  const std::string& name() const { return name_; }

 private:
  Result<void> send(const std::string& bytes);
  Result<void> end_copy();

  PostgresConnection connection_;
  const PostgresTable& table_;
  std::string name_;
};

std::string Writer::list(size_t columns, const std::string& prefix) {
  std::string names;
  for (size_t c = 0; c < columns; ++c) {
    names += (c == 0 ? "" : ", ") + prefix + connection_.quoted_name(table_.columns[c].name);
  }
  return names;
}

std::string Writer::same_keys(const std::string& other) {
  std::string condition;
  for (size_t c = 0; c < table_.keys; ++c) {
    const std::string column = connection_.quoted_name(table_.columns[c].name);
    condition += c == 0 ? "t." : " AND t.";
    condition.append(column).append(" = ").append(other).append(".").append(column);
  }
  return condition;
}

Result<void> Writer::begin() {
  REGULARS_TRY(connection_.run("BEGIN"));
  std::string definition;
  for (const PostgresTable::Column& column : table_.columns) {
    if (!is_type_name(column.type)) {
      return Error(ErrorCode::kBadDefinition, "'" + column.type + "' is no type of PostgreSQL");
    }
    definition +=
        (definition.empty() ? "" : ", ") + connection_.quoted_name(column.name) + " " + column.type;
  }
  REGULARS_TRY(connection_.run("CREATE TABLE IF NOT EXISTS " + name_ + " (" + definition +
                               ", PRIMARY KEY (" + list(table_.keys) + "))"));
  return {};
}

Result<void> Writer::send(const std::string& bytes) {
  if (bytes.empty()) return {};
  if (PQputCopyData(connection_.handle(), bytes.data(), static_cast<int>(bytes.size())) == 1) {
    return {};
  }
  return connection_.last_error(nullptr);
}

Result<void> Writer::end_copy() {
  if (PQputCopyEnd(connection_.handle(), nullptr) != 1) return connection_.last_error(nullptr);
  std::optional<Error> error;
  while (PGresult* next = PQgetResult(connection_.handle())) {
    const PostgresResult result(next);
    if (PQresultStatus(next) != PGRES_COMMAND_OK) error = connection_.last_error(next);
  }
  if (error) return *std::move(error);
  return {};
}

Result<void> Writer::stage(const std::string& name, const std::vector<PostgresRow>& rows,
                           size_t columns) {
  REGULARS_TRY(connection_.run("CREATE TEMP TABLE " + name + " ON COMMIT DROP AS SELECT " +
                               list(columns) + " FROM " + name_ + " WITH NO DATA"));
  REGULARS_TRY(connection_.run("COPY " + name + " FROM STDIN"));
  std::string bytes;
  for (const PostgresRow& row : rows) {
    for (size_t c = 0; c < columns; ++c) {
      if (c > 0) bytes += '\t';
      append_value(bytes, c < row.size() ? row[c] : std::nullopt);
    }
    bytes += '\n';
    if (bytes.size() < kCopyBytes) continue;
    REGULARS_TRY(send(bytes));
    bytes.clear();
  }
  REGULARS_TRY(send(bytes));
  return end_copy();
}

Result<int64_t> Writer::count(const std::string& statement) {
  REGULARS_ASSIGN(const PostgresResult result, connection_.run(statement));
  const std::string_view text = PQcmdTuples(result.get());
  int64_t rows = 0;
  std::from_chars(text.data(), text.data() + text.size(), rows);
  return rows;
}

Result<void> Writer::commit() {
  REGULARS_TRY(connection_.run("COMMIT"));
  return {};
}

Result<Writer> open_writer(const PostgresTable& table) {
  if (table.keys == 0 || table.keys > table.columns.size()) {
    return Error(ErrorCode::kInternal, "a table is written without a key");
  }
  REGULARS_ASSIGN(PostgresConnection connection, PostgresConnection::open(table.connection));
  return Writer(std::move(connection), table);
}

}  // namespace

Result<PostgresWritten> write_postgres(const PostgresTable& table,
                                       const std::vector<PostgresRow>& rows) {
  REGULARS_ASSIGN(Writer writer, open_writer(table));
  REGULARS_TRY(writer.begin());
  const size_t columns = table.columns.size();
  REGULARS_TRY(writer.stage("regulars_new", rows, columns));
  PostgresWritten written;
  REGULARS_ASSIGN(written.removed, writer.count("DELETE FROM " + writer.name()));
  REGULARS_ASSIGN(written.written,
                  writer.count("INSERT INTO " + writer.name() + " (" + writer.list(columns) +
                               ") SELECT " + writer.list(columns) + " FROM regulars_new"));
  REGULARS_TRY(writer.commit());
  return written;
}

Result<PostgresWritten> write_postgres_changes(const PostgresTable& table,
                                               const std::vector<PostgresRow>& changed,
                                               const std::vector<PostgresRow>& removed) {
  REGULARS_ASSIGN(Writer writer, open_writer(table));
  REGULARS_TRY(writer.begin());
  const size_t columns = table.columns.size();
  REGULARS_TRY(writer.stage("regulars_new", changed, columns));
  REGULARS_TRY(writer.stage("regulars_gone", removed, table.keys));
  PostgresWritten written;
  for (const char* staged : {"regulars_new", "regulars_gone"}) {
    REGULARS_ASSIGN(const int64_t gone, writer.count("DELETE FROM " + writer.name() + " t USING " +
                                                     staged + " s WHERE " + writer.same_keys("s")));
    written.removed += gone;
  }
  REGULARS_ASSIGN(written.written,
                  writer.count("INSERT INTO " + writer.name() + " (" + writer.list(columns) +
                               ") SELECT " + writer.list(columns) + " FROM regulars_new"));
  REGULARS_TRY(writer.commit());
  return written;
}

}  // namespace regulars::connect
