#include "report/list_workbook.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>

#include "base/files.h"
#include "base/temporary_file.h"
#include "report/sheet.h"
#include "report/words.h"

namespace regulars::report {
namespace {

constexpr size_t kMostRows = LXW_ROW_MAX - 1;  // the heading takes one
constexpr size_t kLongestText = 32767;         // characters a cell holds
constexpr double kWidth = 18;

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const SheetCell& cell) {
  if (const double* number = std::get_if<double>(&cell)) {
    worksheet_write_number(sheet, row, column, *number, nullptr);
  } else if (const std::string* text = std::get_if<std::string>(&cell)) {
    const std::string kept(shortened(*text, kLongestText));
    worksheet_write_string(sheet, row, column, kept.c_str(), nullptr);
  }
}

void write_sheet(lxw_workbook* book, const std::string& name,
                 const std::vector<std::string>& headings,
                 const std::vector<std::vector<SheetCell>>& rows) {
  lxw_worksheet* sheet = workbook_add_worksheet(book, sheet_name(name).c_str());
  lxw_format* bold = workbook_add_format(book);
  format_set_bold(bold);
  for (size_t k = 0; k < headings.size(); ++k) {
    const auto column = static_cast<lxw_col_t>(k);
    worksheet_set_column(sheet, column, column, kWidth, nullptr);
    worksheet_write_string(sheet, 0, column, headings[k].c_str(), bold);
  }
  worksheet_freeze_panes(sheet, 1, 1);
  for (size_t i = 0; i < rows.size(); ++i) {
    for (size_t k = 0; k < rows[i].size(); ++k) {
      write_cell(sheet, static_cast<lxw_row_t>(i + 1), static_cast<lxw_col_t>(k), rows[i][k]);
    }
  }
}

}  // namespace

Result<std::string> list_workbook(const std::string& name, const std::vector<std::string>& headings,
                                  const std::vector<std::vector<SheetCell>>& rows,
                                  Instant created) {
  if (rows.size() > kMostRows) {
    return Error(ErrorCode::kUnsupported,
                 fmt::format("a sheet holds {} rows, the list has {}", kMostRows, rows.size()),
                 "Write it as csv or parquet.");
  }
  const TemporaryFile file;
  lxw_workbook_options options = {};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* book = file.made() ? workbook_new_opt(file.path().c_str(), &options) : nullptr;
  if (book == nullptr) {
    return Error(ErrorCode::kIo, "no temporary file can be made for the workbook",
                 "Is there room in the folder for temporary files (TMPDIR)?");
  }
  lxw_doc_properties properties = {};
  properties.created = static_cast<time_t>(created.micros / 1'000'000);
  workbook_set_properties(book, &properties);
  write_sheet(book, name, headings, rows);
  const lxw_error failed = workbook_close(book);
  if (failed != LXW_NO_ERROR) {
    return Error(ErrorCode::kIo,
                 fmt::format("the workbook cannot be written: {}", lxw_strerror(failed)),
                 "Is there room in the folder for temporary files (TMPDIR)?");
  }
  return real_files().read(file.path());
}

}  // namespace regulars::report
