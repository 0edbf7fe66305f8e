#include "base/files_within.h"

#include <algorithm>

namespace regulars {
namespace {

// Bytes; '?' takes a whole UTF-8 character.
bool matches(std::string_view name, std::string_view pattern) {
  size_t n = 0, p = 0;
  size_t star = std::string_view::npos, after_star = 0;
  const auto next_character = [&](size_t at) {
    ++at;
    while (at < name.size() && (static_cast<uint8_t>(name[at]) & 0xC0U) == 0x80U) ++at;
    return at;
  };
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = n;
    } else if (p < pattern.size() && pattern[p] == '?') {
      n = next_character(n);
      ++p;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++n;
      ++p;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++after_star;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  size_t begin = 0;
  while (begin <= path.size()) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string part(path.substr(begin, end - begin));
    if (!part.empty() && part != ".") parts.push_back(part);
    begin = end + 1;
  }
  return parts;
}

Result<void> check_words(const std::string& path) {
  const auto refuse = [&](const char* why, const char* hint) {
    return Error(ErrorCode::kBadDefinition, "'" + path + "' " + why, hint);
  };
  constexpr const char* kHint = "put the file into the project's folder and name it from there";
  if (path.starts_with('/')) return refuse("does not lie in the folder", kHint);
  for (const std::string& part : parts_of(path)) {
    if (part == "..") return refuse("leads out of the folder", kHint);
  }
  if (path.find('\0') != std::string::npos) return refuse("is no path", "");
  if (parts_of(path).empty()) return refuse("names no file", "");
  return {};
}

// Where links lead must still be below the folder.
Result<void> check_links(Files& files, const std::string& folder, const std::string& path) {
  REGULARS_ASSIGN(const std::string root, files.real_path(folder));
  REGULARS_ASSIGN(const std::string real, files.real_path(path));
  if (real == root || real.starts_with(root == "/" ? root : root + "/")) return {};
  return Error(ErrorCode::kBadDefinition, "'" + path + "' is a link out of the folder",
               "put the file itself into the project's folder");
}

}  // namespace

bool is_pattern(std::string_view path) {
  return path.find_first_of("*?") != std::string_view::npos;
}

Result<std::string> path_within(Files& files, const std::string& folder, const std::string& path) {
  REGULARS_TRY(check_words(path));
  std::string whole = folder;
  for (const std::string& part : parts_of(path)) whole += "/" + part;
  if (!files.exists(whole) && !files.is_directory(whole)) {
    return Error(ErrorCode::kNotFound, "there is no file '" + path + "'");
  }
  REGULARS_TRY(check_links(files, folder, whole));
  return whole;
}

namespace {

std::string below_folder(std::string path, const std::string& name) {
  path += '/';
  path += name;
  return path;
}

}  // namespace

Result<std::vector<std::string>> files_within(Files& files, const std::string& folder,
                                              const std::string& pattern) {
  REGULARS_TRY(check_words(pattern));
  std::vector<std::string> found = {folder};
  for (const std::string& part : parts_of(pattern)) {
    std::vector<std::string> below;
    for (const std::string& place : found) {
      if (!is_pattern(part)) {
        const std::string path = below_folder(place, part);
        if (files.exists(path) || files.is_directory(path)) below.push_back(path);
        continue;
      }
      if (!files.is_directory(place)) continue;
      REGULARS_ASSIGN(const std::vector<std::string> names, files.list(place));
      for (const std::string& name : names) {
        if (name.starts_with('.') && !part.starts_with('.')) continue;
        if (matches(name, part)) below.push_back(below_folder(place, name));
      }
    }
    found = std::move(below);
  }
  std::vector<std::string> result;
  for (const std::string& path : found) {
    if (files.is_directory(path)) continue;
    REGULARS_TRY(check_links(files, folder, path));
    result.push_back(path);
  }
  return result;
}

}  // namespace regulars
