#include "app/notices.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/words.h"

namespace regulars::app {
namespace {

using report::AnalysisView;
using report::counted;

std::string percent(double share) {
  return share < 0.0995 && share > 0 ? fmt::format("{:.1f} %", 100 * share)
                                     : fmt::format("{:.0f} %", 100 * share);
}

void add_unattributed(const AnalysisView& view, std::vector<Notice>& notices) {
  const double share = view.unattributed.share_of_sales;
  if (share < 0.005) return;
  notices.push_back({"unattributed_share",
                     fmt::format("{:.1f} % of sales carry no customer: what follows is about the "
                                 "other {:.1f} %",
                                 100 * share, 100 - 100 * share),
                     "--customer", share > 0.05 ? 90.0 : 45.0});
}

void add_undone(const AnalysisView& view, std::vector<Notice>& notices) {
  const auto undone = segments::undone_among_largest(*view.facts);
  if (undone.empty()) return;
  std::string names;
  for (size_t i = 0; i < std::min<size_t>(3, undone.size()); ++i) {
    names += (i == 0 ? "" : ", ") + std::string(view.history->customer_id(undone[i].customer));
  }
  notices.push_back({"undone_among_largest",
                     fmt::format("{} of the 10 largest buyers gave nearly all of it back ({}): "
                                 "ranking is by net",
                                 undone.size(), names),
                     "", 80});
}

void add_trade(const AnalysisView& view, std::vector<Notice>& notices) {
  if (!view.concentration.probable_trade) return;
  notices.push_back(
      {"probable_trade",
       fmt::format("{} customers (1 %) bring {}: probably trade customers",
                   view.concentration.top_1_percent, percent(view.concentration.top_1_share)),
       "--exclude", 55});
}

void add_charges(const AnalysisView& view, std::vector<Notice>& notices) {
  const auto& charges = view.products.charges;
  if (charges.empty()) return;
  std::string names;
  for (size_t i = 0; i < std::min<size_t>(3, charges.size()); ++i) {
    const std::string& name = charges[i].name.empty() ? charges[i].id : charges[i].name;
    names += (i == 0 ? "" : ", ") + name.substr(0, 18);
  }
  notices.push_back(
      {"charges",
       fmt::format("{}{} {} ({}): not counted as products", names, charges.size() > 3 ? " ..." : "",
                   charges.size() == 1 ? "is a charge" : "are charges",
                   percent(view.products.charge_share)),
       "", 60});
}

// Returns of the last sales are still to come.
void add_provisional(const AnalysisView& view, std::vector<Notice>& notices) {
  const segments::RefundDelay& delay = view.refund_delay;
  if (delay.matched < 30 || view.refunds * 100 < view.gross) return;
  notices.push_back({"provisional_net",
                     fmt::format("80 % of returns come within {} days: net of the last {} is "
                                 "provisional",
                                 delay.q80, delay.q80),
                     "", 48});
}

std::string month_name(Day begin) {
  const std::string text = for_people(begin);  // "1 Dec 2011"
  return text.substr(text.find(' ') + 1);
}

void add_edges(const AnalysisView& view, std::vector<Notice>& notices) {
  if (view.months.empty()) return;
  const segments::Month& last = view.months.back();
  std::string text;
  if (last.partial && view.months.size() > 1) {
    text = fmt::format("{} has {} day{}", month_name(last.begin), last.days_covered,
                       last.days_covered == 1 ? "" : "s");
  }
  if (view.months.size() > 2) {
    text += fmt::format("{}buyers of {} look new only because the file starts there",
                        text.empty() ? "" : "; ", month_name(start_of_month(view.from)));
  }
  if (!text.empty()) notices.push_back({"edges", text, "", 58});
}

void add_duplicates(const AnalysisView& view, std::vector<Notice>& notices) {
  const int64_t dropped = view.intake.rows.duplicates;
  const int64_t kept = view.intake.exact_duplicates - dropped;
  if (kept <= 0 && dropped <= 0) return;
  const double share = static_cast<double>(kept + dropped) /
                       static_cast<double>(std::max<int64_t>(1, view.intake.rows.read));
  std::string text =
      counted(kept, "row is an exact duplicate: kept", "rows are exact duplicates: kept");
  if (dropped > 0) {
    text = counted(dropped, "exact duplicate row was dropped", "exact duplicate rows were dropped");
  }
  notices.push_back(
      {"duplicates", text, dropped > 0 ? "" : "--drop-duplicates", share > 0.05 ? 70.0 : 40.0});
}

void add_rows(const AnalysisView& view, std::vector<Notice>& notices) {
  const RowCounts& rows = view.intake.rows;
  if (rows.not_sales > 0) {
    notices.push_back({"not_sales",
                       counted(rows.not_sales, "row is no sale by its status: left out",
                               "rows are no sales by their status: left out"),
                       "--status none", 42});
  }
}

void add_snapshot(const AnalysisView& view, std::vector<Notice>& notices) {
  if (!view.life_cycle.rhythm.own) {
    notices.push_back(
        {"few_repeat_buyers",
         fmt::format("only {} (200 needed): the life cycle uses the '{}' table",
                     counted(view.life_cycle.rhythm.repeat_buyers, "repeat buyer", "repeat buyers"),
                     view.life_cycle.rhythm.vertical),
         "--kind", 65});
  }
  if (view.rfm.unscored > 0) {
    notices.push_back(
        {"unscored",
         fmt::format("{} bought nothing in {}: without RFM class",
                     counted(view.rfm.unscored, "customer", "customers"), view.rfm_window),
         "--rfm-window", 35});
  }
  for (const std::string& remark : view.rfm.remarks) {
    notices.push_back({"rfm_map", "RFM rules: " + remark, "--rfm", 30});
  }
}

}  // namespace

std::vector<Notice> grouping_notices(const Assembled& assembled) {
  std::vector<Notice> notices;
  if (assembled.orders_by_same_instant > 0) {
    notices.push_back({"orders_by_instant",
                       fmt::format("{} without a number: a customer's rows at one instant are one",
                                   counted(assembled.orders_by_same_instant, "order", "orders")),
                       "--order", 25});
  }
  if (assembled.orders_with_two_customers > 0) {
    notices.push_back({"orders_with_two_customers",
                       fmt::format("{} with one number for several customers: one for each",
                                   counted(assembled.orders_with_two_customers, "order", "orders")),
                       "--customer", 45});
  }
  if (assembled.orders_far_apart > 0) {
    notices.push_back(
        {"orders_far_apart",
         fmt::format("{} with lines more than 7 days apart: do the numbers begin again?",
                     counted(assembled.orders_far_apart, "order", "orders")),
         "--order none", 62});
  }
  if (assembled.orders_with_conflicting_totals > 0) {
    notices.push_back(
        {"conflicting_totals",
         fmt::format("{} with totals that differ between lines: the largest counts",
                     counted(assembled.orders_with_conflicting_totals, "order", "orders")),
         "--amount-is line", 60});
  }
  return notices;
}

std::vector<Notice> all_notices(const AnalysisView& view) {
  std::vector<Notice> notices = view.intake.notices;
  // The intake counts what the figures say better.
  std::erase_if(notices, [](const Notice& notice) {
    return notice.code == "duplicates" || notice.code == "charges" || notice.code == "statuses";
  });
  add_unattributed(view, notices);
  add_provisional(view, notices);
  add_undone(view, notices);
  add_charges(view, notices);
  add_edges(view, notices);
  add_trade(view, notices);
  add_duplicates(view, notices);
  add_rows(view, notices);
  add_snapshot(view, notices);
  std::stable_sort(notices.begin(), notices.end(),
                   [](const Notice& a, const Notice& b) { return a.weight > b.weight; });
  return notices;
}

}  // namespace regulars::app
