// Shifts, units, and what was true over time.
#include <algorithm>

#include "data/regroup.h"
#include "evaluate/beyond.h"
#include "evaluate/next_change.h"
#include "evaluate/over_time.h"
#include "evaluate/shift.h"
#include "evaluate/stage.h"

namespace regulars::evaluate {

Result<Motion> ChangeFinder::shifted(const Expression& e) {
  const Zone* home = question_.zone;
  const Shift shift = e.shift;
  Edge edge{[shift, home](Instant x) { return shifted_instant(shift, x, *home); }, home, 0};
  if (shift.kind == Shift::Kind::kMonths) edge.months = -shift.months;
  Question then = question_;
  then.as_of = edge.at(now());
  // What the shifted instant does not reach before the limit, need not be found.
  const bool falls = edge.months != 0;
  const Instant most = falls ? kFarthest : std::max(edge.at(limit_), then.as_of);
  ChangeFinder finder(then, nullptr, most);
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
    ChangeFinder finder({&together, 0, now(), question_.zone, {}}, nullptr, limit_);
    REGULARS_ASSIGN(const Motion motion, finder.walk(*e.arguments[0]));
    if (finder.found()) add(finder.limit());
    return motion;
  }
  const std::vector<Instant>& known_from = question_.history->customer_table().known_from;
  for (const CustomerNumber member : members) {
    if (!known_from.empty()) add(known_from[member]);
    Question hers = question_;
    hers.customer = member;
    ChangeFinder finder(hers, nullptr, limit_);
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
    Question then = question_;
    then.as_of = std::max(from, beginning.at);
    std::vector<Instant> passed = {beginning.at};
    while (then.as_of < kFarthest) {
      REGULARS_ASSIGN(const std::optional<Instant> next, next_change(e.arguments, then));
      if (!next) break;
      passed.push_back(*next);
      then.as_of = *next;
      if (*next > reached) break;
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
