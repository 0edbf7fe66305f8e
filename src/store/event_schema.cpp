#include "store/event_schema.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "store/event_views.h"
#include "store/text_table.h"

namespace regulars::store {
namespace {

struct TypeName {
  ValueType type;
  const char* name;
  const char* sql;
};

constexpr TypeName kTypeNames[] = {
    {ValueType::kInteger, "integer", "BIGINT"}, {ValueType::kDecimal, "decimal", "BIGINT"},
    {ValueType::kText, "text", "UINTEGER"},     {ValueType::kInstant, "instant", "TIMESTAMP"},
    {ValueType::kDay, "day", "DATE"},           {ValueType::kBoolean, "boolean", "BOOLEAN"},
};

const TypeName* find_type(ValueType type) {
  const auto found = std::find_if(std::begin(kTypeNames), std::end(kTypeNames),
                                  [&](const TypeName& row) { return row.type == type; });
  return found == std::end(kTypeNames) ? nullptr : found;
}

constexpr const char* kOwnNames[] = {"store_info",
                                     "source",
                                     "source_file",
                                     "run",
                                     "reject",
                                     "identity",
                                     "customer",
                                     "event_type",
                                     "customer_record",
                                     "event_column",
                                     "reference_column",
                                     "file_seen",
                                     "read_up_to",
                                     "project_run",
                                     "run_step",
                                     "population_snapshot",
                                     "segment_version",
                                     "membership",
                                     "membership_statement",
                                     "membership_row",
                                     "membership_history",
                                     "score",
                                     "score_row",
                                     "export_state"};

bool is_plain_name(const std::string& name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.size() <= 60 && (name[0] < '0' || name[0] > '9') &&
         std::all_of(name.begin(), name.end(), plain);
}

Error bad_name(const std::string& what, const std::string& name, const std::string& why) {
  return Error(
      ErrorCode::kBadDefinition, what + " '" + name + "' " + why,
      "Names are made of a-z, 0-9 and _, begin with no digit and have at most 60 letters.");
}

Result<void> check_type_name(const std::string& type) {
  if (!is_plain_name(type)) return bad_name("event type", type, "is not a usable name");
  const bool ours =
      std::find(std::begin(kOwnNames), std::end(kOwnNames), type) != std::end(kOwnNames) ||
      type.rfind("event_", 0) == 0 || type.rfind("item_", 0) == 0 || type.rfind("text_", 0) == 0 ||
      type.rfind("reference_", 0) == 0 ||
      (type.size() >= 5 && type.compare(type.size() - 5, 5, "_item") == 0);
  if (ours) return bad_name("event type", type, "has a name that the store needs itself");
  return {};
}

Result<void> check_columns(const std::vector<Column>& columns) {
  for (size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    if (!is_plain_name(column.name)) return bad_name("column", column.name, "is not a usable name");
    if (find_type(column.type) == nullptr) {
      return Error(ErrorCode::kBadDefinition, "column '" + column.name + "' holds real numbers",
                   "Only exact values are stored: give it a scale.");
    }
    for (size_t other = 0; other < i; ++other) {
      if (columns[other].name == column.name) {
        return bad_name("column", column.name, "is there twice");
      }
    }
  }
  return {};
}

constexpr const char* kSetKind = "set";  // of texts

// One of a type's two tables while it is being fitted.
struct Fitting {
  sql::Connection& connection;
  const std::string& type;
  std::string table;
  bool in_items;
  std::vector<StoredColumn>& stored;
  bool changed = false;
};

Result<void> add_column(Fitting& fitting, const Column& column) {
  const StoredColumn added{column.name, column.type, column.scale, column.is_set};
  if (column.type == ValueType::kText) {
    REGULARS_TRY(fitting.connection.execute("CREATE TABLE IF NOT EXISTS " +
                                            text_table_of(column.name).table +
                                            " (code UINTEGER NOT NULL, text VARCHAR NOT NULL)"));
  }
  REGULARS_TRY(fitting.connection.execute("ALTER TABLE " + fitting.table + " ADD COLUMN " +
                                          added.physical() + " " + find_type(column.type)->sql));
  REGULARS_ASSIGN(
      const auto inserted,
      fitting.connection.execute("INSERT INTO event_column VALUES (?, ?, ?, ?, ?, ?)", fitting.type,
                                 fitting.in_items, fitting.stored.size(), added.name,
                                 kind_name(added.type, added.is_set), added.scale));
  static_cast<void>(inserted);
  fitting.stored.push_back(added);
  fitting.changed = true;
  return {};
}

bool is_number(ValueType type) {
  return type == ValueType::kInteger || type == ValueType::kDecimal;
}

// Integers and decimals become decimals of the larger scale; nothing else may change its kind.
Result<void> widen_column(Fitting& fitting, StoredColumn& stored, const Column& column) {
  const bool same_kind = stored.type == column.type && stored.is_set == column.is_set;
  if (same_kind && stored.scale >= column.scale) return {};
  if (!is_number(stored.type) || !is_number(column.type)) {
    return Error(ErrorCode::kBadDefinition,
                 "column '" + column.name + "' of " + fitting.type + " holds " +
                     kind_name(column.type, column.is_set) + " values, but " +
                     kind_name(stored.type, stored.is_set) + " values were stored before",
                 "Map the column as before, or give it another name.");
  }
  const int scale = std::max(stored.scale, column.scale);
  if (scale > stored.scale) {
    const auto factor = power_of_ten(scale - stored.scale);
    REGULARS_TRY(fitting.connection.execute("UPDATE " + fitting.table + " SET " +
                                            stored.physical() + " = " + stored.physical() + " * " +
                                            std::to_string(factor) + "::BIGINT"));
  }
  stored.type = ValueType::kDecimal;
  stored.scale = scale;
  REGULARS_ASSIGN(const auto updated,
                  fitting.connection.execute("UPDATE event_column SET value_type = ?, scale = ? "
                                             "WHERE type = ? AND in_items = ? AND name = ?",
                                             to_string(stored.type), scale, fitting.type,
                                             fitting.in_items, stored.name));
  static_cast<void>(updated);
  fitting.changed = true;
  return {};
}

std::vector<StoredColumn>::iterator find_stored(Fitting& fitting, const Column& column) {
  return std::find_if(fitting.stored.begin(), fitting.stored.end(),
                      [&](const StoredColumn& stored) { return stored.name == column.name; });
}

// DuckDB refuses to alter a table whose rows the transaction has changed: columns are added first.
Result<void> fit_columns(Fitting& fitting, const std::vector<Column>& columns) {
  for (const Column& column : columns) {
    const bool known = find_stored(fitting, column) != fitting.stored.end();
    if (!known) REGULARS_TRY(add_column(fitting, column));
  }
  for (const Column& column : columns) {
    REGULARS_TRY(widen_column(fitting, *find_stored(fitting, column), column));
  }
  return {};
}

Result<void> create_type(sql::Connection& connection, StoredType& stored) {
  REGULARS_TRY(connection.execute("CREATE TABLE " + stored.event_table() +
                                  " (version BIGINT NOT NULL, customer UINTEGER NOT NULL, "
                                  "occurred_at TIMESTAMP NOT NULL, id UBIGINT NOT NULL, "
                                  "content UBIGINT NOT NULL, derived UBIGINT NOT NULL, "
                                  "recorded_at TIMESTAMP NOT NULL, superseded_at TIMESTAMP, "
                                  "run UINTEGER NOT NULL)"));
  REGULARS_ASSIGN(const auto inserted,
                  connection.execute("INSERT INTO event_type VALUES (?, ?)", stored.type, false));
  static_cast<void>(inserted);
  return {};
}

Result<void> create_items(sql::Connection& connection, StoredType& stored) {
  REGULARS_TRY(connection.execute("CREATE TABLE " + stored.item_table() +
                                  " (version BIGINT NOT NULL, line UINTEGER NOT NULL)"));
  REGULARS_ASSIGN(
      const auto updated,
      connection.execute("UPDATE event_type SET has_items = true WHERE type = ?", stored.type));
  static_cast<void>(updated);
  stored.has_items = true;
  return {};
}

}  // namespace

const char* to_string(ValueType type) {
  const TypeName* row = find_type(type);
  return row == nullptr ? "real" : row->name;
}

std::string kind_name(ValueType type, bool is_set) { return is_set ? kSetKind : to_string(type); }

Result<StoredKind> stored_kind(const std::string& name) {
  if (name == kSetKind) return StoredKind{ValueType::kText, true};
  for (const TypeName& row : kTypeNames) {
    if (name == row.name) return StoredKind{row.type, false};
  }
  return Error(ErrorCode::kBadData,
               "the project database holds columns of unknown type '" + name + "'");
}

Result<void> check_names(const std::string& table, const std::vector<Column>& columns) {
  if (!is_plain_name(table)) return bad_name("table", table, "is not a usable name");
  return check_columns(columns);
}

Result<std::vector<StoredType>> read_schema(sql::Connection& connection) {
  std::vector<StoredType> types;
  REGULARS_ASSIGN(const sql::Rows type_rows,
                  connection.query_rows("SELECT type, has_items FROM event_type "
                                        "ORDER BY rowid"));
  for (const auto& row : type_rows) {
    StoredType stored;
    stored.type = row[0].text().value_or("");
    stored.has_items = row[1].boolean().value_or(false);
    REGULARS_ASSIGN(const sql::Rows columns,
                    connection.query_rows("SELECT in_items, name, value_type, scale FROM "
                                          "event_column WHERE type = ? ORDER BY position",
                                          stored.type));
    for (const auto& column : columns) {
      REGULARS_ASSIGN(const StoredKind kind, stored_kind(column[2].text().value_or("")));
      auto& target = column[0].boolean().value_or(false) ? stored.item_columns : stored.columns;
      target.push_back({column[1].text().value_or(""), kind.type,
                        static_cast<int>(column[3].integer().value_or(0)), kind.is_set});
    }
    types.push_back(std::move(stored));
  }
  return types;
}

Result<StoredType> fit_schema(sql::Connection& connection, const EventBatch& batch) {
  REGULARS_TRY(check_type_name(batch.type));
  REGULARS_TRY(check_columns(batch.columns));
  REGULARS_TRY(check_columns(batch.item_columns));
  REGULARS_ASSIGN(auto types, read_schema(connection));
  const auto known = std::find_if(types.begin(), types.end(),
                                  [&](const StoredType& type) { return type.type == batch.type; });
  bool changed = known == types.end();
  StoredType stored;
  if (changed) {
    stored.type = batch.type;
    REGULARS_TRY(create_type(connection, stored));
  } else {
    stored = *known;
  }
  if (!stored.has_items && !batch.item_offset.empty()) {
    REGULARS_TRY(create_items(connection, stored));
    changed = true;
  }
  Fitting events{connection, stored.type, stored.event_table(), false, stored.columns};
  REGULARS_TRY(fit_columns(events, batch.columns));
  Fitting items{connection, stored.type, stored.item_table(), true, stored.item_columns};
  if (stored.has_items) REGULARS_TRY(fit_columns(items, batch.item_columns));
  if (changed || events.changed || items.changed) REGULARS_TRY(create_views(connection, stored));
  return stored;
}

}  // namespace regulars::store
