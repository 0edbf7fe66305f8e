#include "sql/error.h"

#include <string>

namespace regulars::sql {
namespace {

struct ErrorClass {
  std::string_view prefix;  // DuckDB writes "<prefix> Error: <text>"
  ErrorCode code;
};

constexpr ErrorClass kClasses[] = {
    {"IO", ErrorCode::kIo},
    {"HTTP", ErrorCode::kIo},
    {"Permission", ErrorCode::kIo},
    {"Out of Memory", ErrorCode::kIo},
    {"Conversion", ErrorCode::kBadData},
    {"Invalid Input", ErrorCode::kBadData},
    {"Constraint", ErrorCode::kBadData},
    {"Serialization", ErrorCode::kBadData},
    {"Out of Range", ErrorCode::kOverflow},
    {"Not implemented", ErrorCode::kUnsupported},
    {"Missing Extension", ErrorCode::kUnsupported},
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Cuts off the class and returns its code; text without a class is our fault.
ErrorCode take_class(std::string_view& text) {
  const auto mark = text.find(" Error: ");
  if (mark == std::string_view::npos || contains(text.substr(0, mark), "\n")) {
    return ErrorCode::kInternal;
  }
  const std::string_view prefix = text.substr(0, mark);
  text.remove_prefix(mark + std::string_view(" Error: ").size());
  for (const ErrorClass& known : kClasses) {
    if (known.prefix == prefix) return known.code;
  }
  return ErrorCode::kInternal;
}

// Joins the lines worth reading; the suggestion goes to `hint`.
std::string one_line(std::string_view text, std::string& hint) {
  std::string joined;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.rfind("LINE ", 0) == 0) break;
    if (line.empty() || contains(line, "https://") || contains(line, "http://")) continue;
    if (line.rfind("Did you mean", 0) == 0 || line.rfind("Candidate", 0) == 0) {
      hint = line;
      continue;
    }
    if (!joined.empty()) joined += ' ';
    joined += line;
  }
  return joined;
}

Error lock_error(std::string_view text) {
  std::string holder = "another program";
  const auto held = text.find("held in ");
  const auto pid = text.find(" (PID ");
  if (held != std::string_view::npos && pid != std::string_view::npos && held < pid) {
    const auto from = held + std::string_view("held in ").size();
    const auto number = pid + std::string_view(" (PID ").size();
    holder = std::string(text.substr(from, pid - from)) + " (process " +
             std::string(text.substr(number, text.find(')', number) - number)) + ")";
  }
  return Error(ErrorCode::kIo, "the database is open in " + holder,
               "Only one program can have it open: close that one, or ask it to do the work.");
}

std::string hint_for(std::string_view text, ErrorCode code) {
  if (contains(text, "has been invalidated")) return "Close the database and open it again.";
  if (code == ErrorCode::kUnsupported && contains(text, "version number")) {
    return "The file was written by another version of the database engine: use that one.";
  }
  if (contains(text, "File too large") || contains(text, "No space left") ||
      contains(text, "not enough space")) {
    return "Free some disk space and repeat; nothing was changed.";
  }
  if (contains(text, "Permission denied") || contains(text, "Read-only file system")) {
    return "Check who may read and write the file and its folder.";
  }
  if (code == ErrorCode::kIo && contains(text, "memory")) {
    return "Allow more memory, or free some.";
  }
  return {};
}

}  // namespace

Error to_error(std::string_view message) {
  std::string_view text = trim(message);
  ErrorCode code = take_class(text);
  for (const std::string_view doing : {"Failed to append: ", "Failed to commit: "}) {
    if (text.rfind(doing, 0) == 0) text.remove_prefix(doing.size());
  }
  if (contains(text, "Could not set lock on file")) return lock_error(text);
  if (contains(text, "No files found that match") || contains(text, "No such file")) {
    code = ErrorCode::kNotFound;
  }
  if (contains(text, "not a valid DuckDB database file") ||
      contains(text, "constraint violation")) {
    code = ErrorCode::kBadData;
  }
  // Said without a class when it happens during a commit.
  if (contains(text, "Could not ") && contains(text, " file \"")) code = ErrorCode::kIo;
  if (contains(text, "database file with version number")) code = ErrorCode::kUnsupported;
  std::string hint;
  std::string line = one_line(text, hint);
  if (line.empty()) line = "the database gave no reason";
  if (hint.empty()) hint = hint_for(line, code);
  return Error(code, std::move(line), std::move(hint));
}

}  // namespace regulars::sql
