// Pieces that the sections on classes share: the self-test, flows, cross tables.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "report/page/sections.h"
#include "report/sentences.h"
#include "report/words.h"

namespace regulars::report {
namespace {

bool is_late_class(std::string_view name) {
  return name == "slipping" || name == "lapsed" || name == "lost" || name == "At risk" ||
         name == "Cannot lose";
}

std::string side_colour(std::string_view name) {
  if (is_late_class(name)) return "warn";
  return name == "not yet a customer" || name == "prospect" || name == "Hibernating" ? "quiet"
                                                                                     : "accent";
}

struct Side {
  std::vector<std::string> names;
  std::vector<int64_t> totals;
};

Side side_of(const segments::Flows& flows, bool then) {
  Side side;
  side.names = then ? flows.classes_then : flows.classes_now;
  side.totals.assign(side.names.size(), 0);
  for (size_t i = 0; i < flows.customers.size(); ++i) {
    for (size_t j = 0; j < flows.customers[i].size(); ++j) {
      side.totals[then ? i : j] += flows.customers[i][j];
    }
  }
  return side;
}

void add_nodes(Json& nodes, const Side& side, bool then, const std::string& when) {
  for (size_t i = 0; i < side.names.size(); ++i) {
    if (side.totals[i] == 0) continue;
    nodes.push_back({{"name", (then ? "a" : "b") + std::to_string(i)},
                     {"side", then ? 0 : 1},
                     {"label", side.names[i]},
                     {"longLabel", fmt::format("{}  {}", side.names[i], count(side.totals[i]))},
                     {"colour", side_colour(side.names[i])},
                     {"text", fmt::format("{} {}: {}", side.names[i], when,
                                          counted(side.totals[i], "customer", "customers"))}});
  }
}

// Thinner flows than this share of all customers are left to the table.
constexpr double kDrawnFlow = 0.004;

int64_t least_drawn(const Side& side) {
  const int64_t all = std::accumulate(side.totals.begin(), side.totals.end(), int64_t{0});
  return std::max<int64_t>(1, std::llround(static_cast<double>(all) * kDrawnFlow));
}

Json flow_links(const AnalysisView& view, const segments::Flows& flows, int64_t least) {
  Json links = Json::array();
  for (size_t i = 0; i < flows.customers.size(); ++i) {
    for (size_t j = 0; j < flows.customers[i].size(); ++j) {
      const int64_t customers = flows.customers[i][j];
      if (customers < least) continue;
      const bool slips = is_late_class(flows.classes_now[j]);
      links.push_back(
          {{"source", "a" + std::to_string(i)},
           {"target", "b" + std::to_string(j)},
           {"value", customers},
           {"colour", slips ? "warn" : side_colour(flows.classes_then[i])},
           {"text", fmt::format("{} to {}: {}, net {}", flows.classes_then[i], flows.classes_now[j],
                                counted(customers, "customer", "customers"),
                                whole_money(view, flows.net[i][j]))}});
    }
  }
  return links;
}

std::vector<LegendEntry> flows_legend(const segments::Flows& flows) {
  if (std::ranges::count(flows.classes_now, "slipping") > 0) {
    return {{"", "in rhythm"}, {"warn", "late, or getting so"}, {"quiet", "not yet a customer"}};
  }
  return {{"warn", "At risk, Cannot lose"},
          {"quiet", "Hibernating, not yet a customer"},
          {"", "all others"}};
}

Table flows_table(const AnalysisView& view, const segments::Flows& flows) {
  Table table;
  table.classes = "grid";
  table.caption =
      fmt::format("Rows: class on {}. Columns: class now. Customers; net to date below.",
                  short_day(view, local_day(view, flows.then)));
  table.columns.push_back({"then \\ now"});
  int64_t most = 0;
  for (const auto& row : flows.customers) {
    for (const int64_t n : row) most = std::max(most, n);
  }
  for (const std::string& name : flows.classes_now) table.columns.push_back({name, true});
  for (size_t i = 0; i < flows.customers.size(); ++i) {
    TableRow row{{cell(flows.classes_then[i])}, ""};
    for (size_t j = 0; j < flows.customers[i].size(); ++j) {
      const int64_t n = flows.customers[i][j];
      row.cells.push_back(cell(
          n == 0 ? Markup() : text(count(n)),
          heat_class(std::sqrt(static_cast<double>(n)), std::sqrt(static_cast<double>(most)))));
      if (n > 0) {
        row.cells.back().content +=
            Markup::trusted("<br>") + tag("small", whole_money(view, flows.net[i][j]));
      }
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Markup maxim(std::string_view sentence) { return tag("p.maxim", text_with_code(sentence)); }

Markup self_test_table(const AnalysisView& view, const segments::SelfTest& test) {
  if (!test.possible) {
    return tag("p", full_sentence(untested_sentence(test)));
  }
  Table table;
  table.caption = fmt::format(
      "So called on {}, bought in the {} days after; dashed: all customers ({})",
      short_day(view, local_day(view, test.then)), test.horizon_days, percent(test.base.value));
  table.columns = {{"Class"},
                   {"Customers then", true},
                   {"Bought", true, "self-test"},
                   {"+-", true, "interval"},
                   {"Of all"},
                   {"Net in those days", true, "net"}};
  for (const segments::ClassTest& one : test.classes) {
    if (one.returned.of == 0) continue;
    table.rows.push_back(
        {{cell(one.name), cell(count(one.returned.of)), cell(percent(one.returned.value)),
          cell(half_width(one.returned)), cell(interval_bar(one.returned, test.base.value)),
          cell(whole_money(view, one.net_after))},
         ""});
  }
  table.rows.push_back(
      {{cell("all customers"), cell(count(test.base.of)), cell(percent(test.base.value)),
        cell(half_width(test.base)), cell(interval_bar(test.base)), cell("")},
       "total"});
  Markup out = render(table);
  if (!test.sentence.empty()) out += tag("p", full_sentence(test.sentence));
  return out;
}

Markup flows_figure(const AnalysisView& view, Charts& charts, const segments::Flows& flows,
                    const std::string& key) {
  const Side then = side_of(flows, true);
  const Side now = side_of(flows, false);
  Json nodes = Json::array();
  const std::string day = short_day(view, local_day(view, flows.then));
  add_nodes(nodes, then, true, "on " + day);
  add_nodes(nodes, now, false, "now");
  if (nodes.empty()) return {};
  Figure figure;
  figure.key = key;
  figure.title = fmt::format("Who moved: {} (left) to now (right)", day);
  const int64_t least = least_drawn(then);
  figure.sub = "The width is the number of customers.";
  if (least > 1) {
    figure.sub += fmt::format(" Flows of fewer than {} are only in the table.", count(least));
  }
  figure.legend = flows_legend(flows);
  figure.height = 60 + 42 * static_cast<int>(std::max(then.names.size(), now.names.size()));
  figure.data = {{"kind", "sankey"}, {"nodes", nodes}, {"links", flow_links(view, flows, least)}};
  figure.table = flows_table(view, flows);
  return charts.add(std::move(figure));
}

Table cross_table(const AnalysisView& view, const segments::CrossTable& cross,
                  const std::vector<std::pair<std::string, std::string>>& named) {
  Table table;
  table.classes = "grid";
  table.columns.push_back({""});
  double most = 0;
  std::vector<bool> used(cross.columns.size(), false);
  for (const auto& row : cross.customers) {
    for (size_t j = 0; j < row.size(); ++j) {
      most = std::max(most, static_cast<double>(row[j]));
      if (row[j] > 0) used[j] = true;
    }
  }
  for (size_t j = 0; j < cross.columns.size(); ++j) {
    if (used[j]) table.columns.push_back({cross.columns[j], true});
  }
  for (size_t i = 0; i < cross.rows.size(); ++i) {
    const auto& counts = cross.customers[i];
    if (std::ranges::count(counts, 0) == std::ssize(counts)) continue;
    TableRow row{{cell(cross.rows[i])}, ""};
    for (size_t j = 0; j < cross.columns.size(); ++j) {
      if (!used[j]) continue;
      const int64_t n = cross.customers[i][j];
      std::string classes = heat_class(std::sqrt(static_cast<double>(n)), std::sqrt(most));
      if (n > 0 && std::ranges::count(named, std::pair(cross.rows[i], cross.columns[j])) > 0) {
        classes += " named";
      }
      Markup content = n == 0 ? Markup() : text(count(n));
      if (n > 0) {
        content += Markup::trusted("<br>") + tag("small", whole_money(view, cross.net[i][j]));
      }
      row.cells.push_back(cell(std::move(content), classes));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace regulars::report
