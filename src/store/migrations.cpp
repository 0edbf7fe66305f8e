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
    {2, "reference tables, results, runs, files seen", R"sql(
CREATE TABLE reference_column (
  table_name VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  value_type VARCHAR NOT NULL,
  scale INTEGER NOT NULL
);
-- One row per file that was read, as it was then.
CREATE TABLE file_seen (
  source VARCHAR NOT NULL,
  path VARCHAR NOT NULL,
  bytes UBIGINT NOT NULL,
  modified_at TIMESTAMP NOT NULL,
  content_hash UBIGINT NOT NULL,
  read_at TIMESTAMP NOT NULL
);
-- How far a source that tells what is new has been read.
CREATE TABLE read_up_to (source VARCHAR NOT NULL, value VARCHAR NOT NULL, read_at TIMESTAMP NOT NULL);
CREATE TABLE project_run (
  run UINTEGER NOT NULL,
  as_of TIMESTAMP NOT NULL,
  definitions VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  started TIMESTAMP NOT NULL,
  finished TIMESTAMP,
  message VARCHAR NOT NULL
);
CREATE TABLE run_step (
  run UINTEGER NOT NULL,
  name VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  started TIMESTAMP NOT NULL,
  finished TIMESTAMP,
  counts VARCHAR NOT NULL,
  message VARCHAR NOT NULL
);
CREATE TABLE population_snapshot (
  id VARCHAR NOT NULL,
  cut_off TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  populations VARCHAR NOT NULL,
  words VARCHAR NOT NULL
);
CREATE TABLE segment_version (
  segment VARCHAR NOT NULL,
  version VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  recorded_at TIMESTAMP NOT NULL
);
-- The instants at which it was stated who is in a segment.
CREATE TABLE membership_statement (
  segment VARCHAR NOT NULL,
  version VARCHAR NOT NULL,
  as_of TIMESTAMP NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  run UINTEGER NOT NULL
);
-- A row says from when to when somebody is in a segment, and from when to when that was believed.
CREATE TABLE membership_row (
  row BIGINT NOT NULL,
  segment VARCHAR NOT NULL,
  customer UINTEGER NOT NULL,
  valid_from TIMESTAMP NOT NULL,
  valid_to TIMESTAMP,
  recorded_from TIMESTAMP NOT NULL,
  recorded_to TIMESTAMP,
  change VARCHAR NOT NULL,
  cause VARCHAR NOT NULL,
  run UINTEGER NOT NULL
);
CREATE TABLE score_row (
  score VARCHAR NOT NULL,
  version VARCHAR NOT NULL,
  customer UINTEGER NOT NULL,
  as_of TIMESTAMP NOT NULL,
  value DOUBLE NOT NULL,
  recorded_from TIMESTAMP NOT NULL,
  recorded_to TIMESTAMP,
  run UINTEGER NOT NULL
);
CREATE TABLE export_state (
  export VARCHAR NOT NULL,
  customer UINTEGER NOT NULL,
  content_hash UBIGINT NOT NULL,
  exported_at TIMESTAMP NOT NULL,
  run UINTEGER NOT NULL
);
CREATE VIEW membership AS
  SELECT segment, customer, valid_from, recorded_from AS recorded_at, cause, run
  FROM membership_row WHERE recorded_to IS NULL AND valid_to IS NULL;
CREATE VIEW membership_history AS
  SELECT segment, customer, valid_from, valid_to, recorded_from, recorded_to, change, cause, run
  FROM membership_row;
CREATE VIEW score AS
  SELECT score, version, customer, as_of, value, recorded_from AS recorded_at, run
  FROM score_row WHERE recorded_to IS NULL;
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
