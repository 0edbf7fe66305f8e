#include "report/test_view_segments.h"

#include <cmath>

namespace regulars::report {
namespace {

segments::Share share(double value, double half, int64_t of) {
  return {static_cast<int64_t>(value * static_cast<double>(of)), of, value, value - half,
          value + half};
}

segments::ClassSize size(std::string name, int64_t customers, int64_t net) {
  return {std::move(name),
          customers,
          customers * 4,
          net + net / 14,
          net,
          static_cast<double>(customers) / 4338,
          static_cast<double>(net) / 830006581};
}

segments::Segmentation segmentation(std::string name, std::vector<std::string> classes,
                                    size_t customers) {
  segments::Segmentation made{std::move(name), std::move(classes), {}};
  for (size_t c = 0; c < customers; ++c) {
    made.class_of.push_back(static_cast<int16_t>(c % made.classes.size()));
  }
  return made;
}

segments::SelfTest test_of_classes(const std::vector<segments::ClassSize>& sizes,
                                   const std::vector<double>& returned) {
  segments::SelfTest test;
  test.possible = true;
  test.then = Zone::utc().end_of(to_day({2011, 9, 10}));
  for (size_t i = 0; i < sizes.size(); ++i) {
    const segments::Share came =
        returned[i] < 0 ? segments::Share{} : share(returned[i], .04, sizes[i].customers);
    test.classes.push_back({sizes[i].name, came, sizes[i].net / 3});
  }
  test.base = share(.57, .017, 3370);
  test.separates = true;
  test.chi_square = 412.3;
  test.degrees_of_freedom = 5;
  test.p_value = 1e-9;
  test.sentence = "the classes differ in who came back, by more than chance allows";
  return test;
}

segments::Flows flows_between(const std::vector<std::string>& classes) {
  segments::Flows flows;
  flows.name = "life_cycle";
  flows.then = Zone::utc().end_of(to_day({2011, 9, 10}));
  flows.now = Zone::utc().end_of(to_day({2011, 12, 9}));
  flows.classes_then = flows.classes_now = classes;
  flows.classes_then.emplace_back("not yet a customer");
  for (size_t i = 0; i < flows.classes_then.size(); ++i) {
    std::vector<int64_t> row;
    std::vector<int64_t> net;
    for (size_t j = 0; j < classes.size(); ++j) {
      row.push_back(static_cast<int64_t>(j < 1 ? 0 : 900 / (2 + 3 * (i > j ? i - j : j - i))));
      net.push_back(row.back() * 91234);
    }
    flows.customers.push_back(row);
    flows.net.push_back(net);
  }
  return flows;
}

segments::CrossTable cross_of(const std::vector<std::string>& rows,
                              const std::vector<std::string>& columns) {
  segments::CrossTable table{rows, columns, {}, {}};
  for (size_t i = 0; i < rows.size(); ++i) {
    table.customers.emplace_back();
    table.net.emplace_back();
    for (size_t j = 0; j < columns.size(); ++j) {
      table.customers.back().push_back(static_cast<int64_t>((i * 37 + j * 91) % 240));
      table.net.back().push_back(static_cast<int64_t>((i * 37 + j * 91) % 240) * 123456);
    }
  }
  return table;
}

void fill_life_cycle(AnalysisView& view, size_t customers) {
  const std::vector<std::string> classes = {"prospect", "new",    "active", "won back",
                                            "slipping", "lapsed", "lost"};
  view.life_cycle.rhythm = {104, 68, 154, 261, 14, 30, 90, 2790, true, ""};
  view.life_cycle.segmentation = segmentation("life_cycle", classes, customers);
  for (size_t c = 0; c < customers; ++c) {
    view.life_cycle.usual_gap.push_back(c + 1 < customers ? 11 + static_cast<double>(c) : NAN);
    view.life_cycle.silent_days.push_back(c + 1 < customers ? 38 + static_cast<int64_t>(c) * 9
                                                            : segments::kUnknown);
  }
  view.life_cycle_sizes = {size("prospect", 0, 0),          size("new", 717, 38431400),
                           size("active", 1703, 644505200), size("won back", 337, 40113900),
                           size("slipping", 606, 51670300), size("lapsed", 533, 38766200),
                           size("lost", 442, 17560800)};
  view.life_cycle_test = test_of_classes(view.life_cycle_sizes, {-1, .50, .79, .60, .55, .38, .33});
  view.life_cycle_flows = flows_between(classes);
  view.slipping_repeat_customers = 308;
  view.slipping_repeat_net = 39475200;
  view.tiers = segmentation("value_tier", {"A", "B", "C"}, customers);
  view.tier_sizes = {size("A", 242, 415003290), size("B", 936, 249001974),
                     size("C", 3160, 166001317)};
  view.life_cycle_by_tier = cross_of(classes, view.tiers.classes);
}

void fill_rfm(AnalysisView& view, const segments::CustomerFacts& facts) {
  view.rfm_sizes = {size("Champions", 690, 498003948),
                    size("Loyal", 315, 98000000),
                    size("Potential loyalists", 667, 70000000),
                    size("New customers", 63, 3000000),
                    size("Promising", 167, 6000000),
                    size("Need attention", 406, 38000000),
                    size("About to sleep", 839, 30000000),
                    size("At risk", 362, 42760000),
                    size("Cannot lose", 47, 17466500),
                    size("Hibernating", 782, 26776133)};
  std::vector<std::string> classes;
  for (const segments::ClassSize& s : view.rfm_sizes) classes.push_back(s.name);
  view.rfm.segmentation = segmentation("rfm_class", classes, facts.size());
  for (size_t c = 0; c < facts.size(); ++c) {
    const auto score = static_cast<int8_t>(facts.is_customer(c) ? 1 + c % 5 : 0);
    view.rfm.r.push_back(score);
    view.rfm.f.push_back(static_cast<int8_t>(facts.is_customer(c) ? 5 - c % 5 : 0));
    view.rfm.m.push_back(score);
  }
  const std::array<std::array<int64_t, 2>, 5> days{
      {{179, 373}, {71, 178}, {32, 70}, {12, 31}, {0, 11}}};
  const std::array<std::array<int64_t, 2>, 5> orders{{{1, 1}, {2, 2}, {3, 4}, {5, 6}, {7, 206}}};
  for (size_t i = 0; i < 5; ++i) {
    const int score = static_cast<int>(i) + 1;
    view.rfm.r_ranges[i] = {score, days[i][0], days[i][1], 870};
    view.rfm.f_ranges[i] = {score, orders[i][0], orders[i][1], 800};
    view.rfm.m_ranges[i] = {score, static_cast<int64_t>(i) * 50000 + 375,
                            static_cast<int64_t>(i + 1) * 50000, 867};
  }
  view.rfm_test =
      test_of_classes(view.rfm_sizes, {.91, .81, .63, .51, .43, .59, .42, .59, .65, .33});
  view.rfm_flows = flows_between(classes);
  view.rfm_window = "the whole file";
  view.rfm_by_life_cycle = cross_of(classes, view.life_cycle.segmentation.classes);
  view.endangered = 409;
  view.endangered_in_rhythm = 124;
  view.loyal_but_late = 18;
}

void fill_ladder(AnalysisView& view) {
  const double within[] = {.46, .64, .73, .81, .90};
  for (int i = 0; i < 5; ++i) {
    view.ladder.steps.push_back(
        {i + 1, 4338 - i * 900, 2790 - i * 400, within[i], within[i] - .02, within[i] + .02, true});
  }
  for (int day = 1; day <= 360; day += 3) {
    const double s = .72 * (1 - std::exp(-day / 95.0));
    view.ladder.second_order.push_back(
        {day, s, s - .01 - day * .0001, s + .01 + day * .0001, 4000 - day * 9});
  }
  view.ladder.q50 = 68;
  view.ladder.q80 = 154;
  view.ladder.q95 = 261;
}

}  // namespace

void fill_test_segments(AnalysisView& view, const segments::CustomerFacts& facts) {
  fill_life_cycle(view, facts.size());
  fill_rfm(view, facts);
  fill_ladder(view);
  for (CustomerNumber c = 0; c < 8; ++c) {
    view.late.push_back(
        {c, facts.orders[c], 11.0 + c, 38 + c * 5, 3.4 - c * .1, facts.net[c], facts.year_net[c]});
  }
  view.late_tested = true;
  view.late_came_back = share(.59, .045, 487);
  view.in_rhythm_came_back = share(.79, .02, 1500);
}

}  // namespace regulars::report
