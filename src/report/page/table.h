// Tables of the page: numbers to the right, first cell names the row, wide ones scroll, `stack`
// ones become cards on a phone.
#pragma once

#include <string>
#include <vector>

#include "report/analysis_view.h"
#include "report/page/markup.h"

namespace regulars::report {

struct TableColumn {
  std::string title;
  bool number = false;
  std::string definition = {};  // key of its definition; may be empty
};

struct TableCell {
  Markup content;
  std::string classes = {};  // added to the column's own
};

struct TableRow {
  std::vector<TableCell> cells;
  std::string classes = {};
};

struct Table {
  std::string caption;
  std::vector<TableColumn> columns;
  std::vector<TableRow> rows;
  std::string classes;  // "stack", "grid"
};

Markup render(const Table& table);

TableCell cell(std::string_view text);
TableCell cell(Markup content, std::string classes = {});

// A share with its interval as a dot on a line from 0 to 100 %; `mark` (0..1) is a dashed line,
// none below 0.
Markup interval_bar(const segments::Share& share, double mark = -1);
// A bar for a share 0..1.
Markup meter(double share);
// Class of a heat cell: "heat s0" .. "heat s6", by value / max.
std::string heat_class(double value, double max);

}  // namespace regulars::report
