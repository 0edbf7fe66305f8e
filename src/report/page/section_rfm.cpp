// 6 RFM.
#include <fmt/format.h>

#include <array>

#include "report/class_words.h"
#include "report/page/sections.h"
#include "report/words.h"

namespace regulars::report {
namespace {

struct GridCell {
  int64_t customers = 0, net = 0;
};
using Grid = std::array<std::array<GridCell, 5>, 5>;  // [r - 1][f - 1]

Grid score_grid(const AnalysisView& view) {
  Grid grid{};
  for (size_t c = 0; c < view.rfm.r.size(); ++c) {
    if (view.rfm.r[c] < 1) continue;
    GridCell& at =
        grid[static_cast<size_t>(view.rfm.r[c] - 1)][static_cast<size_t>(view.rfm.f[c] - 1)];
    ++at.customers;
    at.net += view.facts->window_net[c];
  }
  return grid;
}

std::string orders_words(const segments::ScoreRange& range) {
  if (range.customers == 0) return "nobody";
  if (range.low == range.high) return range.low == 1 ? "once" : fmt::format("{} orders", range.low);
  return fmt::format("{} to {} orders", count(range.low), count(range.high));
}

std::string recency_words(const segments::ScoreRange& range) {
  if (range.customers == 0) return "nobody";
  const std::string last = day_count(static_cast<double>(range.high));
  if (range.high == 0) return "bought on the last day";
  if (range.low == 0) return "bought in the last " + last;
  if (range.low == range.high) return fmt::format("bought {} ago", last);
  return fmt::format("bought {} to {} ago", count(range.low), last);
}

std::string net_words(const AnalysisView& view, const segments::ScoreRange& range) {
  if (range.customers == 0) return "nobody";
  return fmt::format("{} to {}", money(view, range.low), money(view, range.high));
}

std::string short_orders(const segments::ScoreRange& range) {
  if (range.customers == 0) return "-";
  if (range.low == range.high) return range.low == 1 ? "once" : count(range.low);
  return fmt::format("{}-{}", count(range.low), count(range.high));
}

std::string short_days(const segments::ScoreRange& range) {
  if (range.customers == 0) return "-";
  const std::string last = day_count(static_cast<double>(range.high));
  return range.low == range.high ? last : fmt::format("{}-{}", count(range.low), last);
}

Markup cuts_table(const AnalysisView& view) {
  Table table;
  table.caption = fmt::format("The cuts in plain words, over {}", view.rfm_window);
  table.columns = {{"Score"}, {"r: recency"}, {"f: frequency"}, {"m: net revenue"}};
  table.classes = "stack";
  for (size_t i = 5; i-- > 0;) {
    table.rows.push_back(
        {{cell(std::to_string(i + 1)), cell(recency_words(view.rfm.r_ranges[i])),
          cell(orders_words(view.rfm.f_ranges[i])), cell(net_words(view, view.rfm.m_ranges[i]))},
         ""});
  }
  return render(table);
}

Table grid_table(const AnalysisView& view, const Grid& grid) {
  Table table;
  table.classes = "grid";
  table.caption = "Customers; net revenue below";
  table.columns.push_back({""});
  double most = 0;
  for (const auto& row : grid) {
    for (const GridCell& at : row) most = std::max(most, static_cast<double>(at.net));
  }
  for (size_t f = 0; f < 5; ++f) table.columns.push_back({fmt::format("f = {}", f + 1), true});
  for (size_t r = 5; r-- > 0;) {
    TableRow row{{cell(fmt::format("r = {}", r + 1))}, ""};
    for (const GridCell& at : grid[r]) {
      row.cells.push_back(at.customers == 0
                              ? cell(Markup(), "heat s0")
                              : cell(text(count(at.customers)) + Markup::trusted("<br>") +
                                         tag("small", whole_money(view, at.net)),
                                     heat_class(static_cast<double>(at.net), most)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Figure grid_figure(const AnalysisView& view) {
  const Grid grid = score_grid(view);
  Figure figure;
  figure.key = "rfm-grid";
  figure.title = "Recency by frequency";
  figure.sub = "The area of a square is the number of customers, its colour their net revenue.";
  figure.height = 460;
  figure.square = true;
  Json columns = Json::array();
  Json rows = Json::array();
  Json cells = Json::array();
  for (size_t f = 0; f < 5; ++f) {
    columns.push_back(fmt::format("f {}\n{}", f + 1, short_orders(view.rfm.f_ranges[f])));
  }
  for (size_t r = 5; r-- > 0;) {
    const segments::ScoreRange& range = view.rfm.r_ranges[r];
    rows.push_back(fmt::format("r {}\n{}", r + 1, short_days(range)));
    for (size_t f = 0; f < 5; ++f) {
      const GridCell& at = grid[r][f];
      cells.push_back({{"column", f},
                       {"row", 4 - r},
                       {"size", at.customers},
                       {"weight", static_cast<double>(at.net)},
                       {"label", count(at.customers)},
                       {"text", fmt::format("r {}, f {}: {}, net {}", r + 1, f + 1,
                                            counted(at.customers, "customer", "customers"),
                                            whole_money(view, at.net))}});
    }
  }
  figure.data = {{"kind", "matrix"}, {"columns", columns}, {"rows", rows}, {"cells", cells}};
  figure.table = grid_table(view, grid);
  return figure;
}

Markup sizes_table(const AnalysisView& view) {
  Table table;
  table.columns = {{"Class", false, "rfm"}, {"Customers", true},          {"Share", true},
                   {"Orders", true},        {"Net revenue", true, "net"}, {"Share", true},
                   {"Of net revenue"}};
  for (const segments::ClassSize& size : view.rfm_sizes) {
    table.rows.push_back(
        {{cell(size.name), cell(count(size.customers)), cell(percent(size.customer_share)),
          cell(count(size.orders)), cell(whole_money(view, size.net)),
          cell(percent(size.net_share)), cell(meter(size.net_share))},
         ""});
  }
  return render(table);
}

Markup words_table(const AnalysisView& view) {
  Table table;
  table.columns = {{"Class"}, {"Who"}, {"Suggested next step"}, {"Do not"}, {"Measure by"}};
  table.classes = "stack";
  for (const segments::ClassSize& size : view.rfm_sizes) {
    const RfmWords* words = rfm_words(size.name);
    if (words == nullptr || size.customers == 0) continue;
    table.rows.push_back({{cell(size.name), cell(words->who), cell(words->step),
                           cell(words->do_not), cell(words->measure)},
                          ""});
  }
  return table.rows.empty() ? Markup() : tag("h3", "What to do with each class") + render(table);
}

}  // namespace

Markup rfm_section(const AnalysisView& view, Charts& charts) {
  Markup out = maxim("RFM ranks customers against each other: a fifth is always at the bottom.");
  if (view.rfm.unscored > 0) {
    out +=
        tag("p", fmt::format("{} bought nothing in {} and carry no score.",
                             counted(view.rfm.unscored, "customer", "customers"), view.rfm_window));
  }
  out += charts.add(grid_figure(view));
  out += sizes_table(view);
  for (const std::string& remark : view.rfm.remarks) out += tag("p.note", remark);
  out += tag("h3", "The cuts") + cuts_table(view);
  out += tag("h3", "Did the names hold last time?") + self_test_table(view, view.rfm_test);
  if (!view.rfm_flows.customers.empty()) {
    out += flows_figure(view, charts, view.rfm_flows, "rfm-flows");
  }
  return out + words_table(view);
}

}  // namespace regulars::report
