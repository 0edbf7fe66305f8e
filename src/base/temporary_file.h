// A file for libraries that only write to a path: its name is ours alone until it is removed.
//
// Thread-safety: one thread at a time.
#pragma once

#include <string>

namespace regulars {

class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool made() const { return made_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool made_ = false;
};

}  // namespace regulars
