// Parts of the test shop: its segments, its figures, its cards.
#pragma once

#include "report/analysis_view.h"

namespace regulars::report {

void fill_test_segments(AnalysisView& view, const segments::CustomerFacts& facts);
void fill_test_shop_facts(AnalysisView& view);
void fill_test_cards(AnalysisView& view);

}  // namespace regulars::report
