#include "base/temporary_file.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace regulars {

TemporaryFile::TemporaryFile() {
  std::error_code failed;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(failed);
  path_ = (failed ? std::filesystem::path(".") : folder) / "regulars-XXXXXX";
  const int descriptor = mkstemp(path_.data());
  made_ = descriptor >= 0;
  if (made_) close(descriptor);
}

TemporaryFile::~TemporaryFile() {
  if (made_) unlink(path_.c_str());
}

}  // namespace regulars
