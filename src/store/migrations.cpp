#include "store/migrations.h"

#include <string>

namespace regulars::store {
namespace {

constexpr Migration kMigrations[] = {
    {1, "customers, events, files, runs and rejects", R"sql(
CREATE TABLE source (source UINTEGER NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE run (
  run UINTEGER NOT NULL,
  source UINTEGER NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  rows_read BIGINT NOT NULL,
  rows_used BIGINT NOT NULL,
  rows_refunds BIGINT NOT NULL,
  rows_zero BIGINT NOT NULL,
  rows_unattributed BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL,
  rows_duplicates BIGINT NOT NULL,
  rows_not_sales BIGINT NOT NULL,
  rows_excluded BIGINT NOT NULL,
  rows_other_events BIGINT NOT NULL,
  events_added BIGINT NOT NULL,
  events_known BIGINT NOT NULL,
  events_revised BIGINT NOT NULL,
  events_withdrawn BIGINT NOT NULL,
  customers_added BIGINT NOT NULL
);
-- One row per file and reading.
CREATE TABLE source_file (
  source UINTEGER NOT NULL,
  name VARCHAR NOT NULL,
  content_hash UBIGINT NOT NULL,
  format VARCHAR NOT NULL,
  encoding VARCHAR NOT NULL,
  bytes UBIGINT NOT NULL,
  rows UBIGINT NOT NULL,
  run UINTEGER NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
CREATE TABLE reject (
  run UINTEGER NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  file VARCHAR NOT NULL,
  line UBIGINT NOT NULL,
  column_number UINTEGER NOT NULL,
  field VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  raw VARCHAR
);
-- The only table with external ids.
CREATE TABLE identity (customer UINTEGER NOT NULL, external_id VARCHAR NOT NULL);
-- One row when a customer is first recorded, another when an earlier first record turns up.
-- known_from NULL: since ever.
CREATE TABLE customer_record (
  customer UINTEGER NOT NULL,
  known_from TIMESTAMP,
  recorded_at TIMESTAMP NOT NULL,
  run UINTEGER NOT NULL
);
CREATE TABLE event_type (type VARCHAR NOT NULL, has_items BOOLEAN NOT NULL);
CREATE TABLE event_column (
  type VARCHAR NOT NULL,
  in_items BOOLEAN NOT NULL,
  position INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  value_type VARCHAR NOT NULL,
  scale INTEGER NOT NULL
);
CREATE VIEW customer AS
  SELECT customer, CASE WHEN count(*) = count(known_from) THEN min(known_from) END AS known_from,
         min(recorded_at) AS recorded_at
  FROM customer_record GROUP BY customer;
)sql"},
};

// Tables that are not ours, in a database without store_info.
Result<void> refuse_foreign(sql::Connection& connection) {
  REGULARS_ASSIGN(const int64_t tables,
                  connection.query_integer("SELECT count(*) FROM duckdb_tables() "
                                           "WHERE NOT internal AND NOT temporary"));
  if (tables == 0) return {};
  return Error(
      ErrorCode::kBadData,
      "is a DuckDB database with " + std::to_string(tables) + " tables, but no Regulars project",
      "Name another file; this one was left as it is.");
}

Result<void> apply(sql::Connection& connection, const Migration& step, Instant now) {
  REGULARS_ASSIGN(sql::Transaction transaction, sql::Transaction::begin(connection));
  REGULARS_TRY(connection.execute(
      "CREATE TABLE IF NOT EXISTS store_info (format INTEGER NOT NULL, name VARCHAR NOT NULL, "
      "applied_at TIMESTAMP NOT NULL)"));
  REGULARS_TRY(connection.execute(std::string(step.statements)));
  REGULARS_TRY(
      connection.execute("INSERT INTO store_info VALUES (?, ?, ?)", step.format, step.name, now));
  return transaction.commit();
}

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

Result<int> stored_format(sql::Connection& connection) {
  REGULARS_ASSIGN(const int64_t tables,
                  connection.query_integer("SELECT count(*) FROM duckdb_tables() "
                                           "WHERE NOT temporary AND table_name = 'store_info'"));
  if (tables == 0) {
    REGULARS_TRY(refuse_foreign(connection));
    return 0;
  }
  REGULARS_ASSIGN(const int64_t format,
                  connection.query_integer("SELECT coalesce(max(format), 0) FROM store_info"));
  return static_cast<int>(format);
}

Result<void> migrate(sql::Connection& connection, std::span<const Migration> steps, Instant now) {
  REGULARS_ASSIGN(const int format, stored_format(connection));
  const int newest = steps.empty() ? 0 : steps.back().format;
  if (format > newest) {
    return Error(ErrorCode::kUnsupported,
                 "has format " + std::to_string(format) +
                     ", but this program knows formats up to " + std::to_string(newest),
                 "Use the Regulars that wrote it, or a newer one; the file was left as it is.");
  }
  for (const Migration& step : steps) {
    if (step.format > format) REGULARS_TRY(apply(connection, step, now));
  }
  return {};
}

}  // namespace regulars::store
