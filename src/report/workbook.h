// regulars.xlsx: what gets mailed upstairs. Numbers are numbers, dates are dates, text is text:
// nothing that stands in a file becomes a formula.
//
// Sheets: Summary, Months, Life cycle, RFM, Late, one per list, Definitions.
#pragma once

#include <string>

#include "base/result.h"
#include "report/analysis_view.h"

namespace regulars::report {

// The bytes of the workbook. kIo when there is no room for a temporary file.
Result<std::string> workbook(const AnalysisView& view);

}  // namespace regulars::report
