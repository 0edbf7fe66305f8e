// 4 Who pays.
#include <fmt/format.h>

#include <algorithm>

#include "report/page/sections.h"
#include "report/sentences.h"
#include "report/words.h"

namespace regulars::report {
namespace {

Json curve(const segments::Concentration& concentration) {
  Json points = Json::array({{0, 0}});
  for (const auto& point : concentration.curve) {
    if (point.customer_share <= 0) continue;
    points.push_back({point.customer_share * 100, point.net_share * 100});
  }
  return points;
}

TableRow top_row(std::string_view name, double with, double without, bool both) {
  TableRow row{{cell(name), cell(percent(with))}, ""};
  if (both) row.cells.push_back(cell(percent(without)));
  return row;
}

TableRow count_row(std::string_view name, int64_t with, int64_t without, bool both) {
  TableRow row{{cell(name), cell(counted(with, "customer", "customers"))}, ""};
  if (both) row.cells.push_back(cell(counted(without, "customer", "customers")));
  return row;
}

Table shares_table(const AnalysisView& view) {
  const segments::Concentration& all = view.concentration;
  const segments::Concentration& rest = view.concentration_without_trade;
  const bool both = view.show_without_trade;
  Table table;
  table.columns = {{"Share of net revenue"}, {"All", true}};
  if (both) table.columns.push_back({"Without probable trade", true});
  table.rows = {top_row("Top 1 % of customers", all.top_1_share, rest.top_1_share, both),
                top_row("Top 10 %", all.top_10_share, rest.top_10_share, both),
                top_row("Top 20 %", all.top_20_share, rest.top_20_share, both),
                count_row("Half is brought by", all.bring_half, rest.bring_half, both),
                count_row("80 % is brought by", all.bring_80, rest.bring_80, both)};
  return table;
}

// Customers with net revenue below zero make the others' shares exceed the whole.
bool above_all(const AnalysisView& view) {
  return std::ranges::any_of(view.concentration.curve,
                             [](const auto& point) { return point.net_share > 1.0005; });
}

Figure curve_figure(const AnalysisView& view) {
  Figure figure;
  figure.key = "concentration";
  figure.title = "Share of net revenue brought by the richest customers";
  figure.sub = "Read: the first x % of customers, most valuable first, bring y % of net revenue.";
  figure.height = 340;
  figure.legend = {{"line", "all customers"}};
  Json series = {{{"name", "all"}, {"colour", "accent"}, {"points", curve(view.concentration)}}};
  if (view.show_without_trade) {
    figure.legend.push_back({"quiet line", "without probable trade customers"});
    series.push_back({{"name", "without trade"},
                      {"colour", "quiet"},
                      {"dashed", true},
                      {"points", curve(view.concentration_without_trade)}});
  }
  figure.data = {{"kind", "lines"},
                 {"xUnit", "percent"},
                 {"yUnit", "percent"},
                 {"xName", "share of customers"},
                 {"xText", "first # of customers"},
                 {"xMax", 100},
                 {"yMax", above_all(view) ? Json(nullptr) : Json(100)},
                 {"series", series}};
  figure.table = shares_table(view);
  figure.table_open = true;
  return figure;
}

}  // namespace

Markup who_pays(const AnalysisView& view, Charts& charts) {
  Markup out = tag("p", full_sentence(who_pays_sentence(view)));
  if (view.concentration.customers < 2 || view.concentration.net <= 0) return out;
  if (view.concentration.probable_trade) {
    out += tag("p", text_with_code(fmt::format(
                        "The top 1 % bring more than a fifth: {} {} probably trade customers "
                        "or resellers. Look at them apart (`--exclude`).",
                        counted(view.concentration.top_1_percent, "customer", "customers"),
                        view.concentration.top_1_percent == 1 ? "is" : "are")));
  }
  out += charts.add(curve_figure(view));
  Table tiers;
  tiers.columns = {{"Value tier", false, "value-tier"},
                   {"Customers", true},
                   {"Share", true},
                   {"Net revenue", true, "net"},
                   {"Share", true}};
  for (const segments::ClassSize& tier : view.tier_sizes) {
    tiers.rows.push_back(
        {{cell(tier.name), cell(count(tier.customers)), cell(percent(tier.customer_share)),
          cell(whole_money(view, tier.net)), cell(percent(tier.net_share))},
         ""});
  }
  return out + (tiers.rows.empty() ? Markup() : render(tiers));
}

}  // namespace regulars::report
