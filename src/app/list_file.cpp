#include "app/list_file.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "base/files.h"
#include "base/temporary_file.h"
#include "report/list_workbook.h"
#include "sql/appender.h"
#include "sql/database.h"
#include "sql/quote.h"

namespace regulars::app {
namespace {

bool is_number(ValueType type) {
  return type == ValueType::kInteger || type == ValueType::kDecimal || type == ValueType::kReal;
}

std::string csv_of(const ListTable& table) {
  std::string out;
  for (size_t k = 0; k < table.columns.size(); ++k) {
    if (k != 0) out += ',';
    append_csv_field(out, table.columns[k].name);
  }
  out += '\n';
  for (const std::vector<Cell>& row : table.rows) {
    for (size_t k = 0; k < row.size(); ++k) {
      if (k != 0) out += ',';
      append_csv_field(out, plain_text(row[k]));
    }
    out += '\n';
  }
  return out;
}

// Decimals are texts: programs that read numbers as doubles would change them.
std::string json_lines_of(const ListTable& table) {
  std::string out;
  for (const std::vector<Cell>& row : table.rows) {
    out += '{';
    for (size_t k = 0; k < row.size(); ++k) {
      out += (k == 0 ? "" : ",") + json_text(Cell::of(table.columns[k].name)) + ":" +
             json_text(row[k]);
    }
    out += "}\n";
  }
  return out;
}

// Numbers as numbers where a spreadsheet keeps them exactly (15 digits), else as text.
report::SheetCell sheet_cell(const Cell& cell, ValueType type) {
  constexpr size_t kExactDigits = 15;
  if (cell.kind == Cell::Kind::kEmpty) return std::monostate();
  std::string text = plain_text(cell);
  const bool exact = type == ValueType::kReal || text.size() <= kExactDigits;
  if (is_number(type) && exact) return std::stod(text);
  return text;
}

Result<std::string> workbook_of(const ListTable& table, Instant now) {
  std::vector<std::string> headings;
  for (const ListColumn& column : table.columns) headings.push_back(column.name);
  std::vector<std::vector<report::SheetCell>> rows;
  for (const std::vector<Cell>& row : table.rows) {
    std::vector<report::SheetCell> cells;
    for (size_t k = 0; k < row.size(); ++k) {
      cells.push_back(sheet_cell(row[k], table.columns[k].type));
    }
    rows.push_back(std::move(cells));
  }
  return report::list_workbook(table.name, headings, rows, now);
}

std::string duckdb_type(const ListColumn& column) {
  switch (column.type) {
    case ValueType::kInteger:
      return "BIGINT";
    case ValueType::kDecimal:
      return fmt::format("DECIMAL(18, {})", column.scale);
    case ValueType::kReal:
      return "DOUBLE";
    case ValueType::kInstant:
      return "TIMESTAMPTZ";
    case ValueType::kDay:
      return "DATE";
    case ValueType::kBoolean:
      return "BOOLEAN";
    case ValueType::kText:
      break;
  }
  return "VARCHAR";
}

Result<void> fill(sql::Connection& connection, const ListTable& table) {
  std::string columns;
  for (size_t k = 0; k < table.columns.size(); ++k) {
    columns += fmt::format("{}c{} VARCHAR", k == 0 ? "" : ", ", k);
  }
  REGULARS_TRY(connection.execute("CREATE TABLE list (" + columns + ")"));
  REGULARS_ASSIGN(sql::Appender appender, sql::Appender::create(connection, "list"));
  std::vector<std::vector<std::string>> texts(table.columns.size());
  std::vector<std::vector<uint8_t>> valid(table.columns.size());
  for (const std::vector<Cell>& row : table.rows) {
    for (size_t k = 0; k < row.size(); ++k) {
      texts[k].push_back(plain_text(row[k]));
      valid[k].push_back(row[k].kind == Cell::Kind::kEmpty ? 0 : 1);
    }
  }
  std::vector<sql::ColumnData> data;
  for (size_t k = 0; k < texts.size(); ++k) {
    data.push_back(sql::ColumnData(texts[k]).with_nulls(valid[k]));
  }
  REGULARS_TRY(appender.append(data));
  return appender.close();
}

Result<std::string> parquet_of(const ListTable& table) {
  const TemporaryFile file;
  if (!file.made()) {
    return Error(ErrorCode::kIo, "no temporary file can be made for the list",
                 "Is there room in the folder for temporary files (TMPDIR)?");
  }
  REGULARS_ASSIGN(sql::Database database, sql::Database::open_memory());
  REGULARS_ASSIGN(sql::Connection connection, database.connect());
  REGULARS_TRY(fill(connection, table));
  std::string columns;
  for (size_t k = 0; k < table.columns.size(); ++k) {
    columns +=
        fmt::format("{}CAST(c{} AS {}) AS {}", k == 0 ? "" : ", ", k, duckdb_type(table.columns[k]),
                    sql::quote_identifier(table.columns[k].name));
  }
  REGULARS_TRY(connection.execute(fmt::format("COPY (SELECT {} FROM list) TO {} (FORMAT parquet)",
                                              columns, sql::quote_literal(file.path()))));
  return real_files().read(file.path());
}

const char* postgres_type(ValueType type) {
  switch (type) {
    case ValueType::kInteger:
      return "bigint";
    case ValueType::kDecimal:
      return "numeric";
    case ValueType::kReal:
      return "double precision";
    case ValueType::kInstant:
      return "timestamptz";
    case ValueType::kDay:
      return "date";
    case ValueType::kBoolean:
      return "boolean";
    case ValueType::kText:
      break;
  }
  return "text";
}

}  // namespace

Result<std::string> list_bytes(const ListTable& table, ListFormat format, Instant now) {
  switch (format) {
    case ListFormat::kParquet:
      return parquet_of(table);
    case ListFormat::kJsonLines:
      return json_lines_of(table);
    case ListFormat::kXlsx:
      return workbook_of(table, now);
    case ListFormat::kCsv:
    case ListFormat::kPostgres:
      break;
  }
  return csv_of(table);
}

std::vector<connect::PostgresTable::Column> postgres_columns(const ListTable& table) {
  std::vector<connect::PostgresTable::Column> columns;
  for (const ListColumn& column : table.columns) {
    columns.push_back({column.name, postgres_type(column.type)});
  }
  return columns;
}

std::vector<connect::PostgresRow> postgres_rows(const ListTable& table) {
  std::vector<connect::PostgresRow> rows;
  for (const std::vector<Cell>& row : table.rows) {
    connect::PostgresRow made;
    for (const Cell& cell : row) {
      const bool empty = cell.kind == Cell::Kind::kEmpty;
      made.push_back(empty ? std::nullopt : std::optional<std::string>(plain_text(cell)));
    }
    rows.push_back(std::move(made));
  }
  return rows;
}

ListFormat format_of_file(const std::string& path) {
  if (path.ends_with(".parquet")) return ListFormat::kParquet;
  if (path.ends_with(".xlsx")) return ListFormat::kXlsx;
  if (path.ends_with(".jsonl") || path.ends_with(".ndjson")) return ListFormat::kJsonLines;
  return ListFormat::kCsv;
}

}  // namespace regulars::app
