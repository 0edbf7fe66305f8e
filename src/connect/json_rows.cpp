#include "connect/json_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/decimal.h"
#include "connect/json_layout.h"
#include "connect/json_record.h"
#include "connect/table_head.h"

namespace regulars::connect {
namespace {

constexpr auto kNone = std::string_view::npos;
constexpr size_t kMostColumns = 4096;
constexpr size_t kMostRecordBytes = size_t{16} << 20;
// Each costs a look through kMostRecordBytes.
constexpr size_t kMostUnendedRecords = 1000;

// Columns by path; objects of a file have their members mostly in the same order, so that the
// column after the last one found is tried first.
class PathColumns {
 public:
  size_t find(std::string_view path) {
    if (next_ < paths_.size() && paths_[next_] == path) return next_++;
    const auto found = by_path_.find(std::string(path));
    if (found == by_path_.end()) return kNone;
    next_ = found->second + 1;
    return found->second;
  }
  void start_record() { next_ = 0; }
  void add(std::string_view path) {
    by_path_.emplace(path, paths_.size());
    paths_.emplace_back(path);
  }
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  std::vector<std::string> paths_;
  std::unordered_map<std::string, size_t> by_path_;
  size_t next_ = 0;
};

class JsonRows : public RowReader {
 public:
  JsonRows(SourceBytes source, TextWindow window)
      : source_(std::move(source)), window_(std::move(window)) {}

  Result<void> open() {
    REGULARS_TRY(in_file(window_.slide(0)));
    const auto layout = find_json_layout(window_.text(), window_.complete());
    if (!layout) return broken("this is no JSON of objects");
    layout_ = *layout;
    REGULARS_TRY(rewind());
    REGULARS_TRY(find_columns());
    describe();
    return rewind();
  }

  const std::vector<std::string>& columns() const override { return names_; }
  bool has_header() const override { return true; }

  Result<bool> next(RowBatch& batch) override {
    parser_.forget_texts();
    rows_ = 0;
    prepare(batch);
    while (rows_ < kBatchRows) {
      std::string_view record;
      REGULARS_ASSIGN(const Step step, next_record(record, /*may_slide=*/rows_ == 0));
      if (step == Step::kEnd || step == Step::kSlide) break;
      if (step == Step::kRejected) continue;
      columns_.start_record();
      for (const JsonField& field : parser_.fields()) {
        batch.cells[columns_.find(field.path)][rows_] = field.text;
      }
      batch.line[rows_] = record_line_;
      raws_[rows_] = record;
      ++rows_;
    }
    source_.info.rows += rows_;
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
    line_ = 1;
    at_ = unended_ = 0;
    REGULARS_TRY(in_file(window_.slide(0)));
    move_to(layout_.start);
    return {};
  }

  std::string raw(size_t row) const override { return cut_raw(raws_[row]); }
  const std::vector<Reject>& rejects() const override { return rejects_; }
  const SourceInfo& info() const override { return source_.info; }

 private:
  enum class Step { kRecord, kRejected, kSlide, kEnd };

  Result<void> in_file(Result<void> result) const {
    if (result) return result;
    return std::move(result).error().at({.file = source_.info.path, .field = {}});
  }

  Error broken(std::string what) const {
    return Error(ErrorCode::kBadData, std::move(what),
                 "Was the export finished? JSON lines (one object per line) is read as well.")
        .at({.file = source_.info.path, .line = line_, .field = {}});
  }

  Result<void> find_columns() {
    while (true) {
      std::string_view record;
      REGULARS_ASSIGN(const Step step, next_record(record, /*may_slide=*/true));
      if (step == Step::kEnd) break;
      if (step == Step::kRejected) continue;
      columns_.start_record();
      for (const JsonField& field : parser_.fields()) {
        if (columns_.find(field.path) == kNone) columns_.add(field.path);
      }
      parser_.forget_texts();
      if (columns_.paths().size() > kMostColumns) {
        return broken(fmt::format("more than {} different names in its objects",
                                  with_thousands(int64_t{kMostColumns})));
      }
    }
    if (columns_.paths().empty()) return broken("the file holds no objects");
    names_ = unique_names(columns_.paths());
    return {};
  }

  void describe() {
    std::string& format = source_.info.format;
    format = layout_.in_array ? "JSON" : "JSON lines";
    if (!layout_.member.empty()) format += fmt::format(", array \"{}\"", layout_.member);
    if (source_.compression != Compression::kNone) {
      format += fmt::format(", {}", to_string(source_.compression));
    }
    const std::string converted = window_.encoding_name();
    source_.info.encoding = converted.empty() ? "UTF-8" : converted;
  }

  void prepare(RowBatch& batch) {
    batch.cells.resize(names_.size());
    for (std::vector<std::string_view>& cells : batch.cells) {
      cells.assign(kBatchRows, std::string_view());
    }
    batch.line.resize(kBatchRows);
    raws_.resize(kBatchRows);
  }

  void move_to(size_t position) {
    const std::string_view passed = window_.text().substr(at_, position - at_);
    for (size_t i = passed.find('\n'); i != kNone; i = passed.find('\n', i + 1)) ++line_;
    at_ = position;
  }

  void skip_separators() {
    const std::string_view text = window_.text();
    size_t position = skip_json_space(text, at_);
    while (layout_.in_array && position < text.size() && text[position] == ',') {
      position = skip_json_space(text, position + 1);
    }
    move_to(position);
  }

  // Slides until a whole record is in the window; then parses it.
  Result<Step> next_record(std::string_view& record, bool may_slide) {
    while (true) {
      skip_separators();
      const std::string_view text = window_.text();
      if (at_ < text.size()) {
        if (layout_.in_array && text[at_] == ']') return Step::kEnd;
        if (text[at_] != '{') return no_object();
        const size_t end = find_json_end(text, at_);
        if (end != kNone) return take(end, record);
        if (text.size() - at_ > kMostRecordBytes) return cut_record();
      }
      if (window_.complete()) return at_ < text.size() ? cut_record() : end_of_text();
      if (!may_slide) return Step::kSlide;
      REGULARS_TRY(in_file(window_.slide(at_)));
      at_ = 0;
    }
  }

  Result<Step> end_of_text() const {
    if (layout_.in_array) return broken("the array is not closed: the file was cut short");
    return Step::kEnd;
  }

  Result<Step> cut_record() {
    if (layout_.in_array) return broken("an object that does not end: the file was cut short");
    if (++unended_ > kMostUnendedRecords) return broken("too many objects that do not end");
    return reject_line("broken JSON: the object does not end");
  }

  Result<Step> no_object() {
    if (layout_.in_array) return broken("expected an object in the array");
    return reject_line("is no JSON object");
  }

  Result<Step> take(size_t end, std::string_view& record) {
    const std::string_view text = window_.text();
    record = text.substr(at_, end - at_);
    const std::optional<std::string> problem = parser_.parse(record, text.size() - at_);
    if (problem && layout_.in_array) return broken(*problem);
    if (problem) return reject_line(*problem);
    record_line_ = line_;
    move_to(end);
    return Step::kRecord;
  }

  // Gives up the line, so that one broken object does not swallow those behind it.
  Result<Step> reject_line(std::string reason) {
    const std::string_view text = window_.text();
    const size_t end = std::min(text.find('\n', at_), text.size());
    std::string_view raw = text.substr(at_, end - at_);
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    rejects_.push_back({.file = source_.info.path,
                        .line = line_,
                        .column = 0,
                        .field = {},
                        .reason = std::move(reason),
                        .raw = cut_raw(raw)});
    move_to(end);
    return Step::kRejected;
  }

  SourceBytes source_;
  TextWindow window_;
  JsonLayout layout_;
  JsonRecordParser parser_;
  PathColumns columns_;
  std::vector<std::string> names_;
  size_t at_ = 0;
  uint64_t line_ = 1;
  uint64_t record_line_ = 0;
  size_t rows_ = 0;
  size_t unended_ = 0;
  std::vector<std::string_view> raws_;
  std::vector<Reject> rejects_;
};

}  // namespace

bool looks_like_json(const SourceBytes& source) {
  TextWindow window(
      to_utf8(std::make_unique<MemoryStream>(source.start), find_encoding(source.start)));
  if (!window.slide(0)) return false;
  return find_json_layout(window.text(), /*complete=*/false).has_value();
}

Result<std::unique_ptr<RowReader>> open_json(SourceBytes source) {
  TextWindow window = text_of(source);
  auto rows = std::make_unique<JsonRows>(std::move(source), std::move(window));
  REGULARS_TRY(rows->open());
  return std::unique_ptr<RowReader>(std::move(rows));
}

}  // namespace regulars::connect
