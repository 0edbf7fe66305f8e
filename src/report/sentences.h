// Sentences that more than one report says.
#pragma once

#include <string>

#include "report/analysis_view.h"

namespace regulars::report {

// "43 customers (1 %) bring 30 % of net revenue, 242 bring half, 1,178 bring 80 %"
std::string who_pays_sentence(const AnalysisView& view);
// "another order within 90 days: after the 1st 46 %, 2nd 64 %, 3rd 73 %, 5th 90 %"
std::string ladder_sentence(const AnalysisView& view);
// "half of second orders come within 68 days, 80 % within 154", or whose rhythm is assumed instead.
std::string second_order_sentence(const AnalysisView& view);
// "of those so listed on 10 Sep 59 % came back by themselves (those in rhythm: 79 %)"
std::string late_test_sentence(const AnalysisView& view);
// "124 of those 409 are inside their own rhythm; 18 Champions and Loyals are late by theirs"; ""
std::string disagreement_sentence(const AnalysisView& view);

const segments::ClassSize* size_of(const std::vector<segments::ClassSize>& sizes,
                                   std::string_view name);
const segments::ClassTest* test_of(const segments::SelfTest& test, std::string_view name);
// "too short to test: the file covers 14 days"
std::string untested_sentence(const segments::SelfTest& test);
// Most of the lost come back all the same, so the word is too strong here.
bool lost_come_back(const AnalysisView& view);

}  // namespace regulars::report
