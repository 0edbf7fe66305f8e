// The CSV files of an analysis: UTF-8, comma, a header line, '\n', money as plain decimals, dates
// as YYYY-MM-DD, empty where unknown. Text that a spreadsheet would run as a formula is escaped
// (base/csv.h).
//
// Thread-safety: pure functions.
#pragma once

#include <string>

#include "report/analysis_view.h"

namespace regulars::report {

// One row per customer seen, in the order of first appearance in the source. Ids as in the source.
std::string customers_csv(const AnalysisView& view);
// One row per class of each segmentation, with the self-test.
std::string segments_csv(const AnalysisView& view);
std::string months_csv(const AnalysisView& view);
// The customers of one card: why each is on the list, and whether to contact or to leave alone.
std::string list_csv(const AnalysisView& view, const segments::ActionCard& card);
std::string rejects_csv(const AnalysisView& view);

// "silent for 38 days, usually 11 between orders": why a customer is on a list.
std::string list_reason(const AnalysisView& view, CustomerNumber customer);

}  // namespace regulars::report
