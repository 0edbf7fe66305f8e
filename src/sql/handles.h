// Private to sql: owners of DuckDB's C handles, so that no public header needs duckdb.h.
#pragma once

#include <duckdb.h>

#include <memory>
#include <optional>

#include "base/result.h"
#include "sql/open_file.h"
#include "sql/type.h"

namespace regulars::sql {

struct DatabaseHandle {
  duckdb_database raw = nullptr;
  std::optional<OpenFile> file;  // none: in memory
  DatabaseHandle() = default;
  DatabaseHandle(const DatabaseHandle&) = delete;
  DatabaseHandle& operator=(const DatabaseHandle&) = delete;
  ~DatabaseHandle() { duckdb_close(&raw); }
};

struct ConnectionHandle {
  duckdb_connection raw = nullptr;
  std::shared_ptr<DatabaseHandle> database;
  ConnectionHandle() = default;
  ConnectionHandle(const ConnectionHandle&) = delete;
  ConnectionHandle& operator=(const ConnectionHandle&) = delete;
  ~ConnectionHandle() { duckdb_disconnect(&raw); }
};

struct PreparedHandle {
  duckdb_prepared_statement raw = nullptr;
  PreparedHandle() = default;
  PreparedHandle(const PreparedHandle&) = delete;
  PreparedHandle& operator=(const PreparedHandle&) = delete;
  ~PreparedHandle() { duckdb_destroy_prepare(&raw); }
};

struct ResultHandle {
  duckdb_result raw{};
  std::shared_ptr<ConnectionHandle> connection;
  ResultHandle() = default;
  ResultHandle(const ResultHandle&) = delete;
  ResultHandle& operator=(const ResultHandle&) = delete;
  ~ResultHandle() { duckdb_destroy_result(&raw); }
};

struct ChunkHandle {
  duckdb_data_chunk raw = nullptr;
  ChunkHandle() = default;
  ChunkHandle(const ChunkHandle&) = delete;
  ChunkHandle& operator=(const ChunkHandle&) = delete;
  ~ChunkHandle() { duckdb_destroy_data_chunk(&raw); }
};

struct AppenderHandle {
  duckdb_appender raw = nullptr;
  AppenderHandle() = default;
  AppenderHandle(const AppenderHandle&) = delete;
  AppenderHandle& operator=(const AppenderHandle&) = delete;
  ~AppenderHandle() { duckdb_appender_destroy(&raw); }
};

struct LogicalType {
  duckdb_logical_type raw = nullptr;
  explicit LogicalType(duckdb_logical_type type) : raw(type) {}
  LogicalType(const LogicalType&) = delete;
  LogicalType& operator=(const LogicalType&) = delete;
  ~LogicalType() { duckdb_destroy_logical_type(&raw); }
};

ColumnInfo describe(std::string name, duckdb_logical_type type);

}  // namespace regulars::sql
