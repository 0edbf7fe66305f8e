#include "segments/ladder.h"

#include <algorithm>
#include <cmath>

#include "segments/quantile.h"

namespace regulars::segments {
namespace {

constexpr int64_t kHorizonDays = 90;
constexpr double kZ95 = 1.959963984540054;

// Confidence limits of a survival share on the log(-log) scale (Kalbfleisch and Prentice 2002).
void set_interval(SurvivalPoint& point, double survival, double greenwood) {
  point.share_returned = 1 - survival;
  point.low = point.high = point.share_returned;
  if (survival <= 0 || survival >= 1) return;
  const double log_survival = std::log(survival);
  const double spread = std::exp(kZ95 * std::sqrt(greenwood) / -log_survival);
  point.low = 1 - std::pow(survival, 1 / spread);
  point.high = 1 - std::pow(survival, spread);
}

LadderStep step_after(const CustomerFacts& facts, int step) {
  LadderStep result;
  result.step = step;
  std::vector<Spell> spells;
  int64_t longest = 0;
  for (size_t c = 0; c < facts.size(); ++c) {
    const int64_t reached = facts.nth_day[step - 1][c];
    if (reached == kUnknown) continue;
    const int64_t next = facts.nth_day[step][c];
    const bool came = next != kUnknown;
    spells.push_back({(came ? next : facts.as_of_day.number) - reached, came});
    longest = std::max<int64_t>(longest, facts.as_of_day.number - reached);
    ++result.customers;
    result.came_again += came ? 1 : 0;
  }
  result.known = longest >= kHorizonDays;
  for (const SurvivalPoint& point : kaplan_meier(std::move(spells))) {
    if (point.days > kHorizonDays) break;
    result.within_90 = point.share_returned;
    result.low = point.low;
    result.high = point.high;
  }
  return result;
}

}  // namespace

std::vector<SurvivalPoint> kaplan_meier(std::vector<Spell> spells) {
  std::sort(spells.begin(), spells.end(),
            [](const Spell& a, const Spell& b) { return a.days < b.days; });
  std::vector<SurvivalPoint> curve;
  double survival = 1;
  double greenwood = 0;
  for (size_t i = 0; i < spells.size();) {
    const int64_t day = spells[i].days;
    const auto at_risk = static_cast<double>(spells.size() - i);
    int64_t ended = 0;
    for (; i < spells.size() && spells[i].days == day; ++i) ended += spells[i].ended ? 1 : 0;
    if (ended == 0) continue;
    const auto events = static_cast<double>(ended);
    survival *= 1 - events / at_risk;
    if (at_risk > events) greenwood += events / (at_risk * (at_risk - events));
    SurvivalPoint point{day, 0, 0, 0, static_cast<int64_t>(at_risk)};
    set_interval(point, survival, greenwood);
    curve.push_back(point);
  }
  return curve;
}

Ladder ladder(const CustomerFacts& facts, Day history_begin) {
  Ladder result;
  for (int step = 1; step < kLadderSteps; ++step) {
    result.steps.push_back(step_after(facts, step));
  }
  std::vector<Spell> spells;
  std::vector<int64_t> seconds;
  // Twice the day of the middle, so that half days need no rounding.
  const int64_t twice_middle = int64_t{history_begin.number} + facts.as_of_day.number;
  for (size_t c = 0; c < facts.size(); ++c) {
    const int64_t first = facts.nth_day[0][c];
    if (first == kUnknown) continue;
    const int64_t second = facts.nth_day[1][c];
    const bool came = second != kUnknown;
    spells.push_back({(came ? second : facts.as_of_day.number) - first, came});
    if (came && 2 * first <= twice_middle) seconds.push_back(second - first);
  }
  result.second_order = kaplan_meier(std::move(spells));
  if (seconds.empty()) return result;
  std::sort(seconds.begin(), seconds.end());
  result.q50 = quantile(seconds, 0.5);
  result.q80 = quantile(seconds, 0.8);
  result.q95 = quantile(seconds, 0.95);
  return result;
}

}  // namespace regulars::segments
