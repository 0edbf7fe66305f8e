// Shifts, units, and what was true over time.
#include <algorithm>

#include "data/regroup.h"
#include "evaluate/beyond.h"
#include "evaluate/next_change.h"
#include "evaluate/over_time.h"
#include "evaluate/shift.h"
#include "evaluate/stage.h"

namespace regulars::evaluate {

ChangeFinder& ChangeFinder::shifted_finder(const Expression& e) {
  Kept* kept = kept_of(e);
  std::unique_ptr<ChangeFinder>& finder = kept != nullptr ? kept->shifted : foreign_.emplace_back();
  if (finder == nullptr) {
    finder = std::make_unique<ChangeFinder>(tree_, question_, nullptr, search_);
  }
  return *finder;
}

Result<Motion> ChangeFinder::shifted(const Expression& e) {
  const Zone* home = question_.zone;
  const Shift shift = e.shift;
  Edge edge{[shift, home](Instant x) { return shifted_instant(shift, x, *home); }, home, 0};
  if (shift.kind == Shift::Kind::kMonths) edge.months = -shift.months;
  const Instant then = edge.at(now());
  // What the shifted instant does not reach before the limit, need not be found.
  const bool falls = edge.months != 0;
  ChangeFinder& finder = shifted_finder(e);
  finder.look(then, falls ? kFarthest : std::max(edge.at(limit_), then));
  REGULARS_ASSIGN(const Motion motion, finder.walk(*e.arguments[0]));
  // Where the shifted instant falls back, everything is looked at again.
  add(next_fall(edge, now(), limit_));
  if (finder.found()) add(next_crossing(edge, now(), limit_, finder.limit()));
  return motion;
}

Result<Motion> ChangeFinder::of_unit(const Expression& e) {
  const Column* by = find_column(question_.history->customer_table().attributes, e.name);
  for (const Column* column : question_.given) {
    if (column->name == e.name) by = column;
  }
  const std::vector<CustomerNumber> members = unit_members(*by, question_.customer);
  if (unit_fold(e.literal.text) == UnitFold::kTogether) {
    const History together = regroup(*question_.history, members);
    ChangeFinder finder = inner({&together, 0, now(), question_.zone, {}}, nullptr);
    REGULARS_ASSIGN(const Motion motion, finder.walk(*e.arguments[0]));
    if (finder.found()) add(finder.limit());
    return motion;
  }
  const std::vector<Instant>& known_from = question_.history->customer_table().known_from;
  for (const CustomerNumber member : members) {
    if (!known_from.empty()) add(known_from[member]);
    Question hers = question_;
    hers.customer = member;
    ChangeFinder finder = inner(hers, nullptr);
    REGULARS_TRY(finder.settle(*e.arguments[0]));
    if (finder.found()) add(finder.limit());
  }
  return Motion{};
}

// The window's ends pass the changes of the rule and the customer's beginning.
Result<Motion> ChangeFinder::over_time(const Expression& e) {
  const Beginning beginning = beginning_of(*question_.history, question_.customer);
  if (beginning.at > now()) add(beginning.at);
  if (e.op == Op::kSince) {
    if (beginning.at <= now()) REGULARS_TRY(settle(*e.arguments[0]));
    return Motion{};
  }
  REGULARS_ASSIGN(const WindowEdges ends, edges(*e.window));
  const auto opened = [&](Instant x) { return ends.after.at(x) < ends.upto.at(x); };
  if (!opened(now())) add(first_holding(now(), limit_, opened));
  for (const Edge* edge : {&ends.after, &ends.upto}) {
    const Instant reached = edge->at(now());
    // An end of months may fall back by some days.
    const Instant from = edge->months == 0 || reached < beginning.at ? reached : reached - days(5);
    ChangeFinder finder(tree_, question_, nullptr, Search::kFollow);
    std::vector<Instant> passed = {beginning.at};
    for (Instant then = std::max(from, beginning.at); then < kFarthest;) {
      finder.look(then, kFarthest);
      REGULARS_TRY(finder.settle(*e.arguments[0]));
      if (!finder.found()) break;
      then = finder.limit();
      passed.push_back(then);
      if (then > reached) break;
    }
    for (const Instant at : passed) {
      // A rule that ends at `at` was last true just before.
      add(next_crossing(*edge, now(), limit_, at - microseconds(1)));
      add(next_crossing(*edge, now(), limit_, at));
    }
  }
  return Motion{};
}

}  // namespace regulars::evaluate
