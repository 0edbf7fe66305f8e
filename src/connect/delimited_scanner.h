// Splits delimited text into records and cells: RFC 4180 with the leniency that real exports need.
// One pass, 64 bytes at a time, no allocation per cell.
//
//   - A cell that begins with a quote (blanks before it aside) ends at the quote that a delimiter
//     or line end follows; "" inside is a quote. Other quotes inside are text (5" pipe), unless the
//     cell goes over several lines: then its first quote was never closed.
//   - A quote inside an unquoted cell is text.
//
// Thread-safety: one thread at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regulars::connect {

struct Dialect {
  char delimiter = ',';            // ' ' with aligned
  char line_end = '\n';            // '\r' for old Macintosh files; "\r\n" counts as '\n'
  bool backslash_escapes = false;  // \" inside a quoted cell is a quote
  bool aligned = false;            // columns are set apart by runs of blanks
  size_t least_blanks = 1;         // of such a run
  bool operator==(const Dialect&) const = default;
};

struct ScannedRecord {
  // Unquoted, quotes resolved. Views into the text or into the scanner's own memory.
  const std::string_view* cells = nullptr;
  size_t count = 0;
  std::string_view raw;       // without its line end
  uint64_t line = 0;          // where it begins, 1-based
  bool first_quoted = false;  // its first cell is in quotes
};

class DelimitedScanner {
 public:
  enum class Outcome {
    kRecord,
    kUnclosed,  // raw: the lines up to the one that opens a quote which is never closed
    kMore,      // the text ends inside a record; set a longer text from position()
    kEnd,
    kTooWide,  // a record of more than kMostCells
  };
  static constexpr size_t kMostCells = 16384;
  // A quoted cell that is longer is taken for one that was never closed.
  static constexpr size_t kMostQuotedLines = 1000;
  static constexpr size_t kMostQuotedBytes = size_t{1} << 20;

  explicit DelimitedScanner(Dialect dialect);

  const Dialect& dialect() const { return dialect_; }
  // Starts at the beginning of `text`, which is line `line`. `complete`: nothing follows the text,
  // so its last record needs no line end.
  void set_text(std::string_view text, bool complete, uint64_t line);
  // Cells of earlier records stay valid until forget_cells().
  Outcome next(ScannedRecord& record);
  void forget_cells() { unescaped_.clear(); }

  size_t position() const { return at_; }  // in the text: where the next record begins
  uint64_t line() const { return line_; }  // the line that the next record begins on

 private:
  struct Quoted {
    size_t after = 0;  // position of the delimiter or line end behind the cell, or the text's end
    Outcome outcome = Outcome::kRecord;
  };

  void restart(size_t at);
  uint64_t special_bytes(const char* block) const;
  size_t next_special();
  Outcome scan_record(ScannedRecord& record);
  Outcome scan_aligned(ScannedRecord& record);
  Quoted scan_quoted(size_t open);
  bool is_escaped(size_t quote, size_t content) const;
  size_t after_blanks(size_t at) const;
  std::string_view unescape(std::string_view content);
  Outcome unclosed(ScannedRecord& record, size_t open);
  void finish(ScannedRecord& record, size_t end, bool trim_last);
  bool push(size_t from, size_t to);
  bool push(std::string_view cell);

  Dialect dialect_;
  std::string_view text_;
  bool complete_ = true;
  size_t at_ = 0;
  uint64_t line_ = 1;
  size_t lines_inside_ = 0;  // line ends inside the record being read
  size_t block_ = 0;
  uint64_t mask_ = 0;  // special bytes of the block not yet visited
  std::vector<std::string_view> cells_;
  size_t count_ = 0;
  std::deque<std::string> unescaped_;
};

}  // namespace regulars::connect
