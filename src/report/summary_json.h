// summary.json: the analysis for programs. Money and shares of money are decimal strings, counts
// are integers, shares are numbers 0..1. `schema_version` grows when a field changes its meaning or
// goes away; new fields may come at any time.
//
// Thread-safety: a pure function.
#pragma once

#include <string>

#include "report/analysis_view.h"

namespace regulars::report {

constexpr int kSummarySchemaVersion = 1;

// Indented UTF-8 with a line break at the end. Never names a customer.
std::string summary_json(const AnalysisView& view);

}  // namespace regulars::report
