#include "base/files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace regulars {
namespace {

namespace fs = std::filesystem;

Error io_error(const std::string& what, const std::string& path, const std::string& why) {
  return Error(ErrorCode::kIo, what + ": " + why).at({.file = path, .field = {}});
}

class RealFileWriter : public FileWriter {
 public:
  explicit RealFileWriter(std::string path)
      : path_(std::move(path)),
        aside_(path_ + ".part-" + std::to_string(::getpid())),
        out_(aside_, std::ios::binary | std::ios::trunc) {}

  ~RealFileWriter() override {
    if (done_) return;
    out_.close();
    std::error_code ignored;
    fs::remove(aside_, ignored);
  }

  Result<void> append(std::string_view bytes) override {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return check();
  }

  Result<void> close() override {
    out_.close();
    REGULARS_TRY(check());
    std::error_code failure;
    fs::rename(aside_, path_, failure);
    if (failure) return io_error("cannot be written", path_, failure.message());
    done_ = true;
    return {};
  }

  Result<void> check() const {
    if (!out_) return io_error("cannot be written", path_, std::strerror(errno));
    return {};
  }

 private:
  std::string path_;
  std::string aside_;
  std::ofstream out_;
  bool done_ = false;
};

class RealFiles : public Files {
 public:
  Result<std::string> read(const std::string& path) override {
    std::error_code failure;
    if (!fs::exists(path, failure)) {
      return Error(ErrorCode::kNotFound, "there is no such file").at({.file = path, .field = {}});
    }
    if (fs::is_directory(path, failure)) {
      return Error(ErrorCode::kNotFound, "is a directory, not a file")
          .at({.file = path, .field = {}});
    }
    std::ifstream in(path, std::ios::binary);
    if (!in) return io_error("cannot be read", path, std::strerror(errno));
    std::string bytes;
    const auto length = fs::file_size(path, failure);
    if (!failure) {
      bytes.resize(length);
      in.read(bytes.data(), static_cast<std::streamsize>(length));
      bytes.resize(static_cast<size_t>(in.gcount()));
    }
    // Pipes and /proc files have no size beforehand.
    if (failure || length == 0) {
      in.clear();
      bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    if (in.bad()) return io_error("cannot be read", path, std::strerror(errno));
    return bytes;
  }

  // Pipes, empty files and what cannot be mapped are read instead.
  Result<FileView> map(const std::string& path) override {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat about{};
    if (file < 0 || ::fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size == 0) {
      if (file >= 0) ::close(file);
      return Files::map(path);
    }
    const size_t length = static_cast<size_t>(about.st_size);
    void* start = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, file, 0);
    ::close(file);
    if (start == MAP_FAILED) return Files::map(path);
    ::madvise(start, length, MADV_SEQUENTIAL);
    std::shared_ptr<const void> owner(
        start, [length](const void* bytes) { ::munmap(const_cast<void*>(bytes), length); });
    return FileView{.owner = owner, .bytes = {static_cast<const char*>(start), length}};
  }

  bool on_disk() const override { return true; }

  Result<void> write(const std::string& path, std::string_view bytes) override {
    REGULARS_ASSIGN(const auto writer, open_write(path));
    REGULARS_TRY(writer->append(bytes));
    return writer->close();
  }

  Result<std::unique_ptr<FileWriter>> open_write(const std::string& path) override {
    const fs::path parent = fs::path(path).parent_path();
    if (!parent.empty()) REGULARS_TRY(make_directories(parent.string()));
    auto writer = std::make_unique<RealFileWriter>(path);
    REGULARS_TRY(writer->check());
    return std::unique_ptr<FileWriter>(std::move(writer));
  }

  bool exists(const std::string& path) override {
    std::error_code failure;
    return fs::exists(path, failure);
  }

  Result<uint64_t> size(const std::string& path) override {
    std::error_code failure;
    const auto bytes = fs::file_size(path, failure);
    if (failure) return io_error("has no size", path, failure.message());
    return uint64_t{bytes};
  }

  Result<Instant> modified_at(const std::string& path) override {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0) {
      return io_error("cannot be looked at", path, std::strerror(errno));
    }
    return Instant{info.st_mtim.tv_sec * 1'000'000 + info.st_mtim.tv_nsec / 1000};
  }

  Result<void> make_directories(const std::string& path) override {
    std::error_code failure;
    fs::create_directories(path, failure);
    if (failure) return io_error("cannot be made", path, failure.message());
    return {};
  }

  Result<void> remove(const std::string& path) override {
    std::error_code failure;
    fs::remove_all(path, failure);
    if (failure) return io_error("cannot be removed", path, failure.message());
    return {};
  }

  Result<std::vector<std::string>> list(const std::string& directory) override {
    std::error_code failure;
    std::vector<std::string> names;
    for (fs::directory_iterator it(directory, failure), end; !failure && it != end;
         it.increment(failure)) {
      names.push_back(it->path().filename().string());
    }
    if (failure) return io_error("cannot be listed", directory, failure.message());
    std::sort(names.begin(), names.end());
    return names;
  }

  bool is_directory(const std::string& path) override {
    std::error_code failure;
    return fs::is_directory(path, failure);
  }

  Result<std::string> real_path(const std::string& path) override {
    std::error_code failure;
    const fs::path real = fs::canonical(path, failure);
    if (failure) return io_error("cannot be found", path, failure.message());
    return real.string();
  }
};

class MemoryFileWriter : public FileWriter {
 public:
  MemoryFileWriter(MemoryFiles& files, std::string path) : files_(files), path_(std::move(path)) {}
  Result<void> append(std::string_view bytes) override {
    if (files_.fail_writes) return io_error("cannot be written", path_, "no space left on device");
    bytes_ += bytes;
    return {};
  }
  Result<void> close() override { return files_.write(path_, bytes_); }

 private:
  MemoryFiles& files_;
  std::string path_;
  std::string bytes_;
};

}  // namespace

Result<FileView> Files::map(const std::string& path) {
  REGULARS_ASSIGN(std::string bytes, read(path));
  const auto owner = std::make_shared<const std::string>(std::move(bytes));
  return FileView{.owner = owner, .bytes = *owner};
}

Files& real_files() {
  static RealFiles files;
  return files;
}

Result<std::string> MemoryFiles::read(const std::string& path) {
  const auto found = contents_.find(path);
  if (found == contents_.end()) {
    return Error(ErrorCode::kNotFound, "there is no such file").at({.file = path, .field = {}});
  }
  return found->second;
}

Result<void> MemoryFiles::write(const std::string& path, std::string_view bytes) {
  if (fail_writes) return io_error("cannot be written", path, "no space left on device");
  contents_[path] = std::string(bytes);
  modified_[path] = clock;
  return {};
}

Result<std::unique_ptr<FileWriter>> MemoryFiles::open_write(const std::string& path) {
  return std::unique_ptr<FileWriter>(std::make_unique<MemoryFileWriter>(*this, path));
}

bool MemoryFiles::exists(const std::string& path) { return contents_.contains(path); }

Result<uint64_t> MemoryFiles::size(const std::string& path) {
  REGULARS_ASSIGN(const std::string bytes, read(path));
  return uint64_t{bytes.size()};
}

Result<Instant> MemoryFiles::modified_at(const std::string& path) {
  REGULARS_TRY(read(path));
  return modified_[path];
}

Result<void> MemoryFiles::make_directories(const std::string&) { return {}; }

Result<void> MemoryFiles::remove(const std::string& path) {
  contents_.erase(path);
  return {};
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& directory) {
  const std::string prefix = directory + "/";
  std::vector<std::string> names;
  for (const auto& [path, bytes] : contents_) {
    if (!path.starts_with(prefix)) continue;
    // A file, or the directory that a deeper file lies in.
    std::string name = path.substr(prefix.size(), path.find('/', prefix.size()) - prefix.size());
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool MemoryFiles::is_directory(const std::string& path) {
  const auto first = contents_.lower_bound(path + "/");
  return first != contents_.end() && first->first.starts_with(path + "/");
}

Result<std::string> MemoryFiles::real_path(const std::string& path) {
  if (!exists(path) && !is_directory(path)) {
    return Error(ErrorCode::kNotFound, "there is no such file").at({.file = path, .field = {}});
  }
  return fs::path(path).lexically_normal().string();
}

}  // namespace regulars
