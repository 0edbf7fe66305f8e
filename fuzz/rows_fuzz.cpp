// Any bytes at all must be read as rows or refused with an error: no crash, no endless loop, and
// the same answer when read twice. Build and run: fuzz/README.md.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "connect/rows.h"

namespace {

using regulars::MemoryFiles;
using regulars::Result;
using regulars::connect::RowBatch;
using regulars::connect::RowHints;
using regulars::connect::RowReader;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Seen {
  bool failed = false;
  size_t rows = 0;
  size_t rejects = 0;
  size_t bytes = 0;
  uint64_t hash = 0;
  bool operator==(const Seen&) const = default;
};

Seen read_all(RowReader& reader) {
  Seen seen;
  RowBatch batch;
  while (true) {
    const Result<bool> more = reader.next(batch);
    seen.failed = !more.ok();
    if (seen.failed || !*more) break;
    require(batch.rows > 0 && batch.rows <= RowReader::kBatchRows);
    require(batch.cells.size() == reader.columns().size() && batch.line.size() == batch.rows);
    for (const std::vector<std::string_view>& column : batch.cells) {
      require(column.size() == batch.rows);
      for (const std::string_view cell : column) {
        for (const char c : cell) seen.hash = seen.hash * 31 + static_cast<uint8_t>(c);
        seen.bytes += cell.size();
      }
    }
    for (size_t row = 1; row < batch.rows; ++row) require(batch.line[row] >= batch.line[row - 1]);
    require(reader.raw(batch.rows - 1).size() <= 2000);
    seen.rows += batch.rows;
  }
  seen.rejects = reader.rejects().size();
  if (!seen.failed) require(reader.info().rows == seen.rows);
  return seen;
}

RowHints hints_from(uint8_t choice) {
  constexpr std::string_view kDelimiters("\0,;\t| x", 7);
  RowHints hints;
  hints.delimiter = kDelimiters[choice % kDelimiters.size()];
  hints.header = choice / 64 % 3 - 1;
  return hints;
}

}  // namespace

// The first byte chooses the hints, the rest is the file.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  MemoryFiles files;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  require(files.write("file", bytes).ok());
  auto reader = regulars::connect::open_rows("file", files, hints_from(data[0]));
  if (!reader) return 0;
  require(!(*reader)->columns().empty());
  const Seen first = read_all(**reader);
  if ((*reader)->rewind().ok()) require(read_all(**reader) == first);
  return 0;
}
