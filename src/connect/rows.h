// Any supported file as rows of text: the seam between formats and meaning. Delimited text (comma,
// tab, semicolon, bar, aligned by spaces), gzip or zstd around it, Parquet, JSON, JSON lines and
// xlsx all come out as named columns of UTF-8 text, batch by batch, with the line each record
// began on. What a cell means is decided elsewhere (connect/guess.h).
//
// Thread-safety: one reader per thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "data/intake.h"

namespace regulars::connect {

// Up to RowReader::kBatchRows rows, column by column. A cell's data() is nullptr where the file
// has no value at all (a JSON null, a Parquet NULL, a missing key); "" is an empty text. Views stay
// valid until the next call of next() or rewind() on the same reader.
struct RowBatch {
  size_t rows = 0;
  std::vector<std::vector<std::string_view>> cells;  // [column][row]
  std::vector<uint64_t> line;                        // 1-based; 0 where the format has no lines
};

// What the user says about a file; unset parts are found out.
struct RowHints {
  char delimiter = '\0';
  int header = -1;         // 0: no header line, 1: there is one, -1: find out
  std::string sheet = {};  // of a workbook; empty: the first with rows
  size_t threads = 0;
};

class RowReader {
 public:
  static constexpr size_t kBatchRows = 4096;

  virtual ~RowReader() = default;
  // Header names, trimmed, made unique ("amount", "amount_2"); "column1" ... without a header.
  virtual const std::vector<std::string>& columns() const = 0;
  virtual bool has_header() const = 0;
  // Fills the batch; false when there are no more rows.
  virtual Result<bool> next(RowBatch& batch) = 0;
  // Back to the first row.
  virtual Result<void> rewind() = 0;
  // The record of a row of the current batch as it stands in the file (for rejects); for formats
  // without lines, its cells as JSON.
  virtual std::string raw(size_t row) const = 0;
  // Records left out because they do not form a row (too many cells, an unclosed quote ...),
  // complete after next() has returned false.
  virtual const std::vector<Reject>& rejects() const = 0;
  virtual const SourceInfo& info() const = 0;
};

// kNotFound, kUnsupported (naming what the bytes look like), kBadData (an empty file, a truncated
// gzip: what was found, and what to do).
Result<std::unique_ptr<RowReader>> open_rows(const std::string& path, Files& files,
                                             const RowHints& hints);

}  // namespace regulars::connect
