// What a careful analyst would say before showing the figures: found from the whole analysis,
// beside what reading the file already told.
#pragma once

#include <vector>

#include "data/order_lines.h"
#include "report/analysis_view.h"

namespace regulars::app {

// What grouping lines into orders had to assume.
std::vector<Notice> grouping_notices(const Assembled& assembled);

// Notices of the intake and of the figures, worst first.
std::vector<Notice> all_notices(const report::AnalysisView& view);

}  // namespace regulars::app
