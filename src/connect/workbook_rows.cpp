#include "connect/workbook_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "connect/cell_text.h"
#include "connect/sheet_cells.h"
#include "connect/table_head.h"
#include "connect/text.h"
#include "connect/workbook_parts.h"
#include "connect/zip_archive.h"

namespace regulars::connect {
namespace {

constexpr size_t kSampleRows = 500;

class WorkbookRows : public RowReader {
 public:
  explicit WorkbookRows(SourceBytes source) : source_(std::move(source)) {}

  Result<void> open(const RowHints& hints) {
    REGULARS_ASSIGN(const ZipArchive archive, ZipArchive::open(source_.view.bytes));
    REGULARS_ASSIGN(parts_, read_workbook_parts(archive));
    REGULARS_TRY(read_chosen_sheet(archive, hints.sheet));
    map_columns();
    head_ = find_head(sample(), hints.header);
    // Columns without a name whose first value comes late.
    if (head_.names.size() < width_) {
      std::vector<std::string> names = head_.names;
      names.resize(width_);
      head_.names = unique_names(names);
    }
    source_.info.format = fmt::format("Excel workbook, sheet \"{}\"", sheet_name_);
    if (!head_.has_header) source_.info.format += ", no header";
    source_.info.encoding = "UTF-8";
    return rewind();
  }

  const std::vector<std::string>& columns() const override { return head_.names; }
  bool has_header() const override { return head_.has_header; }

  Result<bool> next(RowBatch& batch) override {
    const size_t rows = std::min(kBatchRows, sheet_.rows.size() - at_);
    batch.rows = rows;
    batch.line.resize(rows);
    batch.cells.resize(head_.names.size());
    for (std::vector<std::string_view>& cells : batch.cells) {
      cells.assign(rows, std::string_view());
    }
    for (size_t row = 0; row < rows; ++row) {
      batch.line[row] = sheet_.rows[at_ + row].number;
      for (const SheetCell& cell : cells_of(at_ + row)) {
        const size_t column = columns_[cell.column];
        if (column < batch.cells.size()) batch.cells[column][row] = cell.text;
      }
    }
    batch_first_ = at_;
    at_ += rows;
    source_.info.rows += rows;
    return rows > 0;
  }

  Result<void> rewind() override {
    at_ = head_.skipped + (head_.has_header ? 1 : 0);
    source_.info.rows = 0;
    return {};
  }

  std::string raw(size_t row) const override {
    std::vector<std::string_view> cells(head_.names.size());
    for (const SheetCell& cell : cells_of(batch_first_ + row)) {
      if (columns_[cell.column] < cells.size()) cells[columns_[cell.column]] = cell.text;
    }
    return cut_raw(cells_as_json(head_.names, cells));
  }
  const std::vector<Reject>& rejects() const override { return rejects_; }
  const SourceInfo& info() const override { return source_.info; }

 private:
  std::span<const SheetCell> cells_of(size_t row) const {
    const size_t from = sheet_.rows[row].first;
    const size_t to =
        row + 1 < sheet_.rows.size() ? sheet_.rows[row + 1].first : sheet_.cells.size();
    return std::span(sheet_.cells).subspan(from, to - from);
  }

  // The sheet of that name, or the first with rows.
  Result<void> read_chosen_sheet(const ZipArchive& archive, const std::string& wanted) {
    std::vector<std::string> names;
    for (const WorkbookSheet& sheet : parts_.sheets) {
      names.push_back("\"" + sheet.name + "\"");
      if (!wanted.empty() && sheet.name != wanted) continue;
      REGULARS_ASSIGN(const std::unique_ptr<ByteStream> xml, archive.read(sheet.part));
      REGULARS_ASSIGN(sheet_, read_sheet(*xml, parts_));
      sheet_name_ = sheet.name;
      if (!sheet_.rows.empty() || !wanted.empty()) break;
    }
    if (!sheet_.rows.empty()) return {};
    if (!wanted.empty() && sheet_name_.empty()) {
      return Error(ErrorCode::kNotFound, fmt::format("the workbook has no sheet \"{}\"", wanted),
                   fmt::format("It has {}.", enumerate(names)));
    }
    return Error(ErrorCode::kBadData, "the workbook holds no rows", "Is it the right file?");
  }

  // Columns of the sheet that hold anything, from the left.
  void map_columns() {
    uint32_t last = 0;
    for (const SheetCell& cell : sheet_.cells) last = std::max(last, cell.column);
    std::vector<bool> used(size_t{last} + 1, false);
    for (const SheetCell& cell : sheet_.cells) used[cell.column] = true;
    columns_.assign(used.size(), 0);
    for (size_t i = 0; i < used.size(); ++i) {
      columns_[i] = width_;
      width_ += used[i] ? 1 : 0;
    }
  }

  std::vector<SampleRow> sample() const {
    std::vector<SampleRow> rows(std::min(kSampleRows, sheet_.rows.size()));
    for (size_t row = 0; row < rows.size(); ++row) {
      rows[row].cells.resize(width_);
      for (const SheetCell& cell : cells_of(row)) {
        rows[row].cells[columns_[cell.column]] = std::string(cell.text);
      }
    }
    return rows;
  }

  SourceBytes source_;
  WorkbookParts parts_;
  SheetCells sheet_;
  std::string sheet_name_;
  std::vector<size_t> columns_;  // by column of the sheet: column of the table
  size_t width_ = 0;
  TableHead head_;
  size_t at_ = 0;
  size_t batch_first_ = 0;
  std::vector<Reject> rejects_;
};

}  // namespace

bool looks_like_workbook(const SourceBytes& source) {
  return source.start.starts_with("PK\3\4") &&
         source.view.bytes.find("xl/workbook.xml") != std::string_view::npos;
}

Result<std::unique_ptr<RowReader>> open_workbook(SourceBytes source, const RowHints& hints) {
  const std::string path = source.info.path;
  auto rows = std::make_unique<WorkbookRows>(std::move(source));
  if (Result<void> opened = rows->open(hints); !opened) {
    return std::move(opened).error().at({.file = path, .field = {}});
  }
  return std::unique_ptr<RowReader>(std::move(rows));
}

}  // namespace regulars::connect
