// One sheet of a workbook being written: a thin layer over libxlsxwriter, so that the sheets
// themselves read as tables.
#pragma once

#include <xlsxwriter.h>

#include <string>
#include <string_view>
#include <vector>

#include "report/analysis_view.h"

namespace regulars::report {

struct Formats {
  lxw_format* heading = nullptr;
  lxw_format* title = nullptr;
  lxw_format* text = nullptr;  // wrapped
  lxw_format* count = nullptr;
  lxw_format* money = nullptr;
  lxw_format* share = nullptr;
  lxw_format* number = nullptr;  // one digit
  lxw_format* date = nullptr;
};
Formats make_formats(lxw_workbook* book, int money_scale);

struct SheetColumn {
  std::string title;
  double width = 12;  // characters
};

class Sheet {
 public:
  // `name` is shortened and made unique and legal by the caller (sheet_name).
  Sheet(lxw_workbook* book, const Formats& formats, const std::string& name);

  void columns(const std::vector<SheetColumn>& columns);  // a frozen heading row, once
  Sheet& text(std::string_view value);
  Sheet& count(int64_t value);  // empty for kUnknown
  Sheet& money(int64_t units, int scale);
  Sheet& share(double value);
  Sheet& number(double value);      // empty when not a number
  Sheet& date(int64_t day_number);  // empty for kUnknown
  Sheet& blank();
  void end_row();
  void title(std::string_view value);  // a row of its own, bold

  size_t rows() const { return row_; }

 private:
  const Formats& formats_;
  lxw_worksheet* sheet_;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
};

// At most 31 characters, none that a spreadsheet refuses in a sheet's name.
std::string sheet_name(std::string_view name);

}  // namespace regulars::report
