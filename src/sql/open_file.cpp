#include "sql/open_file.h"

#include <filesystem>
#include <mutex>
#include <set>
#include <utility>

namespace regulars::sql {
namespace {

struct Registry {
  std::mutex mutex;
  std::set<std::string> names;
};

Registry& registry() {
  static Registry instance;
  return instance;
}

std::string canonical(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code failure;
  const fs::path absolute = fs::absolute(path, failure);
  const fs::path name = fs::weakly_canonical(failure ? fs::path(path) : absolute, failure);
  return failure ? path : name.string();
}

}  // namespace

Result<OpenFile> OpenFile::reserve(const std::string& path) {
  std::string name = canonical(path);
  const std::scoped_lock lock(registry().mutex);
  if (!registry().names.insert(name).second) {
    return Error(ErrorCode::kIo, "the database is open in this program already",
                 "Take another connection of the one that is open.");
  }
  return OpenFile(std::move(name));
}

OpenFile::OpenFile(OpenFile&& other) noexcept : name_(std::exchange(other.name_, {})) {}

OpenFile::~OpenFile() {
  if (name_.empty()) return;
  const std::scoped_lock lock(registry().mutex);
  registry().names.erase(name_);
}

}  // namespace regulars::sql
