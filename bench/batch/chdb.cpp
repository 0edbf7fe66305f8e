#include "batch/chdb.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>

namespace regulars::bench {

// As libchdb declares them; connections and results are handles.
struct Chdb::Functions {
  void** (*connect)(int count, char** arguments) = nullptr;
  void (*close)(void** connection) = nullptr;
  void* (*query)(void* connection, const char* sql, const char* format) = nullptr;
  char* (*buffer)(void* result) = nullptr;
  size_t (*length)(void* result) = nullptr;
  const char* (*error)(void* result) = nullptr;
  void (*destroy)(void* result) = nullptr;
};

namespace {

Error unavailable(const std::string& why) {
  return Error(ErrorCode::kNotFound, "ClickHouse cannot be loaded: " + why,
               "tools/setup.sh --bench installs it.");
}

void* open_library() {
  for (const char* machine : {"x64", "arm64"}) {
    const std::string path =
        fmt::format("{}/@chdb/lib-linux-{}-gnu/libchdb.so", REGULARS_BENCH_PEERS, machine);
    if (void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL); library != nullptr) {
      return library;
    }
  }
  return nullptr;
}

template <class F>
bool find(void* library, const char* name, F& function) {
  function = reinterpret_cast<F>(dlsym(library, name));
  return function != nullptr;
}

}  // namespace

Result<std::shared_ptr<Chdb>> Chdb::open(const std::string& folder, int threads) {
  void* library = open_library();  // stays loaded: it has threads of its own
  if (library == nullptr) return unavailable(dlerror());
  std::shared_ptr<Chdb> chdb(new Chdb());
  chdb->functions_ = std::make_unique<Functions>();
  Functions& f = *chdb->functions_;
  const bool complete =
      find(library, "chdb_connect", f.connect) && find(library, "chdb_close_conn", f.close) &&
      find(library, "chdb_query", f.query) && find(library, "chdb_result_buffer", f.buffer) &&
      find(library, "chdb_result_length", f.length) &&
      find(library, "chdb_result_error", f.error) &&
      find(library, "chdb_destroy_query_result", f.destroy);
  if (!complete) return unavailable("a function is missing");
  std::array<std::string, 3> arguments = {"clickhouse", "--path=" + folder,
                                          fmt::format("--max_threads={}", threads)};
  std::array<char*, 3> pointers = {arguments[0].data(), arguments[1].data(), arguments[2].data()};
  void** connection = f.connect(static_cast<int>(pointers.size()), pointers.data());
  if (connection == nullptr) return unavailable("no connection");
  chdb->connection_ = connection;
  return chdb;
}

Chdb::~Chdb() {
  if (connection_ != nullptr) functions_->close(static_cast<void**>(connection_));
}

Result<std::string> Chdb::query(const std::string& sql) {
  const Functions& f = *functions_;
  void* result = f.query(*static_cast<void**>(connection_), sql.c_str(), "TabSeparated");
  if (result == nullptr) return Error(ErrorCode::kInternal, "ClickHouse gave no result");
  const char* error = f.error(result);
  Result<std::string> answer = std::string();
  if (error != nullptr) {
    answer = Error(ErrorCode::kInternal, std::string("ClickHouse: ") + error);
  } else if (f.length(result) > 0) {
    answer = std::string(f.buffer(result), f.length(result));
  }
  f.destroy(result);
  return answer;
}

}  // namespace regulars::bench
