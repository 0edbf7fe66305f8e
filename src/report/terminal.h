// The summary that `regulars analyze` leaves on the screen (practice D2): what was read, whether
// it ties out, what to watch, who pays, who is due, what to do next.
//
// Thread-safety: a pure function.
#pragma once

#include <cstddef>
#include <string>

#include "report/analysis_view.h"

namespace regulars::report {

struct TerminalOptions {
  size_t width = 100;     // no line is longer; at least 80
  size_t max_lines = 34;  // Watch lines give way first, then the examples of late customers
  bool colour = false;    // ANSI colours, for names only
};

// Lines end with '\n'.
std::string terminal_summary(const AnalysisView& view, const TerminalOptions& options = {});

}  // namespace regulars::report
