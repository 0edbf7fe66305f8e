// A list of customers as a workbook of one sheet.
//
// Thread-safety: plain functions.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace regulars::report {

// Empty, a number, or text: text is never a formula, whatever it begins with.
using SheetCell = std::variant<std::monostate, double, std::string>;

// kUnsupported for more rows than a sheet holds. `created` is what the file says of itself.
Result<std::string> list_workbook(const std::string& name, const std::vector<std::string>& headings,
                                  const std::vector<std::vector<SheetCell>>& rows, Instant created);

}  // namespace regulars::report
