#include "connect/delimited_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/decimal.h"
#include "connect/delimited_dialect.h"
#include "connect/delimited_scanner.h"
#include "connect/table_head.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

using Outcome = DelimitedScanner::Outcome;

constexpr size_t kSampleBytes = size_t{64} * 1024;
constexpr size_t kSampleRows = 500;

// Where the first record of the table begins.
struct Start {
  size_t bytes = 0;
  uint64_t line = 1;
};

struct Sample {
  std::vector<SampleRow> rows;
  std::vector<std::string> raws;
  std::vector<Start> starts;  // of each row
};

Sample read_sample(std::string_view text, const FoundDialect& found) {
  Sample sample;
  DelimitedScanner scanner(found.dialect);
  scanner.set_text(text.substr(found.skipped_bytes), /*complete=*/true, 1 + found.skipped_lines);
  ScannedRecord record;
  while (sample.rows.size() < kSampleRows) {
    const Start start{found.skipped_bytes + scanner.position(), scanner.line()};
    const Outcome outcome = scanner.next(record);
    if (outcome == Outcome::kEnd || outcome == Outcome::kTooWide) break;
    if (outcome != Outcome::kRecord || trimmed(record.raw).empty()) continue;
    SampleRow row;
    row.cells.assign(record.cells, record.cells + record.count);
    row.first_quoted = record.first_quoted;
    sample.rows.push_back(std::move(row));
    sample.raws.emplace_back(record.raw);
    sample.starts.push_back(start);
  }
  return sample;
}

// Whole lines only, unless it is the whole text.
std::string_view sample_text(const TextWindow& window) {
  const std::string_view text = window.text();
  if (text.size() <= kSampleBytes && window.complete()) return text;
  const std::string_view sample = text.substr(0, kSampleBytes);
  const size_t last_line_end = sample.find_last_of("\n\r");
  return last_line_end == std::string_view::npos ? sample : sample.substr(0, last_line_end + 1);
}

const char* delimiter_name(const Dialect& dialect) {
  if (dialect.aligned) return "columns set apart by blanks";
  switch (dialect.delimiter) {
    case ',':
      return "comma";
    case '\t':
      return "tab";
    case ';':
      return "semicolon";
    case '|':
      return "bar";
    default:
      return "delimiter as given";
  }
}

class DelimitedRows : public RowReader {
 public:
  DelimitedRows(SourceBytes source, TextWindow window)
      : source_(std::move(source)), window_(std::move(window)), scanner_(Dialect{}) {}

  Result<void> open(const RowHints& hints) {
    REGULARS_TRY(in_file(window_.slide(0)));
    const std::string_view text = sample_text(window_);
    const FoundDialect found = find_dialect(text, hints.delimiter);
    const Sample sample = read_sample(text, found);
    if (sample.rows.empty()) {
      return Error(ErrorCode::kBadData, "the file holds no rows", "Was the export finished?")
          .at({.file = source_.info.path, .field = {}});
    }
    head_ = find_head(sample.rows, hints.header);
    scanner_ = DelimitedScanner(found.dialect);
    find_start(sample);
    if (head_.lists) REGULARS_TRY(widen_to_longest());
    describe(found.dialect);
    return rewind();
  }

  const std::vector<std::string>& columns() const override { return head_.names; }
  bool has_header() const override { return head_.has_header; }

  Result<bool> next(RowBatch& batch) override {
    scanner_.forget_cells();
    rows_ = 0;
    prepare(batch);
    ScannedRecord record;
    while (rows_ < kBatchRows) {
      const Outcome outcome = scanner_.next(record);
      if (outcome == Outcome::kRecord) {
        take(record);
      } else if (outcome == Outcome::kUnclosed) {
        reject(record, "a quote that opens here is never closed");
      } else if (outcome == Outcome::kTooWide) {
        return too_wide();
      } else if (outcome == Outcome::kEnd || rows_ > 0) {
        break;
      } else {
        REGULARS_TRY(read_on());
      }
    }
    source_.info.rows += rows_;
    if (!window_.encoding_name().empty()) source_.info.encoding = window_.encoding_name();
    batch.rows = rows_;
    for (std::vector<std::string_view>& cells : batch.cells) cells.resize(rows_);
    batch.line.resize(rows_);
    return rows_ > 0;
  }

  Result<void> rewind() override {
    window_.rewind();
    rejects_.clear();
    raws_.clear();
    source_.info.rows = 0;
    REGULARS_TRY(in_file(window_.slide(0)));
    scanner_.set_text(window_.text().substr(start_.bytes), window_.complete(), start_.line);
    scanned_from_ = start_.bytes;
    return {};
  }

  std::string raw(size_t row) const override { return cut_raw(raws_[row]); }
  const std::vector<Reject>& rejects() const override { return rejects_; }
  const SourceInfo& info() const override { return source_.info; }

 private:
  Result<void> in_file(Result<void> result) const {
    if (result) return result;
    return std::move(result).error().at({.file = source_.info.path, .field = {}});
  }

  // Where the data begin: behind the header if there is one.
  void find_start(const Sample& sample) {
    const size_t row = head_.skipped;
    start_ = sample.starts[row];
    if (head_.has_header) {
      header_raw_ = sample.raws[row];
      const size_t bytes = sample.starts[row].bytes;
      scanner_.set_text(window_.text().substr(bytes), window_.complete(), sample.starts[row].line);
      ScannedRecord header;
      // It was scanned before, as part of the sample.
      if (scanner_.next(header) == Outcome::kRecord) {
        start_ = {bytes + scanner_.position(), scanner_.line()};
      }
    }
  }

  // Lists: as many columns as the longest has.
  Result<void> widen_to_longest() {
    REGULARS_TRY(rewind());
    size_t width = head_.names.size();
    ScannedRecord record;
    for (Outcome outcome = scanner_.next(record); outcome != Outcome::kEnd;
         outcome = scanner_.next(record)) {
      if (outcome == Outcome::kTooWide) return too_wide();
      if (outcome == Outcome::kRecord) width = std::max(width, record.count);
      scanner_.forget_cells();
      if (outcome == Outcome::kMore) REGULARS_TRY(read_on());
    }
    std::vector<std::string> names = head_.names;
    names.resize(width);
    head_.names = unique_names(names);
    return {};
  }

  void describe(const Dialect& dialect) {
    std::string& format = source_.info.format;
    format = fmt::format("{}, {}", dialect.aligned ? "text" : "CSV", delimiter_name(dialect));
    if (source_.compression != Compression::kNone) {
      format += fmt::format(", {}", to_string(source_.compression));
    }
    if (!head_.has_header) format += ", no header";
    if (head_.skipped > 0) {
      format +=
          fmt::format(", {} line{} above the header", head_.skipped, head_.skipped == 1 ? "" : "s");
    }
    source_.info.encoding =
        source_.view.bytes.starts_with("\xEF\xBB\xBF") ? "UTF-8 with byte order mark" : "UTF-8";
  }

  void prepare(RowBatch& batch) {
    batch.cells.resize(head_.names.size());
    targets_.clear();
    for (std::vector<std::string_view>& cells : batch.cells) {
      cells.resize(kBatchRows);
      targets_.push_back(cells.data());
    }
    batch.line.resize(kBatchRows);
    line_target_ = batch.line.data();
    raws_.resize(kBatchRows);
  }

  void take(const ScannedRecord& record) {
    const bool blank = record.raw.size() + 1 == record.count && !scanner_.dialect().aligned;
    const bool header_again =
        record.raw.size() == header_raw_.size() && head_.has_header && record.raw == header_raw_;
    if (record.count != targets_.size() || blank || header_again) {
      take_unusual(record, blank, header_again);
    } else {
      put(record, record.count);
    }
  }

  void put(const ScannedRecord& record, size_t count) {
    for (size_t i = 0; i < count; ++i) targets_[i][rows_] = record.cells[i];
    for (size_t i = count; i < targets_.size(); ++i) targets_[i][rows_] = {};
    line_target_[rows_] = record.line;
    raws_[rows_] = record.raw;
    ++rows_;
  }

  void take_unusual(const ScannedRecord& record, bool blank, bool header_again) {
    const size_t width = targets_.size();
    if (blank || trimmed(record.raw).empty() || record.raw == "\x1A") return;
    if (header_again) return reject(record, "repeats the header line");
    if (record.count < width) {
      if (head_.lists || record.count == head_.short_width) return put(record, record.count);
      return reject(record, fmt::format("has {} {}, {} {}", record.count, cells(record.count),
                                        table_words(), width));
    }
    const bool surplus_is_empty =
        std::all_of(record.cells + width, record.cells + record.count,
                    [](std::string_view cell) { return trimmed(cell).empty(); });
    if (surplus_is_empty) return put(record, width);
    reject(record, fmt::format("has {} {}, {} {}", record.count, cells(record.count), table_words(),
                               width));
  }

  static const char* cells(size_t count) { return count == 1 ? "cell" : "cells"; }
  const char* table_words() const {
    return head_.has_header ? "the header has" : "other rows have";
  }

  void reject(const ScannedRecord& record, std::string reason) {
    rejects_.push_back({.file = source_.info.path,
                        .line = record.line,
                        .column = 0,
                        .field = {},
                        .reason = std::move(reason),
                        .raw = cut_raw(record.raw)});
  }

  Error too_wide() const {
    return Error(ErrorCode::kBadData,
                 fmt::format("a record of more than {} cells",
                             with_thousands(int64_t{DelimitedScanner::kMostCells})),
                 "This does not look like a table. Is it the right file?")
        .at({.file = source_.info.path, .line = scanner_.line(), .field = {}});
  }

  Result<void> read_on() {
    const uint64_t line = scanner_.line();
    REGULARS_TRY(in_file(window_.slide(scanned_from_ + scanner_.position())));
    scanner_.set_text(window_.text(), window_.complete(), line);
    scanned_from_ = 0;
    return {};
  }

  SourceBytes source_;
  TextWindow window_;
  DelimitedScanner scanner_;
  TableHead head_;
  std::string header_raw_;
  Start start_;
  size_t scanned_from_ = 0;  // of the window's text: where the scanner's text begins
  size_t rows_ = 0;          // of the current batch
  std::vector<std::string_view*> targets_;
  uint64_t* line_target_ = nullptr;
  std::vector<std::string_view> raws_;
  std::vector<Reject> rejects_;
};

}  // namespace

Result<std::unique_ptr<RowReader>> open_delimited(SourceBytes source, const RowHints& hints) {
  TextWindow window = text_of(source);
  auto rows = std::make_unique<DelimitedRows>(std::move(source), std::move(window));
  REGULARS_TRY(rows->open(hints));
  return std::unique_ptr<RowReader>(std::move(rows));
}

}  // namespace regulars::connect
