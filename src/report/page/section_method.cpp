// 16 Method.
#include <fmt/format.h>

#include "report/definitions.h"
#include "report/page/sections.h"
#include "report/words.h"

namespace regulars::report {
namespace {

Markup definition_list(const AnalysisView& view) {
  Markup entries;
  for (const Definition& definition : definitions(view)) {
    entries +=
        tag("div", tag("dt", definition.name) + tag("dd", text_with_code(definition.meaning)),
            {{"id", "def-" + definition.key}});
  }
  return tag("dl.definitions", entries);
}

std::string bounds(const std::array<double, 4>& cuts) {
  return fmt::format("{:g} | {:g} | {:g} | {:g}", cuts[0], cuts[1], cuts[2], cuts[3]);
}

Markup cuts_table(const AnalysisView& view) {
  const segments::RfmCuts& cuts = view.rfm.cuts;
  const segments::ShopRhythm& rhythm = view.life_cycle.rhythm;
  Table table;
  table.columns = {{"Setting"}, {"Value"}};
  table.classes = "stack";
  table.rows = {
      {{cell("RFM cuts"),
        cell(cuts.kind == segments::CutKind::kQuantile ? "found from these customers"
                                                       : "as given")},
       ""},
      {{cell("RFM window"), cell(view.rfm_window)}, ""},
      {{cell("Recency, days, lower bounds"), cell(bounds(cuts.recency_days))}, ""},
      {{cell("Orders, lower bounds of 2 to 5"), cell(bounds(cuts.orders))}, ""},
      {{cell("Net revenue, lower bounds of 2 to 5"), cell(bounds(cuts.net))}, ""},
      {{cell("Shop's usual gap"), cell(day_count(rhythm.usual_gap()))}, ""},
      {{cell("Days to the second order: half, 80 %, 95 %"),
        cell(fmt::format("{:.0f} | {:.0f} | {:.0f}", rhythm.q50, rhythm.q80, rhythm.q95))},
       ""},
      {{cell("Least days before slipping, lapsed, lost"),
        cell(fmt::format("{} | {} | {}", rhythm.floor_active, rhythm.floor_slipping,
                         rhythm.floor_lapsed))},
       ""},
      {{cell("Rhythm from"), cell(rhythm.own ? std::string("this shop")
                                             : fmt::format("a {} shop, assumed", rhythm.vertical))},
       ""},
      {{cell("Control group"), cell(percent(view.inputs.control_share))}, ""},
      {{cell("As of"), cell(last_moment(view) + (view.as_of_given ? ", as asked" : ""))}, ""},
      {{cell("Regulars"), cell("version " + view.version)}, ""},
  };
  return render(table);
}

}  // namespace

Markup method_section(const AnalysisView& view, Charts&) {
  Markup cannot;
  for (const std::string& limit : limits()) cannot += tag("li", limit);
  return tag("h3", "What every figure means") + definition_list(view) +
         tag("h3", "Cuts and settings") + cuts_table(view) + tag("h3", "To get this report again") +
         tag("p", tag("code", view.command)) + tag("h3", "What this cannot know") +
         tag("ul", cannot);
}

}  // namespace regulars::report
