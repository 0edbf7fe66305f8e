// The rows of the source, each counted once: for the terminal, the page and the workbook alike.
#pragma once

#include <string>
#include <vector>

#include "report/analysis_view.h"

namespace regulars::report {

struct RowPart {
  std::string name;     // stable: "used", "refunds" ...
  std::string words;    // "sales", "cancelled" ...
  std::string meaning;  // one sentence
  int64_t rows = 0;
};
// Every part, also those that are zero; together they are the rows read.
std::vector<RowPart> row_parts(const AnalysisView& view);

}  // namespace regulars::report
