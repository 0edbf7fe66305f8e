// What a workbook says about itself beside its cells: sheets, texts, formats. Source: ECMA-376-1,
// part 1, section 18 (SpreadsheetML).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "connect/zip_archive.h"

namespace regulars::connect {

// What a cell's number stands for, from its number format.
enum class NumberMeaning { kNumber, kDate, kTimeOfDay };

struct WorkbookSheet {
  std::string name;
  std::string part;  // "xl/worksheets/sheet1.xml"
};

struct WorkbookParts {
  std::vector<WorkbookSheet> sheets;  // in the order of the tabs
  std::vector<std::string> texts;     // by index
  std::vector<NumberMeaning> styles;  // by a cell's style
  bool from_1904 = false;             // days are counted from 1904-01-01
};

// From the code of a number format: "dd/mm/yyyy hh:mm" is a date, "#,##0.00" a number.
NumberMeaning meaning_of_format(std::string_view code);

Result<WorkbookParts> read_workbook_parts(const ZipArchive& archive);

}  // namespace regulars::connect
