// The report's script (charts) and style sheet, bundled when the program is built.
#pragma once

#include <string_view>

namespace regulars::report {

std::string_view chart_script();
std::string_view style_sheet();

}  // namespace regulars::report
