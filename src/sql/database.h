// A DuckDB database in a file or in memory, inside this process. One process at a time may have a
// file open.
//
//   REGULARS_ASSIGN(Database database, Database::open_memory());
//   REGULARS_ASSIGN(Connection connection, database.connect());
//   REGULARS_ASSIGN(QueryResult result,
//                   connection.query("SELECT * FROM read_parquet(?) WHERE amount > ?", path, 5));
//
// Extensions are neither installed nor loaded; CSV, Parquet, JSON and time zones are built in, so
// nothing is fetched from a network. The session's zone is UTC.
//
// Thread-safety: a Database may be shared by threads; each thread takes its own Connection.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "sql/connection.h"

namespace regulars::sql {

struct DatabaseHandle;

struct DatabaseOptions {
  int threads = 0;                // 0: one per core
  std::string memory_limit = {};  // "4GB"; empty: 80 % of the machine's memory
  std::string temp_directory =
      {};                      // where what does not fit in memory goes; empty: beside the file
  bool read_only = false;      // the file must exist
  bool keep_row_order = true;  // false lets reads and CREATE TABLE AS reorder rows: less memory
};

class Database {
 public:
  // Creates the file when it does not exist. Fails with kIo when another process (named) or another
  // Database of this one has it open or the disk refuses, with kBadData when the file is something
  // else.
  static Result<Database> open(const std::string& path, const DatabaseOptions& options = {});
  static Result<Database> open_memory(const DatabaseOptions& options = {});

  // The database stays open until it, its connections and their results are gone.
  Result<Connection> connect();

  // DuckDB's version, "v1.5.6".
  static std::string engine_version();

 private:
  explicit Database(std::shared_ptr<DatabaseHandle> handle) : handle_(std::move(handle)) {}
  std::shared_ptr<DatabaseHandle> handle_;
};

}  // namespace regulars::sql
