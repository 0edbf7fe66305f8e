#include "sql/database.h"

#include "sql/error.h"
#include "sql/handles.h"

namespace regulars::sql {
namespace {

struct Config {
  duckdb_config raw = nullptr;
  Config() { duckdb_create_config(&raw); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  ~Config() { duckdb_destroy_config(&raw); }

  Result<void> set(const char* name, const std::string& value) {
    if (duckdb_set_config(raw, name, value.c_str()) == DuckDBSuccess) return {};
    return Error(ErrorCode::kUsage,
                 "the database setting " + std::string(name) + " cannot be '" + value + "'");
  }
};

Result<void> fill(Config& config, const DatabaseOptions& options) {
  REGULARS_TRY(config.set("autoinstall_known_extensions", "false"));
  REGULARS_TRY(config.set("autoload_known_extensions", "false"));
  REGULARS_TRY(config.set("allow_community_extensions", "false"));
  REGULARS_TRY(config.set("preserve_insertion_order", options.keep_row_order ? "true" : "false"));
  if (options.threads > 0) REGULARS_TRY(config.set("threads", std::to_string(options.threads)));
  if (!options.memory_limit.empty()) {
    REGULARS_TRY(config.set("memory_limit", options.memory_limit));
  }
  if (!options.temp_directory.empty()) {
    REGULARS_TRY(config.set("temp_directory", options.temp_directory));
  }
  if (options.read_only) REGULARS_TRY(config.set("access_mode", "READ_ONLY"));
  return {};
}

Result<std::shared_ptr<DatabaseHandle>> open_handle(const char* path,
                                                    const DatabaseOptions& options) {
  Config config;
  REGULARS_TRY(fill(config, options));
  auto handle = std::make_shared<DatabaseHandle>();
  char* reason = nullptr;
  if (duckdb_open_ext(path, &handle->raw, config.raw, &reason) == DuckDBSuccess) return handle;
  Error error = to_error(reason == nullptr ? "" : reason);
  duckdb_free(reason);
  return std::move(error).at({.file = path == nullptr ? "" : path, .field = {}});
}

}  // namespace

Result<Database> Database::open(const std::string& path, const DatabaseOptions& options) {
  if (path.empty() || path.find('\0') != std::string::npos || path.front() == ':') {
    return Error(ErrorCode::kUsage, "'" + path + "' cannot be the name of a database file");
  }
  auto file = OpenFile::reserve(path);
  if (!file) return std::move(file).error().at({.file = path, .field = {}});
  REGULARS_ASSIGN(auto handle, open_handle(path.c_str(), options));
  handle->file.emplace(std::move(*file));
  return Database(std::move(handle));
}

Result<Database> Database::open_memory(const DatabaseOptions& options) {
  REGULARS_ASSIGN(auto handle, open_handle(nullptr, options));
  return Database(std::move(handle));
}

Result<Connection> Database::connect() {
  auto handle = std::make_shared<ConnectionHandle>();
  if (duckdb_connect(handle_->raw, &handle->raw) != DuckDBSuccess) {
    return Error(ErrorCode::kInternal, "the database accepts no further connection");
  }
  handle->database = handle_;
  Connection connection(std::move(handle));
  REGULARS_TRY(connection.execute("SET TimeZone = 'UTC'"));
  return connection;
}

std::string Database::engine_version() { return duckdb_library_version(); }

}  // namespace regulars::sql
