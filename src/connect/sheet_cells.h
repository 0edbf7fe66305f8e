// The cells of one sheet of a workbook as texts.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "connect/byte_stream.h"
#include "connect/workbook_parts.h"

namespace regulars::connect {

struct SheetCell {
  uint32_t column = 0;  // 0-based
  std::string_view text;
};

struct SheetRow {
  uint32_t number = 0;  // 1-based, as spreadsheets show it
  size_t first = 0;     // of SheetCells::cells; up to the next row's first
};

// Moved, never copied: the cells are views.
struct SheetCells {
  SheetCells() = default;
  SheetCells(SheetCells&&) = default;
  SheetCells& operator=(SheetCells&&) = default;

  std::vector<SheetRow> rows;  // those with a cell that is not empty, ascending
  std::vector<SheetCell> cells;
  std::deque<std::string> blocks;  // what the views point into, beside the texts of the workbook
};

// Dates become ISO 8601 ("2011-12-09", "2011-12-09T08:26:00"), numbers lose ".0", truths are
// "true" and "false", formulas give their last result. `parts` outlives the cells.
Result<SheetCells> read_sheet(ByteStream& xml, const WorkbookParts& parts);

// A count of days since the last of 1899 (or 1904-01-01) as a date, with the time if it has one;
// below one, or with kTimeOfDay, the time alone. Empty when it is no date of the years 1900-9999.
std::string serial_text(double days, NumberMeaning meaning, bool from_1904);

}  // namespace regulars::connect
