// Rows of a workbook of Excel 2007 and later, .xlsx and .xlsm (connect/rows.h). A row's line is its
// number in the sheet.
#pragma once

#include <memory>

#include "connect/rows.h"
#include "connect/source_bytes.h"

namespace regulars::connect {

bool looks_like_workbook(const SourceBytes& source);
// kNotFound when the workbook has no sheet of the name in `hints`.
Result<std::unique_ptr<RowReader>> open_workbook(SourceBytes source, const RowHints& hints);

}  // namespace regulars::connect
