#include "store/reference_tables.h"

#include <algorithm>
#include <limits>

#include "base/decimal.h"
#include "sql/appender.h"
#include "sql/quote.h"
#include "store/event_schema.h"

namespace regulars::store {
namespace {

constexpr const char* kIncoming = "incoming_reference";
constexpr Instant kSinceEver{std::numeric_limits<int64_t>::min()};
constexpr Instant kEndOfTime{std::numeric_limits<int64_t>::max()};

// Table reference_row_<name>: key, valid_from (NULL: since ever), the columns under the prefix c_,
// recorded_from, recorded_to.
std::string table_of(const std::string& name) { return "reference_row_" + name; }

const char* sql_type(ValueType type) {
  switch (type) {
    case ValueType::kText:
      return "VARCHAR";
    case ValueType::kInstant:
      return "TIMESTAMP";
    case ValueType::kDay:
      return "DATE";
    case ValueType::kBoolean:
      return "BOOLEAN";
    default:
      return "BIGINT";  // integers, and units of decimals
  }
}

Result<std::vector<StoredColumn>> columns_of(sql::Connection& connection, const std::string& name) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT name, value_type, scale FROM reference_column "
                                        "WHERE table_name = ? ORDER BY position",
                                        name));
  std::vector<StoredColumn> columns;
  for (const auto& row : rows) {
    REGULARS_ASSIGN(const StoredKind kind, stored_kind(row[1].text().value_or("")));
    columns.push_back({row[0].text().value_or(""), kind.type,
                       static_cast<int>(row[2].integer().value_or(0)), kind.is_set});
  }
  return columns;
}

Result<std::vector<std::string>> table_names(sql::Connection& connection) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT substr(table_name, 15) FROM duckdb_tables() WHERE "
                                        "NOT temporary AND starts_with(table_name, "
                                        "'reference_row_') ORDER BY 1"));
  std::vector<std::string> names;
  for (const auto& row : rows) names.push_back(row[0].text().value_or(""));
  return names;
}

// A whole number of units of a scale as SQL's decimal.
std::string decimal_of(const std::string& value, int scale) {
  std::string text = "(" + value + "::DECIMAL(19, 0) * 0.";
  text.append(static_cast<size_t>(scale) - 1, '0');
  return text.append("1::DECIMAL(7, ").append(std::to_string(scale)).append("))");
}

Result<void> create_view(sql::Connection& connection, const std::string& name,
                         const std::vector<StoredColumn>& columns) {
  std::string list;
  for (const StoredColumn& column : columns) {
    std::string value = column.physical();
    if (column.is_set) value = std::string("string_split(").append(value).append(", chr(31))");
    if (column.type == ValueType::kDecimal && column.scale > 0) {
      value = decimal_of(value, column.scale);
    }
    const bool ours = column.name == "key" || column.name == "valid_from";
    list += ", " + value + " AS " + sql::quote_identifier(column.name + (ours ? "_" : ""));
  }
  return connection.execute("CREATE OR REPLACE VIEW " + sql::quote_identifier("reference_" + name) +
                            " AS SELECT key, valid_from" + list + " FROM " + table_of(name) +
                            " WHERE recorded_to IS NULL");
}

// Makes stored columns and those given hold the same kinds; numbers become the wider of both.
class Fitting {
 public:
  Fitting(sql::Connection& connection, const ReferenceData& table)
      : connection_(connection), table_(table) {}

  Result<std::vector<StoredColumn>> run();

 private:
  Result<void> add(const Column& column);
  Result<void> widen(StoredColumn& stored, const Column& column);

  sql::Connection& connection_;
  const ReferenceData& table_;
  std::vector<StoredColumn> stored_;
};

Result<std::vector<StoredColumn>> Fitting::run() {
  REGULARS_TRY(check_names(table_.name, table_.columns));
  REGULARS_TRY(connection_.execute(
      "CREATE TABLE IF NOT EXISTS " + table_of(table_.name) +
      " (key VARCHAR NOT NULL, valid_from TIMESTAMP, recorded_from TIMESTAMP NOT NULL, "
      "recorded_to TIMESTAMP)"));
  REGULARS_ASSIGN(stored_, columns_of(connection_, table_.name));
  // DuckDB refuses to alter a table whose rows the transaction has changed: columns come first.
  const auto find = [&](const Column& column) {
    return std::find_if(stored_.begin(), stored_.end(),
                        [&](const StoredColumn& stored) { return stored.name == column.name; });
  };
  for (const Column& column : table_.columns) {
    if (find(column) == stored_.end()) REGULARS_TRY(add(column));
  }
  for (const Column& column : table_.columns) REGULARS_TRY(widen(*find(column), column));
  REGULARS_TRY(create_view(connection_, table_.name, stored_));
  return stored_;
}

Result<void> Fitting::add(const Column& column) {
  const StoredColumn added{column.name, column.type, column.scale, column.is_set};
  REGULARS_TRY(connection_.execute("ALTER TABLE " + table_of(table_.name) + " ADD COLUMN " +
                                   added.physical() + " " + sql_type(added.type)));
  REGULARS_ASSIGN(const auto inserted,
                  connection_.execute("INSERT INTO reference_column VALUES (?, ?, ?, ?, ?)",
                                      table_.name, stored_.size(), added.name,
                                      kind_name(added.type, added.is_set), added.scale));
  static_cast<void>(inserted);
  stored_.push_back(added);
  return {};
}

Result<void> Fitting::widen(StoredColumn& stored, const Column& column) {
  const bool same_kind = stored.type == column.type && stored.is_set == column.is_set;
  if (same_kind && stored.scale >= column.scale) return {};
  const auto is_number = [](ValueType type) {
    return type == ValueType::kInteger || type == ValueType::kDecimal;
  };
  if (!is_number(stored.type) || !is_number(column.type)) {
    return Error(ErrorCode::kBadDefinition,
                 "column '" + column.name + "' of table '" + table_.name + "' holds " +
                     kind_name(column.type, column.is_set) + " values, but " +
                     kind_name(stored.type, stored.is_set) + " values were stored before",
                 "Declare the column's type, or give it another name.");
  }
  const int scale = std::max(stored.scale, column.scale);
  if (scale > stored.scale) {
    REGULARS_TRY(connection_.execute("UPDATE " + table_of(table_.name) + " SET " +
                                     stored.physical() + " = " + stored.physical() + " * " +
                                     std::to_string(power_of_ten(scale - stored.scale)) +
                                     "::BIGINT"));
  }
  stored.type = ValueType::kDecimal;
  stored.scale = scale;
  REGULARS_ASSIGN(
      const auto updated,
      connection_.execute("UPDATE reference_column SET value_type = ?, scale = ? WHERE "
                          "table_name = ? AND name = ?",
                          kind_name(stored.type, false), scale, table_.name, stored.name));
  static_cast<void>(updated);
  return {};
}

// The values of one stored column as the appender takes them.
struct Values {
  std::vector<uint8_t> valid;
  std::vector<int64_t> numbers;
  std::vector<int32_t> days;
  std::vector<uint8_t> flags;
  std::vector<std::string_view> texts;
};

Result<Values> values_of(const StoredColumn& stored, const Column* column, size_t rows) {
  Values values;
  const int64_t factor = column == nullptr || column->type == ValueType::kText
                             ? 1
                             : power_of_ten(stored.scale - column->scale);
  for (size_t row = 0; row < rows; ++row) {
    const bool known = column != nullptr && column->known(row);
    values.valid.push_back(known ? 1 : 0);
    const int64_t number =
        known && stored.type != ValueType::kText ? column->numbers[row] : int64_t{0};
    switch (stored.type) {
      case ValueType::kText:
        values.texts.push_back(known ? column->dictionary->text(column->codes[row])
                                     : std::string_view());
        break;
      case ValueType::kDay:
        values.days.push_back(static_cast<int32_t>(number));
        break;
      case ValueType::kBoolean:
        values.flags.push_back(number != 0 ? 1 : 0);
        break;
      default: {
        REGULARS_ASSIGN(const int64_t units, narrow(Int128{number} * factor));
        values.numbers.push_back(units);
      }
    }
  }
  return values;
}

sql::ColumnData data_of(ValueType type, const Values& values) {
  switch (type) {
    case ValueType::kText:
      return sql::ColumnData(values.texts).with_nulls(values.valid);
    case ValueType::kDay:
      return sql::ColumnData(values.days).with_nulls(values.valid);
    case ValueType::kBoolean:
      return sql::ColumnData(values.flags).with_nulls(values.valid);
    default:
      return sql::ColumnData(values.numbers).with_nulls(values.valid);
  }
}

Result<void> stage(sql::Connection& connection, const ReferenceData& table,
                   const std::vector<StoredColumn>& columns) {
  std::string definition = "key VARCHAR, valid_from TIMESTAMP";
  for (const StoredColumn& column : columns) {
    definition += ", " + column.physical() + " " + sql_type(column.type);
  }
  REGULARS_TRY(connection.execute(std::string("CREATE OR REPLACE TEMP TABLE ") + kIncoming + " (" +
                                  definition + ")"));
  std::vector<std::string_view> keys;
  std::vector<int64_t> from;
  std::vector<uint8_t> has_from;
  for (size_t row = 0; row < table.size(); ++row) {
    keys.push_back(table.keys->text(table.key[row]));
    const Instant since = table.valid_from.empty() ? kSinceEver : table.valid_from[row];
    has_from.push_back(since == kSinceEver ? 0 : 1);
    from.push_back(since == kSinceEver ? 0 : since.micros);
  }
  std::vector<Values> values;
  for (const StoredColumn& column : columns) {
    REGULARS_ASSIGN(Values one,
                    values_of(column, find_column(table.columns, column.name), table.size()));
    values.push_back(std::move(one));
  }
  std::vector<sql::ColumnData> data;
  data.emplace_back(keys);
  data.push_back(sql::ColumnData(from).with_nulls(has_from));
  for (size_t i = 0; i < columns.size(); ++i) data.push_back(data_of(columns[i].type, values[i]));
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, kIncoming));
  REGULARS_TRY(appender.append(data));
  return appender.close();
}

Column empty_column(const StoredColumn& stored) {
  Column column = Column::of(stored.name, stored.type);
  column.scale = stored.scale;
  column.is_set = stored.is_set;
  if (stored.type == ValueType::kText) column.dictionary = std::make_shared<Dictionary>();
  return column;
}

template <class Stored>
Result<void> add_numbers(const sql::Column& from, Column& to) {
  REGULARS_ASSIGN(const auto values, from.values<Stored>());
  for (size_t row = 0; row < values.size(); ++row) {
    to.numbers.push_back(from.is_null(row) ? kMissing : static_cast<int64_t>(values[row]));
  }
  return {};
}

Result<void> add_values(const sql::Column& from, Column& to) {
  switch (to.type) {
    case ValueType::kText: {
      REGULARS_ASSIGN(const auto values, from.values<sql::TextCell>());
      for (size_t row = 0; row < values.size(); ++row) {
        to.codes.push_back(from.is_null(row) ? kNoCode : to.dictionary->intern(values[row].view()));
      }
      return {};
    }
    case ValueType::kDay:
      return add_numbers<int32_t>(from, to);
    case ValueType::kBoolean:
      return add_numbers<bool>(from, to);
    default:
      return add_numbers<int64_t>(from, to);
  }
}

Result<ReferenceData> load_table(sql::Connection& connection, const std::string& name,
                                 std::optional<Instant> known_at) {
  REGULARS_ASSIGN(const std::vector<StoredColumn> columns, columns_of(connection, name));
  ReferenceData table{name, std::make_shared<Dictionary>(), {}, {}, {}};
  std::string list;
  for (const StoredColumn& column : columns) {
    table.columns.push_back(empty_column(column));
    list += ", " + column.physical();
  }
  const std::string visible = known_at ? "recorded_from <= ? AND (recorded_to IS NULL OR "
                                         "recorded_to > ?)"
                                       : "recorded_from <= ? AND recorded_to IS NULL AND "
                                         "recorded_from <= ?";
  const Instant known = known_at.value_or(kEndOfTime);
  REGULARS_ASSIGN(
      sql::QueryResult result,
      connection.query("SELECT key, valid_from" + list + " FROM " + table_of(name) + " WHERE " +
                           visible + " ORDER BY key, valid_from NULLS FIRST",
                       known, known));
  bool any_validity = false;
  while (true) {
    REGULARS_ASSIGN(const auto chunk, result.next());
    if (!chunk) break;
    REGULARS_ASSIGN(const auto keys, chunk->column(0).values<sql::TextCell>());
    REGULARS_ASSIGN(const auto from, chunk->column(1).values<int64_t>());
    for (size_t row = 0; row < chunk->size(); ++row) {
      const bool since_ever = chunk->column(1).is_null(row);
      any_validity = any_validity || !since_ever;
      table.key.push_back(table.keys->intern(keys[row].view()));
      table.valid_from.push_back(since_ever ? kSinceEver : Instant{from[row]});
    }
    for (size_t i = 0; i < columns.size(); ++i) {
      REGULARS_TRY(add_values(chunk->column(i + 2), table.columns[i]));
    }
  }
  if (!any_validity) table.valid_from.clear();
  return table;
}

}  // namespace

Result<TableReport> store_reference(sql::Connection& connection, const ReferenceData& table,
                                    Instant recorded_at) {
  Fitting fitting(connection, table);
  REGULARS_ASSIGN(const std::vector<StoredColumn> columns, fitting.run());
  REGULARS_TRY(stage(connection, table, columns));
  const std::string name = table_of(table.name);
  const std::string same_row =
      "i.key = r.key AND i.valid_from IS NOT DISTINCT FROM r.valid_from AND r.recorded_to IS NULL";
  std::string same_values = "true";
  std::string list;
  for (const StoredColumn& column : columns) {
    // What a file does not say is not unsaid: columns it lacks are not compared.
    if (find_column(table.columns, column.name) == nullptr) continue;
    same_values += " AND i." + column.physical() + " IS NOT DISTINCT FROM r." + column.physical();
  }
  for (const StoredColumn& column : columns) {
    const bool given = find_column(table.columns, column.name) != nullptr;
    list += std::string(", ") + (given ? "i." : "r.") + column.physical();
  }
  const std::string joined = std::string(kIncoming) + " i LEFT JOIN " + name + " r ON " + same_row;
  REGULARS_TRY(
      connection.execute("CREATE OR REPLACE TEMP TABLE changed_reference AS SELECT i.key, "
                         "i.valid_from" +
                         list + ", r.key IS NULL AS is_new FROM " + joined +
                         " WHERE r.key IS NULL OR NOT (" + same_values + ")"));
  TableReport report;
  REGULARS_ASSIGN(report.added,
                  connection.query_integer("SELECT count(*) FROM changed_reference WHERE is_new"));
  REGULARS_ASSIGN(report.revised, connection.query_integer(
                                      "SELECT count(*) FROM changed_reference WHERE NOT is_new"));
  report.known = static_cast<int64_t>(table.size()) - report.added - report.revised;
  REGULARS_ASSIGN(
      const auto ended,
      connection.execute(
          "UPDATE " + name + " AS r SET recorded_to = ? FROM changed_reference i WHERE " + same_row,
          recorded_at));
  static_cast<void>(ended);
  std::string names = "key, valid_from";
  for (const StoredColumn& column : columns) names += ", " + column.physical();
  REGULARS_ASSIGN(const auto added,
                  connection.execute("INSERT INTO " + name + " (" + names +
                                         ", recorded_from, recorded_to) SELECT " + names +
                                         ", ?, NULL FROM changed_reference",
                                     recorded_at));
  static_cast<void>(added);
  REGULARS_TRY(connection.execute("DROP TABLE changed_reference"));
  REGULARS_TRY(connection.execute(std::string("DROP TABLE ") + kIncoming));
  return report;
}

Result<std::vector<ReferenceData>> load_references(sql::Connection& connection,
                                                   std::optional<Instant> known_at) {
  REGULARS_ASSIGN(const std::vector<std::string> names, table_names(connection));
  std::vector<ReferenceData> tables;
  for (const std::string& name : names) {
    REGULARS_ASSIGN(ReferenceData table, load_table(connection, name, known_at));
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace regulars::store
