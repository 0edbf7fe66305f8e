#include "store/files_seen.h"

#include <charconv>
#include <map>

namespace regulars::store {
namespace {

uint64_t number_of(const std::string& text) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

FileVerdict verdict_of(const FileStamp& file, const FileStamp& known) {
  if (file.bytes != known.bytes) return FileVerdict::kChanged;
  if (file.content_hash != 0 && known.content_hash != 0) {
    return file.content_hash == known.content_hash ? FileVerdict::kSame : FileVerdict::kChanged;
  }
  return file.modified_at == known.modified_at ? FileVerdict::kSame : FileVerdict::kLookAgain;
}

}  // namespace

Result<std::vector<FileVerdict>> compare_files(sql::Connection& connection,
                                               const std::string& source,
                                               const std::vector<FileStamp>& files) {
  // A hash needs all 64 bits, which a cell does not hold.
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT path, bytes::VARCHAR, modified_at, "
                                        "content_hash::VARCHAR FROM file_seen WHERE source = ? "
                                        "ORDER BY rowid",
                                        source));
  std::map<std::string, FileStamp> known;
  for (const auto& row : rows) {
    const std::string path = row[0].text().value_or("");
    known[path] = {path, number_of(row[1].text().value_or("")),
                   Instant{row[2].integer().value_or(0)}, number_of(row[3].text().value_or(""))};
  }
  std::vector<FileVerdict> verdicts;
  for (const FileStamp& file : files) {
    const auto found = known.find(file.path);
    verdicts.push_back(found == known.end() ? FileVerdict::kNew : verdict_of(file, found->second));
  }
  return verdicts;
}

Result<void> record_files(sql::Connection& connection, const std::string& source,
                          const std::vector<FileStamp>& files, Instant read_at) {
  for (const FileStamp& file : files) {
    REGULARS_ASSIGN(const auto removed,
                    connection.execute("DELETE FROM file_seen WHERE source = ? AND path = ?",
                                       source, file.path));
    static_cast<void>(removed);
    REGULARS_ASSIGN(
        const auto added,
        connection.execute("INSERT INTO file_seen VALUES (?, ?, ?, ?, ?, ?)", source, file.path,
                           file.bytes, file.modified_at, file.content_hash, read_at));
    static_cast<void>(added);
  }
  return {};
}

Result<std::optional<std::string>> read_up_to(sql::Connection& connection,
                                              const std::string& source) {
  REGULARS_ASSIGN(const sql::Rows rows,
                  connection.query_rows("SELECT value FROM read_up_to WHERE source = ?", source));
  if (rows.empty()) return std::optional<std::string>();
  return rows[0][0].text();
}

Result<void> record_read_up_to(sql::Connection& connection, const std::string& source,
                               const std::string& value, Instant read_at) {
  REGULARS_ASSIGN(const auto removed,
                  connection.execute("DELETE FROM read_up_to WHERE source = ?", source));
  static_cast<void>(removed);
  REGULARS_ASSIGN(const auto added, connection.execute("INSERT INTO read_up_to VALUES (?, ?, ?)",
                                                       source, value, read_at));
  static_cast<void>(added);
  return {};
}

}  // namespace regulars::store
