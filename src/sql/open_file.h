// Private to sql: files that this process has open as databases. DuckDB's lock keeps other
// processes out, but would let a second database of the same process damage the file.
#pragma once

#include <string>

#include "base/result.h"

namespace regulars::sql {

// Holds a file's name as long as it lives. Thread-safe.
class OpenFile {
 public:
  // kIo when this process has the file open already, under whatever path.
  static Result<OpenFile> reserve(const std::string& path);

  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&& other) = delete;
  ~OpenFile();

 private:
  explicit OpenFile(std::string name) : name_(std::move(name)) {}
  std::string name_;  // empty once moved from
};

}  // namespace regulars::sql
