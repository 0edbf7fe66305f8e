// report.html: one file that needs nothing else, on paper, on a phone, in the dark, without a
// network and without a script (practice D3).
//
// Thread-safety: a pure function.
#pragma once

#include <string>

#include "report/analysis_view.h"

namespace regulars::report {

std::string html_report(const AnalysisView& view);

}  // namespace regulars::report
