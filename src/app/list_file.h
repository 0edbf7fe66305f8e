// A list of customers in the formats it is handed on in.
//
// Thread-safety: pure functions, but for a temporary file (Parquet, Excel).
#pragma once

#include <string>
#include <vector>

#include "app/listing.h"
#include "base/result.h"
#include "base/time.h"
#include "connect/write_postgres.h"
#include "data/column.h"
#include "project/project.h"

namespace regulars::app {

using ListFormat = project::ExportDeclaration::Format;

struct ListColumn {
  std::string name;
  ValueType type = ValueType::kText;
  int scale = 0;  // kDecimal
};

struct ListTable {
  std::string name;  // of the sheet
  std::vector<ListColumn> columns;
  std::vector<std::vector<Cell>> rows;
};

// The file's bytes. Text that a spreadsheet would run as a formula is made harmless in CSV and
// Excel; in Parquet and JSON lines it stays as it is. `now` is what a workbook says of itself.
Result<std::string> list_bytes(const ListTable& table, ListFormat format, Instant now);

// As a table of PostgreSQL; the first column is the key.
std::vector<connect::PostgresTable::Column> postgres_columns(const ListTable& table);
std::vector<connect::PostgresRow> postgres_rows(const ListTable& table);

// By the end of a file's name: ".parquet", ".xlsx", ".jsonl"; else CSV.
ListFormat format_of_file(const std::string& path);

}  // namespace regulars::app
