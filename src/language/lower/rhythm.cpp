// Gaps, streaks, sessions: how events lie to each other in time.
#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::AggregateKind;
using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;

// Gaps of an event by itself are gaps between its days.
Result<Typed> gap_of(Lowering& at, const Node& node, AggregateKind kind) {
  REGULARS_ASSIGN(Target target, target_of(at, *node.arguments[0]));
  if (target.whole) {
    read_as(target, evaluate::day_value(), typed(make(Op::kEventDay, {}), ValueType::kDay));
  }
  const bool number = target.read.is_number() && evaluate::is_exact(target.read.type);
  if (!target.read.is_point() && !number && !target.read.type.untyped) {
    return at.error(node.arguments[0]->extent,
                    quoted(node.text) + " needs events, instants, days or numbers; " +
                        at.source(*node.arguments[0]) + " is " + kind_of(target.read));
  }
  REGULARS_ASSIGN(evaluate::Aggregate gap, aggregate_of(at, node, target, kind));
  Typed result = real_of(evaluate::aggregate(std::move(gap)));
  result.least = 0;
  result.called = node.text;
  if (kind == AggregateKind::kGapSpread) return result;
  if (target.read.is_day()) result.measure = Measure::kDays;
  if (target.read.is_instant()) result.measure = Measure::kDuration;
  const bool extreme = kind == AggregateKind::kMinGap || kind == AggregateKind::kMaxGap;
  if (extreme && number) result.type = target.read.type;
  if (extreme && !number) result.type = {ValueType::kInteger};
  return result;
}

Result<Target> events_of(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Target target, target_of(at, *node.arguments[0]));
  if (target.whole && !target.items) {
    target.value = {};
    return target;
  }
  return at.error(node.arguments[0]->extent,
                  quoted(node.text) + " takes an event type, not " + at.source(*node.arguments[0]),
                  "write: " + node.text + "(" + target.event + " ...)");
}

Result<evaluate::Aggregate> runs_of(Lowering& at, const Node& node, AggregateKind kind) {
  REGULARS_ASSIGN(const Target target, events_of(at, node));
  REGULARS_ASSIGN(evaluate::Aggregate runs, aggregate_of(at, node, target, kind));
  runs.gap = minutes(30);
  if (node.arguments.size() > 1) {
    REGULARS_ASSIGN(runs.gap, at.duration_argument(*node.arguments[1]));
  }
  if (runs.gap.micros < 1) {
    return at.error(node.arguments[1]->extent, "the gap must be longer than nothing");
  }
  return runs;
}

Result<Unit> unit_argument(const Lowering& at, const Node& node) {
  static constexpr std::pair<const char*, Unit> kUnits[] = {{"day", Unit::kDay},
                                                            {"week", Unit::kWeek},
                                                            {"month", Unit::kMonth},
                                                            {"quarter", Unit::kQuarter},
                                                            {"year", Unit::kYear}};
  for (const auto& [name, unit] : kUnits) {
    if (node.kind == Node::Kind::kName && node.text == name) return unit;
  }
  return at.error(node.extent, "a period is needed here: day, week, month, quarter or year",
                  "write: streak(purchase, week)");
}

Result<Typed> streak_of(Lowering& at, const Node& node, AggregateKind kind) {
  REGULARS_ASSIGN(const Target target, events_of(at, node));
  REGULARS_ASSIGN(const Unit unit, unit_argument(at, *node.arguments[1]));
  REGULARS_ASSIGN(evaluate::Aggregate streak, aggregate_of(at, node, target, kind));
  streak.period = period_of(unit, false);
  streak.retail = at.scope.facts.retail;
  streak.own_zone = node.span && node.span->own_zone;
  return count_of(evaluate::aggregate(std::move(streak)));
}

ExpressionPtr with_window(evaluate::Aggregate aggregate, evaluate::Window window) {
  aggregate.window = std::move(window);
  return evaluate::aggregate(std::move(aggregate));
}

ExpressionPtr some(ExpressionPtr count) {
  return make(Op::kGreaterEqual, {std::move(count), evaluate::integer(1)});
}

}  // namespace

Result<Typed> lower_typical_gap(Lowering& at, const Node& node) {
  return gap_of(at, node, AggregateKind::kMedianGap);
}
Result<Typed> lower_gap_spread(Lowering& at, const Node& node) {
  return gap_of(at, node, AggregateKind::kGapSpread);
}
Result<Typed> lower_shortest_gap(Lowering& at, const Node& node) {
  return gap_of(at, node, AggregateKind::kMinGap);
}
Result<Typed> lower_longest_gap(Lowering& at, const Node& node) {
  return gap_of(at, node, AggregateKind::kMaxGap);
}
Result<Typed> lower_average_gap(Lowering& at, const Node& node) {
  return gap_of(at, node, AggregateKind::kAvgGap);
}

Result<Typed> lower_spaced_count(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(evaluate::Aggregate runs, runs_of(at, node, AggregateKind::kSpacedCount));
  return count_of(evaluate::aggregate(std::move(runs)));
}

Result<Typed> lower_sessions(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(evaluate::Aggregate runs, runs_of(at, node, AggregateKind::kSessions));
  return count_of(evaluate::aggregate(std::move(runs)));
}

Result<Typed> lower_session_start(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(evaluate::Aggregate runs, runs_of(at, node, AggregateKind::kSessionStart));
  return instant_of(evaluate::aggregate(std::move(runs)));
}

Result<Typed> lower_streak(Lowering& at, const Node& node) {
  return streak_of(at, node, AggregateKind::kCurrentStreak);
}
Result<Typed> lower_longest_streak(Lowering& at, const Node& node) {
  return streak_of(at, node, AggregateKind::kLongestStreak);
}

Result<Typed> lower_regular(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Target target, events_of(at, node));
  REGULARS_ASSIGN(const int64_t wanted, at.integer_argument(*node.arguments[1], 1, 10'000));
  REGULARS_ASSIGN(const TimeAmount of, at.time_argument(*node.arguments[2]));
  if (of.unit < Unit::kDay || of.count < 1 || of.count > 10'000) {
    return at.error(node.arguments[2]->extent, "periods are days, weeks, months, quarters or years",
                    "write: regular(purchase, 3, 4 months)");
  }
  if (wanted > of.count) {
    at.warn(node.extent, "no customer can buy in " + std::to_string(wanted) + " of " +
                             to_words(of) + ": this is never true");
  }
  evaluate::Window window;
  window.kind = evaluate::Window::Kind::kPastPeriods;
  window.period = period_of(of.unit, false);
  window.count = static_cast<int>(of.count);
  window.retail = at.scope.facts.retail;
  REGULARS_ASSIGN(evaluate::Aggregate periods,
                  aggregate_of(at, node, target, AggregateKind::kDistinct));
  evaluate::Window number = evaluate::this_period(window.period);
  number.retail = window.retail;
  periods.value = evaluate::expression_value(
      evaluate::over_time(Op::kPeriodOf, make(Op::kEventAt, {}), number), false);
  return boolean_of(make(Op::kGreaterEqual,
                         {with_window(std::move(periods), window), evaluate::integer(wanted)}));
}

Result<Typed> lower_stopped(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Target target, events_of(at, node));
  REGULARS_ASSIGN(const TimeAmount time, at.time_argument(*node.arguments[1]));
  Span span;
  span.kind = Span::Kind::kLast;
  span.amount = time;
  span.extent = node.arguments[1]->extent;
  REGULARS_ASSIGN(const evaluate::Window window, window_of(at, span));
  REGULARS_ASSIGN(const evaluate::Aggregate count,
                  aggregate_of(at, node, target, AggregateKind::kCount));
  const ExpressionPtr none = make(Op::kEqual, {with_window(count, window), evaluate::integer(0)});
  return boolean_of(make(Op::kAnd, {none, some(with_window(count, evaluate::lifetime()))}));
}

Result<Typed> lower_returned(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Target target, events_of(at, node));
  REGULARS_ASSIGN(const Duration gap, at.duration_argument(*node.arguments[1]));
  if (!node.span) {
    return at.error(node.extent, "'returned' needs to know when",
                    "write: returned(purchase, 90 days) over last 30 days");
  }
  REGULARS_ASSIGN(const evaluate::Shift back, length_of(at, *node.span));
  target.value = evaluate::at_value();
  REGULARS_ASSIGN(const evaluate::Aggregate first,
                  aggregate_of(at, node, target, AggregateKind::kMin));
  evaluate::Aggregate before = first;
  before.kind = AggregateKind::kMax;
  before.window = evaluate::lifetime();
  evaluate::Aggregate inside = first;
  inside.kind = AggregateKind::kMaxGap;
  const ExpressionPtr limit = evaluate::integer(gap.micros);
  const ExpressionPtr silence =
      make(Op::kSubtract,
           {evaluate::aggregate(first), evaluate::shifted(evaluate::aggregate(before), back)});
  const auto long_enough = [&](ExpressionPtr length) {
    return make(Op::kIsTrue, {make(Op::kGreaterEqual, {std::move(length), limit})});
  };
  return boolean_of(
      make(Op::kOr, {long_enough(silence), long_enough(evaluate::aggregate(inside))}));
}

}  // namespace regulars::language
