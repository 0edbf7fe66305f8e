// ClickHouse as a library, loaded when it is asked for: the C functions of libchdb.so.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace regulars::bench {

class Chdb {
 public:
  // kNotFound when the library is not installed (tools/setup.sh --bench) or cannot be loaded.
  static Result<std::shared_ptr<Chdb>> open(const std::string& folder, int threads);
  ~Chdb();
  Chdb(const Chdb&) = delete;
  Chdb& operator=(const Chdb&) = delete;

  // The answer as tab-separated lines.
  Result<std::string> query(const std::string& sql);

 private:
  Chdb() = default;
  struct Functions;
  std::unique_ptr<Functions> functions_;
  void* connection_ = nullptr;
};

}  // namespace regulars::bench
