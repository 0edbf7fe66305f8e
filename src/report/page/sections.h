// The sections of the page, in their order (practice D3).
#pragma once

#include "report/analysis_view.h"
#include "report/page/figure.h"
#include "report/page/markup.h"

namespace regulars::report {

struct Section {
  const char* key;    // anchor
  const char* title;  // heading and entry of the contents
  Markup (*body)(const AnalysisView& view, Charts& charts);
};

Markup one_minute(const AnalysisView& view, Charts& charts);
Markup is_this_my_data(const AnalysisView& view, Charts& charts);
Markup what_it_can_answer(const AnalysisView& view, Charts& charts);
Markup headline_figures(const AnalysisView& view, Charts& charts);
Markup who_pays(const AnalysisView& view, Charts& charts);
Markup life_cycle_section(const AnalysisView& view, Charts& charts);
Markup rfm_section(const AnalysisView& view, Charts& charts);
Markup where_they_disagree(const AnalysisView& view, Charts& charts);
Markup late_section(const AnalysisView& view, Charts& charts);
Markup second_order_section(const AnalysisView& view, Charts& charts);
Markup cohorts_section(const AnalysisView& view, Charts& charts);
Markup rhythm_section(const AnalysisView& view, Charts& charts);
Markup products_section(const AnalysisView& view, Charts& charts);
Markup places_section(const AnalysisView& view, Charts& charts);
Markup what_to_do(const AnalysisView& view, Charts& charts);
Markup data_quality(const AnalysisView& view, Charts& charts);
Markup method_section(const AnalysisView& view, Charts& charts);

// Pieces that several sections use.
Markup maxim(std::string_view sentence);  // a section's fixed sentence
Markup self_test_table(const AnalysisView& view, const segments::SelfTest& test);
Markup flows_figure(const AnalysisView& view, Charts& charts, const segments::Flows& flows,
                    const std::string& key);
// Customers and net revenue of two segmentations crossed, as a heat table; `named` cells get a
// frame: (row name, column name).
Table cross_table(const AnalysisView& view, const segments::CrossTable& cross,
                  const std::vector<std::pair<std::string, std::string>>& named);
// Words that look like an e-mail address are replaced, unless contacts are to be shown.
std::string without_contacts(const AnalysisView& view, const std::string& sentence);

}  // namespace regulars::report
