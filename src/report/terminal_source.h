// Upper half of the terminal summary: what was read and whether it can be trusted.
#pragma once

#include "report/analysis_view.h"
#include "report/terminal_block.h"

namespace regulars::report {

TerminalBlock title_block(const AnalysisView& view, size_t width);
TerminalBlock read_as_block(const AnalysisView& view, size_t width);
TerminalBlock ties_out_block(const AnalysisView& view, size_t width);
TerminalBlock watch_block(const AnalysisView& view, size_t width, size_t max_lines);

}  // namespace regulars::report
