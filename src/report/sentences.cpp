#include "report/sentences.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/words.h"

namespace regulars::report {

std::string who_pays_sentence(const AnalysisView& view) {
  const segments::Concentration& c = view.concentration;
  if (c.customers == 0) return "nobody: no purchase carries a customer";
  if (c.net <= 0) return "more was given back than bought: shares of net revenue mean nothing here";
  if (c.customers == 1) return "one customer brings all of it";
  return fmt::format(
      "{} ({}) {} {} of net revenue, {} {} half, {} bring 80 %",
      counted(c.top_1_percent, "customer", "customers"),
      percent(static_cast<double>(c.top_1_percent) / static_cast<double>(c.customers)),
      c.top_1_percent == 1 ? "brings" : "bring", percent(c.top_1_share), count(c.bring_half),
      c.bring_half == 1 ? "brings" : "bring", count(c.bring_80));
}

std::string ladder_sentence(const AnalysisView& view) {
  std::string steps;
  for (const segments::LadderStep& step : view.ladder.steps) {
    if (!step.known || step.step == 4 || step.step > 5) continue;
    steps += fmt::format("{}{} {}", steps.empty() ? "after the " : ", ", ordinal(step.step),
                         percent(step.within_90));
  }
  if (steps.empty()) return "too short to test: nobody was watched for 90 days after an order";
  return "another order within 90 days: " + steps;
}

std::string second_order_sentence(const AnalysisView& view) {
  const segments::ShopRhythm& rhythm = view.life_cycle.rhythm;
  if (!rhythm.own) {
    return fmt::format("{}, fewer than 200: the rhythm of a {} shop is assumed ({} between orders)",
                       counted(rhythm.repeat_buyers, "repeat buyer", "repeat buyers"),
                       rhythm.vertical, day_count(rhythm.usual_gap()));
  }
  if (view.ladder.q50 < 0) return "too few second orders to say when they come";
  return fmt::format("half of second orders come within {}, 80 % within {:.0f}",
                     day_count(view.ladder.q50), view.ladder.q80);
}

std::string late_test_sentence(const AnalysisView& view) {
  if (!view.late_tested || view.late_came_back.of == 0) {
    return "the file is too short to test how many of such a list come back by themselves";
  }
  return fmt::format("of those so listed on {} {} came back by themselves (those in rhythm: {})",
                     short_day(view, local_day(view, view.life_cycle_test.then)),
                     percent(view.late_came_back.value), percent(view.in_rhythm_came_back.value));
}

std::string disagreement_sentence(const AnalysisView& view) {
  std::string out;
  if (view.endangered > 0) {
    const int64_t in_rhythm = view.endangered_in_rhythm;
    out = fmt::format("{} of those {} {} inside their own rhythm",
                      in_rhythm == 0 ? "none" : count(in_rhythm), count(view.endangered),
                      in_rhythm <= 1 ? "is" : "are");
  }
  if (view.loyal_but_late > 0) {
    out += fmt::format("{}{} Champions and Loyals {} late by theirs", out.empty() ? "" : "; ",
                       count(view.loyal_but_late), view.loyal_but_late == 1 ? "is" : "are");
  }
  return out;
}

const segments::ClassSize* size_of(const std::vector<segments::ClassSize>& sizes,
                                   std::string_view name) {
  const auto found = std::ranges::find(sizes, name, &segments::ClassSize::name);
  return found == sizes.end() ? nullptr : &*found;
}

const segments::ClassTest* test_of(const segments::SelfTest& test, std::string_view name) {
  const auto found = std::ranges::find(test.classes, name, &segments::ClassTest::name);
  return found == test.classes.end() ? nullptr : &*found;
}

std::string untested_sentence(const segments::SelfTest& test) {
  constexpr std::string_view kToo = "too short to test";
  if (test.why_not.empty()) return std::string(kToo);
  return test.why_not.starts_with(kToo) ? test.why_not : fmt::format("{}: {}", kToo, test.why_not);
}

bool lost_come_back(const AnalysisView& view) {
  const segments::ClassTest* lost = test_of(view.life_cycle_test, "lost");
  return view.life_cycle_test.possible && lost != nullptr && lost->returned.low >= 0.2;
}

}  // namespace regulars::report
