// The one door to the file system. Code takes a Files&, so tests run in memory and can make any
// call fail. Paths are UTF-8.
//
// Thread-safety: implementations may be used from several threads on different paths.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace regulars {

// A file being written piece by piece, for output too large to hold. The path keeps its old bytes
// (or stays absent) until close() has succeeded; dropped without close, nothing is left behind.
class FileWriter {
 public:
  virtual ~FileWriter() = default;
  virtual Result<void> append(std::string_view bytes) = 0;
  virtual Result<void> close() = 0;
};

// A file's bytes without a copy of them; valid as long as this object or a copy of it lives.
struct FileView {
  std::shared_ptr<const void> owner;
  std::string_view bytes;
};

class Files {
 public:
  virtual ~Files() = default;
  virtual Result<std::string> read(const std::string& path) = 0;
  // For large files: pages come from the disk as they are looked at. The file must not be cut
  // short by another program meanwhile (replacing it is fine).
  virtual Result<FileView> map(const std::string& path);
  // True when other libraries can open the path by themselves.
  virtual bool on_disk() const { return false; }
  // The path holds either the old or the new bytes at any instant (written aside, then renamed).
  // Missing parent directories are made.
  virtual Result<void> write(const std::string& path, std::string_view bytes) = 0;
  // Same promises as write(); the bytes come through the writer, which must not outlive this.
  virtual Result<std::unique_ptr<FileWriter>> open_write(const std::string& path) = 0;
  virtual bool exists(const std::string& path) = 0;
  virtual Result<uint64_t> size(const std::string& path) = 0;
  // When the file's bytes last changed, as the file system says.
  virtual Result<Instant> modified_at(const std::string& path) = 0;
  virtual Result<void> make_directories(const std::string& path) = 0;
  virtual Result<void> remove(const std::string& path) = 0;
  // Names (not paths) of a directory's entries, sorted.
  virtual Result<std::vector<std::string>> list(const std::string& directory) = 0;
  virtual bool is_directory(const std::string& path) = 0;
  // The path that opening this one leads to: absolute, symbolic links followed, no "..". The path
  // must exist. (In memory there are no links.)
  virtual Result<std::string> real_path(const std::string& path) = 0;
};

Files& real_files();

// For tests: a file system in memory. `fail_writes` makes every write fail with kIo.
class MemoryFiles : public Files {
 public:
  Result<std::string> read(const std::string& path) override;
  Result<void> write(const std::string& path, std::string_view bytes) override;
  Result<std::unique_ptr<FileWriter>> open_write(const std::string& path) override;
  bool exists(const std::string& path) override;
  Result<uint64_t> size(const std::string& path) override;
  Result<Instant> modified_at(const std::string& path) override;  // `clock` when it was written
  Result<void> make_directories(const std::string& path) override;
  Result<void> remove(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& directory) override;
  bool is_directory(const std::string& path) override;
  Result<std::string> real_path(const std::string& path) override;

  bool fail_writes = false;
  Instant clock{};  // what time writes say it is

 private:
  std::map<std::string, std::string> contents_;
  std::map<std::string, Instant> modified_;
};

}  // namespace regulars
