// 11 Rhythm.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "report/page/sections.h"
#include "report/words.h"

namespace regulars::report {
namespace {

constexpr std::array<const char*, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Bar {
  std::string name, text;
  double value;
};

Json bars_json(const std::vector<Bar>& bars, bool touching) {
  Json categories = Json::array();
  Json values = Json::array();
  Json texts = Json::array();
  for (const Bar& bar : bars) {
    categories.push_back(bar.name);
    values.push_back(bar.value);
    texts.push_back(bar.text);
  }
  return {{"kind", "bars"},
          {"unit", "number"},
          {"touching", touching},
          {"categories", categories},
          {"series", {{{"name", ""}, {"colour", "accent"}, {"values", values}, {"texts", texts}}}}};
}

Figure gaps_figure(const AnalysisView& view) {
  const auto& histogram = view.rhythm.gap_histogram;
  Figure figure;
  figure.key = "gaps";
  figure.title = "Usual days between purchases";
  figure.sub =
      "Customers with at least two purchase days, by the middle one of their own gaps, in days.";
  figure.height = 260;
  figure.table.columns = {{"Days between purchases"}, {"Customers", true}};
  std::vector<Bar> bars;
  for (size_t i = 0; i < histogram.size(); ++i) {
    const auto [begin, customers] = histogram[i];
    const bool last = i + 1 == histogram.size();
    const int64_t end = last ? begin : histogram[i + 1].first - 1;
    std::string days = count(begin);
    if (last) {
      days += " and more";
    } else if (end > begin) {
      days += fmt::format(" to {}", count(end));
    }
    bars.push_back({last ? count(begin) + "+" : count(begin),
                    fmt::format("{} days: {}", days, counted(customers, "customer", "customers")),
                    static_cast<double>(customers)});
    figure.table.rows.push_back({{cell(days), cell(count(customers))}, ""});
  }
  figure.data = bars_json(bars, true);
  return figure;
}

Figure hours_figure(const AnalysisView& view) {
  Figure figure;
  figure.key = "hours";
  figure.title = "Orders by weekday and hour";
  figure.sub = fmt::format("In {}. If the quiet hours lie in the daytime, the time zone is wrong.",
                           view.time_zone);
  figure.height = 250;
  Json columns = Json::array();
  Json rows = Json::array();
  Json cells = Json::array();
  figure.table.columns = {{"Hour"}};
  for (size_t d = 0; d < 7; ++d) {
    rows.push_back(kDays[d]);
    figure.table.columns.push_back({kDays[d], true});
  }
  for (size_t h = 0; h < 24; ++h) {
    columns.push_back(fmt::format("{:02}", h));
    TableRow row{{cell(fmt::format("{:02}:00", h))}, ""};
    for (size_t d = 0; d < 7; ++d) {
      const int64_t orders = view.rhythm.orders[d][h];
      cells.push_back(
          {h, d, orders,
           fmt::format("{} {:02}:00: {}", kDays[d], h, counted(orders, "order", "orders"))});
      row.cells.push_back(cell(count(orders)));
    }
    figure.table.rows.push_back(std::move(row));
  }
  figure.data = {{"kind", "heat"}, {"columns", columns}, {"rows", rows}, {"cells", cells}};
  return figure;
}

Figure weekdays_figure(const AnalysisView& view) {
  Figure figure;
  figure.key = "weekdays";
  figure.title = "Orders by weekday";
  figure.height = 220;
  figure.table.columns = {{"Weekday"}, {"Orders", true}};
  std::vector<Bar> bars;
  for (size_t d = 0; d < 7; ++d) {
    int64_t orders = 0;
    for (const int64_t n : view.rhythm.orders[d]) orders += n;
    bars.push_back({kDays[d], fmt::format("{}: {}", kDays[d], counted(orders, "order", "orders")),
                    static_cast<double>(orders)});
    figure.table.rows.push_back({{cell(kDays[d]), cell(count(orders))}, ""});
  }
  figure.data = bars_json(bars, false);
  return figure;
}

Figure season_figure(const AnalysisView& view) {
  Figure figure;
  figure.key = "season";
  figure.title = "Net revenue by month of the year";
  figure.sub = fmt::format("Whole years only: {} in this file.",
                           counted(view.rhythm.whole_years, "year", "years"));
  figure.height = 260;
  figure.table.columns = {{"Month"}, {"Net revenue", true, "net"}};
  std::vector<Bar> bars;
  const auto unit = static_cast<double>(power_of_ten(view.scale));
  for (size_t m = 0; m < 12; ++m) {
    const int64_t net = view.rhythm.net_by_month[m];
    bars.push_back({kMonths[m], fmt::format("{}: {}", kMonths[m], whole_money(view, net)),
                    static_cast<double>(net) / unit});
    figure.table.rows.push_back({{cell(kMonths[m]), cell(whole_money(view, net))}, ""});
  }
  figure.data = bars_json(bars, false);
  return figure;
}

std::string regularity_sentence(const AnalysisView& view) {
  const double spread = view.rhythm.regularity;
  if (!(spread > 0)) return "Too few customers have four gaps or more to say how regular they are.";
  const char* words = spread < 0.5 ? "by the clock: a reminder at the usual gap makes sense"
                      : spread < 0.9
                          ? "with some rhythm: the usual gap is a guide, not a date"
                          : "without a fixed rhythm: the usual gap says little about a day";
  return fmt::format("The middle customer's gaps vary by {:.0f} % of their mean; most buy {}.",
                     spread * 100, words);
}

bool any_orders(const AnalysisView& view) {
  return std::ranges::any_of(view.rhythm.orders, [](const auto& day) {
    return std::ranges::any_of(day, [](int64_t n) { return n > 0; });
  });
}

}  // namespace

Markup rhythm_section(const AnalysisView& view, Charts& charts) {
  Markup out = tag(
      "p", text(regularity_sentence(view)) + text(" ") + term("regularity", "How it is measured"));
  if (view.rhythm.gap_histogram.size() > 1) out += charts.add(gaps_figure(view));
  if (any_orders(view)) {
    out += charts.add(view.rhythm.has_time_of_day ? hours_figure(view) : weekdays_figure(view));
  }
  if (view.rhythm.whole_years > 0) {
    out += charts.add(season_figure(view));
  } else {
    out += tag("p.note", "The file holds no whole calendar year, so nothing is said about season.");
  }
  return out;
}

}  // namespace regulars::report
