// Which files of a source have been read, so that a run reads only what is new or has changed.
//
// Thread-safety: one thread at a time for a connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "sql/connection.h"

namespace regulars::store {

struct FileStamp {
  std::string path;
  uint64_t bytes = 0;
  Instant modified_at;
  uint64_t content_hash = 0;  // 0: not known yet
  bool operator==(const FileStamp&) const = default;
};

enum class FileVerdict {
  kNew,
  kChanged,    // another size, or another content
  kSame,       // size and time of modification are as they were, or the content is
  kLookAgain,  // same size, modified at another time: the content hash decides
};

// One verdict per file, against what was recorded last of its path.
Result<std::vector<FileVerdict>> compare_files(sql::Connection& connection,
                                               const std::string& source,
                                               const std::vector<FileStamp>& files);

// Records the files as read; the newest record of a path counts. No transaction of its own.
Result<void> record_files(sql::Connection& connection, const std::string& source,
                          const std::vector<FileStamp>& files, Instant read_at);

// How far a source with a `since` column was read: the largest value, as the source writes it.
Result<std::optional<std::string>> read_up_to(sql::Connection& connection,
                                              const std::string& source);
Result<void> record_read_up_to(sql::Connection& connection, const std::string& source,
                               const std::string& value, Instant read_at);

}  // namespace regulars::store
