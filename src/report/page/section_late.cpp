// 7 Where the two disagree, 8 Late by their own clock.
#include <fmt/format.h>

#include <algorithm>

#include "report/page/last_purchase.h"
#include "report/page/sections.h"
#include "report/sentences.h"
#include "report/words.h"

namespace regulars::report {
namespace {

constexpr size_t kLateShown = 25;

std::vector<std::pair<std::string, std::string>> cells_that_matter() {
  return {{"At risk", "active"},   {"Cannot lose", "active"}, {"Champions", "slipping"},
          {"Champions", "lapsed"}, {"Champions", "lost"},     {"Loyal", "slipping"},
          {"Loyal", "lapsed"},     {"Loyal", "lost"}};
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) {
    if (!value.empty()) out += (out.empty() ? "" : ", ") + shortened(value, 24);
  }
  return out;
}

Markup late_table(const AnalysisView& view) {
  const LastPurchase last(view);
  Table table;
  table.columns = {{"Customer"},
                   {"Orders", true, "purchase"},
                   {"Usual gap", true, "usual-gap"},
                   {"Silent", true, "silent"},
                   {"Times over", true, "times-over"},
                   {"Net, 365 days", true, "net"},
                   {"Net to date", true, "net"},
                   {"RFM class", false, "rfm"}};
  if (!last.facts().empty()) table.columns.push_back({"Last " + joined(last.facts())});
  for (size_t i = 0; i < std::min(kLateShown, view.late.size()); ++i) {
    const segments::LateCustomer& late = view.late[i];
    TableRow row{
        {cell(shortened(customer_label(view, late.customer), 32)), cell(count(late.orders)),
         cell(day_count(late.usual_gap_days)),
         cell(day_count(static_cast<double>(late.silent_days))),
         cell(fmt::format("{:.1f}", late.times_over)), cell(whole_money(view, late.year_net)),
         cell(whole_money(view, late.net)), cell(class_name(view.rfm.segmentation, late.customer))},
        ""};
    if (!last.facts().empty())
      row.cells.push_back(cell(text(joined(last.of(late.customer))), "whole"));
    table.rows.push_back(std::move(row));
  }
  return render(table);
}

}  // namespace

Markup where_they_disagree(const AnalysisView& view, Charts&) {
  Markup out =
      tag("p",
          "RFM looks at all customers together, the life cycle at each alone. Where they disagree, "
          "trust the life cycle for when to act, and RFM for how much is at stake.");
  const std::string both = disagreement_sentence(view);
  if (view.endangered > 0) {
    out += tag("p",
               fmt::format("RFM calls {} At risk or Cannot lose. {}.",
                           counted(view.endangered, "customer", "customers"), sentence_case(both)));
  } else if (!both.empty()) {
    out += tag("p", full_sentence(both));
  }
  Table table = cross_table(view, view.rfm_by_life_cycle, cells_that_matter());
  table.caption =
      "Customers, and their net revenue to date. Framed: At risk or Cannot lose but in rhythm "
      "(leave "
      "them alone); Champions and Loyal but late (look at them first).";
  return out + render(table);
}

Markup late_section(const AnalysisView& view, Charts&) {
  if (view.late.empty()) {
    return tag("p", "Nobody: no repeat buyer is silent for longer than usual.");
  }
  const size_t shown = std::min(kLateShown, view.late.size());
  Markup out = tag("p", fmt::format("{}, most valuable first ({} of {}). The whole list is in "
                                    "regulars.xlsx and customers.csv.",
                                    counted(static_cast<int64_t>(view.late.size()), "repeat buyer",
                                            "repeat buyers"),
                                    shown, count(static_cast<int64_t>(view.late.size()))));
  out += tag("p", full_sentence(late_test_sentence(view)));
  if (view.late_tested && view.late_came_back.value >= 0.5) {
    out += tag("p",
               "Most of such a list come back unaided: it calls for a cheap message and a control "
               "group, not for vouchers.");
  }
  return out + late_table(view);
}

}  // namespace regulars::report
