// 9 The second order, 10 Cohorts.
#include <fmt/format.h>

#include <algorithm>

#include "report/page/sections.h"
#include "report/sentences.h"
#include "report/words.h"

namespace regulars::report {
namespace {

Markup ladder_table(const AnalysisView& view) {
  Table table;
  table.caption = "Another order within 90 days, with its 95 % interval";
  table.columns = {{"After the", false, "ladder"},
                   {"Customers", true},
                   {"Came again so far", true, "came-again"},
                   {"Within 90 days", true, "ladder"},
                   {"+-", true, "interval"},
                   {"Of all"}};
  for (const segments::LadderStep& step : view.ladder.steps) {
    const segments::Share share{0, step.known ? step.customers : 0, step.within_90, step.low,
                                step.high};
    table.rows.push_back(
        {{cell(ordinal(step.step) + " order"), cell(count(step.customers)),
          cell(count(step.came_again)), cell(step.known ? percent(step.within_90) : "too early"),
          cell(step.known ? half_width(share) : ""), cell(interval_bar(share))},
         ""});
  }
  return render(table);
}

// Around this many rows say as much as all of them.
constexpr size_t kCurveRows = 24;

Table curve_table(const AnalysisView& view) {
  Table table;
  table.columns = {{"Days after the first order", true},
                   {"Had a second order", true},
                   {"95 % interval", true, "interval"},
                   {"Still watched", true}};
  const auto& curve = view.ladder.second_order;
  const size_t step = std::max<size_t>(1, curve.size() / kCurveRows);
  for (size_t i = 0; i < curve.size(); i += step) {
    const segments::SurvivalPoint& point = curve[i];
    table.rows.push_back(
        {{cell(count(point.days)), cell(percent_1(point.share_returned)),
          cell(percent_1(point.low) + " to " + percent_1(point.high)), cell(count(point.at_risk))},
         ""});
  }
  return table;
}

constexpr size_t kCurvePoints = 240;

Figure curve_figure(const AnalysisView& view) {
  const auto& curve = view.ladder.second_order;
  Json points = Json::array({{0, 0}});
  Json band = Json::array({{0, 0, 0}});
  const size_t step = std::max<size_t>(1, curve.size() / kCurvePoints);
  for (size_t i = 0; i < curve.size(); ++i) {
    if (i % step != 0 && i + 1 != curve.size()) continue;
    const auto days = static_cast<double>(curve[i].days);
    points.push_back({days, curve[i].share_returned * 100});
    band.push_back({days, curve[i].low * 100, curve[i].high * 100});
  }
  Json marks = Json::array();
  if (view.ladder.q50 >= 0) {
    marks.push_back(
        {{"x", view.ladder.q50}, {"text", fmt::format("half: {:.0f} d", view.ladder.q50)}});
    if (view.ladder.q80 > view.ladder.q50 * 1.3) {
      marks.push_back(
          {{"x", view.ladder.q80}, {"text", fmt::format("80 %: {:.0f} d", view.ladder.q80)}});
    }
  }
  Figure figure;
  figure.key = "second-order";
  figure.title = "Time to the second order";
  figure.sub =
      "Share of customers who have ordered a second time, by days since the first. Who has not "
      "yet, "
      "is counted as open, not as gone. The marks: of those who came again, half and 80 % had by "
      "then.";
  figure.height = 330;
  figure.legend = {{"line", "had a second order"}, {"band", "95 % interval"}};
  figure.data = {
      {"kind", "lines"},
      {"xUnit", "days"},
      {"yUnit", "percent"},
      {"xName", "days after the first order"},
      {"xText", "within # days"},
      {"xMax", static_cast<double>(curve.back().days)},
      {"band", band},
      {"marks", marks},
      {"series", {{{"name", "second order"}, {"colour", "accent"}, {"points", points}}}}};
  figure.table = curve_table(view);
  return figure;
}

std::string period_name(const segments::Cohorts& cohorts, Day begin) {
  if (!cohorts.quarters) return month_name(begin);
  const CivilDate date = to_civil(begin);
  return fmt::format("Q{} {}", (date.month + 2) / 3, date.year);
}

constexpr size_t kCohortPeriods = 24;

TableRow cohort_row(const segments::Cohorts& cohorts, const segments::Cohort& cohort,
                    size_t periods, double most) {
  TableRow row{{cell(text(period_name(cohorts, cohort.begin)) +
                     (cohort.not_really_new ? text(" *") : Markup())),
                cell(count(cohort.customers))},
               ""};
  for (size_t k = 1; k < periods; ++k) {
    const int64_t n = k < cohort.retained.size() ? cohort.retained[k] : -1;
    if (n < 0 || cohort.customers == 0) {
      row.cells.push_back(cell(Markup()));
      continue;
    }
    const double share = static_cast<double>(n) / static_cast<double>(cohort.customers);
    row.cells.push_back(cell(text(percent(share)), heat_class(share, most)));
  }
  return row;
}

}  // namespace

Markup second_order_section(const AnalysisView& view, Charts& charts) {
  Markup out = maxim(
      "People who buy more are different people: moving someone up the ladder is not proven to "
      "change him.");
  out += tag("p", sentence_case(ladder_sentence(view)) + ". " +
                      full_sentence(second_order_sentence(view)));
  if (!view.ladder.steps.empty()) out += ladder_table(view);
  if (view.ladder.second_order.size() > 1) out += charts.add(curve_figure(view));
  return out;
}

Markup cohorts_section(const AnalysisView& view, Charts&) {
  const segments::Cohorts& cohorts = view.cohorts;
  if (cohorts.cohorts.size() < 2) {
    return tag("p", "The file is too short to follow groups of customers over time.");
  }
  size_t periods = 1;
  double most = 0;
  bool any_false_start = false;
  for (const segments::Cohort& cohort : cohorts.cohorts) {
    for (size_t k = periods; k < cohort.retained.size(); ++k) {
      if (cohort.retained[k] >= 0) periods = k + 1;
    }
    any_false_start = any_false_start || cohort.not_really_new;
    for (size_t k = 1; k < cohort.retained.size() && cohort.customers > 0; ++k) {
      most = std::max(
          most, static_cast<double>(cohort.retained[k]) / static_cast<double>(cohort.customers));
    }
  }
  periods = std::min(periods, kCohortPeriods + 1);
  const char* unit = cohorts.quarters ? "quarter" : "month";
  Table table;
  table.classes = "grid";
  table.caption =
      fmt::format("First purchase in (row); share who bought in the n-th {} after (column)", unit);
  table.columns = {{"First in", false, "cohort"}, {"Customers", true}};
  for (size_t k = 1; k < periods; ++k) table.columns.push_back({std::to_string(k), true});
  for (const segments::Cohort& cohort : cohorts.cohorts) {
    if (cohort.customers == 0) continue;
    table.rows.push_back(cohort_row(cohorts, cohort, periods, most));
  }
  Markup out = tag("p", fmt::format("Each row is a group of customers by the {} of their first "
                                    "purchase. A cell is empty where that {} is not over.",
                                    unit, unit));
  out += render(table);
  if (any_false_start) {
    out += tag("p.note",
               "* not really new: the file begins shortly before, so that old customers look like "
               "new ones.");
  }
  return out;
}

}  // namespace regulars::report
