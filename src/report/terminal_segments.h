// Lower half of the terminal summary: who pays, who is due, what to do.
#pragma once

#include "report/analysis_view.h"
#include "report/terminal_block.h"

namespace regulars::report {

TerminalBlock who_pays_block(const AnalysisView& view, size_t width);
TerminalBlock ladder_block(const AnalysisView& view, size_t width);
TerminalBlock life_cycle_block(const AnalysisView& view, size_t width);
TerminalBlock rfm_block(const AnalysisView& view, size_t width);
TerminalBlock late_block(const AnalysisView& view, size_t width, size_t max_customers);
TerminalBlock next_block(const AnalysisView& view, size_t width, size_t max_cards);
TerminalBlock wrote_block(const AnalysisView& view, size_t width);

}  // namespace regulars::report
