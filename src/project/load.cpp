#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/files_within.h"
#include "project/project.h"
#include "project/read_parts.h"

namespace regulars::project {
namespace {

// No file of definitions is near this; what is larger is a mistake (an export put into segments/).
constexpr uint64_t kLargestFile = uint64_t{4} * 1024 * 1024;

class Loader {
 public:
  Loader(const std::string& directory, Files& files) : files_(files) {
    loaded_.project.directory = directory;
  }

  Loaded load() && {
    if (!read_main()) return std::move(loaded_);
    for (const std::string& path : matching("features/*.yaml")) {
      if (const auto file = yaml(path)) read_features(*file, catalogue(), loaded_.faults);
    }
    for (const std::string& path : matching("segments/*.yaml")) {
      if (const auto file = yaml(path)) read_segments(*file, catalogue(), loaded_.faults);
    }
    for (const std::string& path : matching("models/*.yaml")) {
      if (const auto file = yaml(path)) read_models(*file, loaded_.project, loaded_.faults);
    }
    for (const std::string& path : matching("parameters.yaml")) {
      if (const auto file = yaml(path)) read_parameters(*file, catalogue(), loaded_.faults);
    }
    for (const char* pattern : {"lists/*.csv", "lists/*.txt"}) {
      for (const std::string& path : matching(pattern)) list(path);
    }
    check_endings();
    check_names(settings_, loaded_.project, loaded_.faults);
    std::sort(loaded_.project.files.begin(), loaded_.project.files.end());
    sort_faults();
    return std::move(loaded_);
  }

 private:
  definitions::Catalogue& catalogue() { return loaded_.project.catalogue; }
  std::string whole(const std::string& path) const {
    return loaded_.project.directory + "/" + path;
  }
  std::string inside(const std::string& path) const {
    return path.substr(loaded_.project.directory.size() + 1);
  }

  void fault(Error error, const std::string& path) {
    loaded_.faults.push_back(std::move(error).at({.file = path, .field = {}}));
  }

  bool read_main() {
    constexpr const char* kMain = "regulars.yaml";
    if (!files_.exists(whole(kMain))) {
      fault(
          Error(ErrorCode::kNotFound,
                fmt::format("'{}' is no project: it holds no {}", loaded_.project.directory, kMain),
                fmt::format("regulars init {} makes one", loaded_.project.directory)),
          "");
      return false;
    }
    auto file = yaml(kMain);
    if (!file) return false;
    settings_ = *std::move(file);
    read_settings(settings_, loaded_.project, loaded_.faults);
    return true;
  }

  std::vector<std::string> matching(const std::string& pattern) {
    auto found = files_within(files_, loaded_.project.directory, pattern);
    if (!found) {
      fault(std::move(found).error(), pattern);
      return {};
    }
    std::vector<std::string> result;
    for (const std::string& path : *found) result.push_back(inside(path));
    return result;
  }

  std::optional<std::string> bytes_of(const std::string& path, bool limited) {
    const auto size = files_.size(whole(path));
    if (limited && size && *size > kLargestFile) {
      fault(Error(ErrorCode::kBadDefinition, "the file is too large for definitions",
                  "data belongs into another folder"),
            path);
      return {};
    }
    auto bytes = files_.read(whole(path));
    if (!bytes) {
      fault(std::move(bytes).error(), path);
      return {};
    }
    loaded_.project.files.push_back(path);
    return std::move(bytes).value();
  }

  std::optional<YamlFile> yaml(const std::string& path) {
    auto bytes = bytes_of(path, true);
    if (!bytes) return {};
    YamlFile file{.name = path, .text = *std::move(bytes), .root = nullptr};
    file.root = parse_yaml(file.text, path, loaded_.faults);
    if (file.root == nullptr) return {};
    return file;
  }

  void list(const std::string& path) {
    if (const auto bytes = bytes_of(path, false)) {
      read_list(path, *bytes, catalogue(), loaded_.faults);
    }
  }

  // By file, in the order of reading, and place.
  void sort_faults() {
    std::map<std::string, size_t> order;
    for (const std::string& path : {std::string(), std::string("regulars.yaml")}) {
      order.emplace(path, order.size());
    }
    for (const Error& fault : loaded_.faults) order.emplace(fault.place().file, order.size());
    const auto rank = [&](const Error& fault) {
      const Place& place = fault.place();
      return std::tuple(order.at(place.file), place.line, place.column);
    };
    std::stable_sort(loaded_.faults.begin(), loaded_.faults.end(),
                     [&](const Error& a, const Error& b) { return rank(a) < rank(b); });
  }

  // A file that is not read because of its name would be missed in silence.
  void check_endings() {
    for (const char* folder : {"segments", "features", "models"}) {
      for (const std::string& path : matching(std::string(folder) + "/*")) {
        if (path.ends_with(".yml")) {
          fault(Error(ErrorCode::kBadDefinition, "the file is not read: its name ends with .yml",
                      "let it end with .yaml"),
                path);
        }
      }
    }
  }

  Files& files_;
  Loaded loaded_;
  YamlFile settings_;
};

}  // namespace

Loaded load_project(const std::string& directory, Files& files) {
  return Loader(directory, files).load();
}

Result<Project> open_project(const std::string& directory, Files& files) {
  constexpr size_t kMostTold = 20;
  Loaded loaded = load_project(directory, files);
  if (loaded.usable()) return std::move(loaded.project);
  if (loaded.faults.size() == 1) return std::move(loaded.faults.front());
  std::string all;
  for (size_t i = 0; i < loaded.faults.size() && i < kMostTold; ++i) {
    all += "\n" + loaded.faults[i].to_string();
  }
  if (loaded.faults.size() > kMostTold) {
    all += fmt::format("\nand {} more", loaded.faults.size() - kMostTold);
  }
  return Error(ErrorCode::kBadDefinition,
               fmt::format("the project has {} faults{}", loaded.faults.size(), all));
}

Result<std::vector<std::string>> files_of(const SourceDeclaration& source,
                                          const std::string& directory, Files& files) {
  std::vector<std::string> all;
  for (const std::string& pattern : source.files) {
    REGULARS_ASSIGN(std::vector<std::string> found, files_within(files, directory, pattern));
    if (found.empty() && !is_pattern(pattern)) {
      return Error(ErrorCode::kNotFound,
                   fmt::format("source '{}': there is no file '{}'", source.name, pattern),
                   "put it there, or correct 'files' in regulars.yaml");
    }
    for (std::string& path : found) {
      if (std::find(all.begin(), all.end(), path) == all.end()) all.push_back(std::move(path));
    }
  }
  return all;
}

}  // namespace regulars::project
