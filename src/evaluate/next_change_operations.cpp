// Arithmetic, comparisons and the operations on instants: how they move, and when comparisons turn.
#include <algorithm>

#include "evaluate/next_change.h"

namespace regulars::evaluate {
namespace {

using Kind = Motion::Kind;

Motion reversed(Motion motion) {
  if (motion.kind == Kind::kUp) return {Kind::kDown, motion.steps};
  if (motion.kind == Kind::kDown) return {Kind::kUp, motion.steps};
  return motion;
}

Motion in_steps(Motion motion) { return {motion.kind, true}; }

int sign_of(const Result<Value>& value) {
  if (!value || !value->known) return 0;
  if (value->type == ValueType::kReal) return value->real > 0 ? 1 : value->real < 0 ? -1 : 0;
  return value->number > 0 ? 1 : value->number < 0 ? -1 : 0;
}

// An expression of one argument that changes wherever a part of that instant or day does.
ExpressionPtr changing_with(Op part, const ExpressionPtr& of, bool is_day, bool own_zone) {
  Expression made;
  made.op = Op::kPeriodOf;
  made.arguments = {of};
  made.own_zone = own_zone;
  Window window = this_period(Window::Period::kDay);
  if (part == Op::kMonthOf) window.period = Window::Period::kMonth;
  if (part == Op::kQuarterOf) window.period = Window::Period::kQuarter;
  if (part == Op::kWeekOf) window.period = Window::Period::kWeek;
  if (!is_day && (part == Op::kHourOf || part == Op::kMinuteOf)) {
    // Offsets of zones are whole quarters of an hour.
    made.op = Op::kFloor;
    const int64_t unit = part == Op::kHourOf ? minutes(15).micros : minutes(1).micros;
    made.arguments = {
        make(Op::kDivide, {make(Op::kSubtract, {of, instant(Instant{0})}), integer(unit)})};
    return std::make_shared<Expression>(std::move(made));
  }
  made.window = std::make_shared<const Window>(std::move(window));
  return std::make_shared<Expression>(std::move(made));
}

}  // namespace

Result<Motion> ChangeFinder::operation(const Expression& e) {
  switch (e.op) {
    case Op::kAdd:
    case Op::kSubtract:
      return sum(e);
    case Op::kMultiply:
    case Op::kDivide:
      return product(e);
    case Op::kNegate: {
      REGULARS_ASSIGN(const Motion motion, walk(*e.arguments[0]));
      return reversed(motion);
    }
    case Op::kFloor:
    case Op::kRound: {
      REGULARS_ASSIGN(const Motion motion, walk(*e.arguments[0]));
      return in_steps(motion);
    }
    case Op::kAbs:
      return absolute_value(e);
    case Op::kIfElse:
      return choice(e);
    case Op::kLeast:
    case Op::kGreatest:
      return extreme(e);
    case Op::kKnown:
      // The clock makes nothing known.
      REGULARS_TRY(walk(*e.arguments[0]));
      return Motion{};
    case Op::kIn:
      return membership(e);
    case Op::kDaysSince:
    case Op::kElapsed:
    case Op::kMonthsSince:
    case Op::kYearsSince:
    case Op::kDaysUntil:
      return since(e);
    case Op::kDaysToAnniversary:
      return anniversary(e);
    case Op::kYearOf:
    case Op::kQuarterOf:
    case Op::kMonthOf:
    case Op::kWeekOf:
    case Op::kDayOfMonth:
    case Op::kWeekdayOf:
    case Op::kHourOf:
    case Op::kMinuteOf:
    case Op::kDayOf:
    case Op::kPeriodOf:
      return clock_part(e);
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
      return comparison(e);
    default:
      REGULARS_TRY(settle_arguments(e));
      return Motion{};
  }
}

bool ChangeFinder::moves_together(const Motion& a, const Motion& b) const {
  return a.still() || b.still() || a.kind == b.kind;
}

Result<Motion> ChangeFinder::sum(const Expression& e) {
  REGULARS_ASSIGN(const Motion a, walk(*e.arguments[0]));
  REGULARS_ASSIGN(const Motion raw, walk(*e.arguments[1]));
  const Motion b = e.op == Op::kSubtract ? reversed(raw) : raw;
  if (moves_together(a, b)) {
    return Motion{a.still() ? b.kind : a.kind, (a.still() || a.steps) && (b.still() || b.steps)};
  }
  REGULARS_TRY(stop_motion(*e.arguments[0], a));
  REGULARS_TRY(stop_motion(*e.arguments[1], raw));
  return Motion{};
}

Result<Motion> ChangeFinder::product(const Expression& e) {
  REGULARS_ASSIGN(const Motion a, walk(*e.arguments[0]));
  REGULARS_ASSIGN(const Motion b, walk(*e.arguments[1]));
  const bool factor_moves = e.op == Op::kMultiply && a.still() && !b.still();
  if ((!a.still() && b.still()) || factor_moves) {
    const Expression& constant = *e.arguments[factor_moves ? 0 : 1];
    const int sign = sign_of(value_at(constant, now()));
    if (sign == 0) return Motion{};
    const Motion motion = factor_moves ? b : a;
    return sign > 0 ? motion : reversed(motion);
  }
  REGULARS_TRY(stop_motion(*e.arguments[0], a));
  REGULARS_TRY(stop_motion(*e.arguments[1], b));
  return Motion{};
}

// Turns where its argument passes 0.
Result<Motion> ChangeFinder::absolute_value(const Expression& e) {
  REGULARS_ASSIGN(const Motion motion, walk(*e.arguments[0]));
  if (motion.still()) return motion;
  const ExpressionPtr negative = make(Op::kLess, {e.arguments[0], integer(0)});
  search(*negative);
  const Result<Value> below = value_at(*negative, now());
  return below && below->known && below->number != 0 ? reversed(motion) : motion;
}

Result<Motion> ChangeFinder::choice(const Expression& e) {
  REGULARS_TRY(settle(*e.arguments[0]));
  const Result<Value> condition = value_at(*e.arguments[0], now());
  const bool first = condition && condition->known && condition->number != 0;
  REGULARS_ASSIGN(const Motion a, walk(*e.arguments[1]));
  REGULARS_ASSIGN(const Motion b, walk(*e.arguments[2]));
  return first ? a : b;
}

Result<Motion> ChangeFinder::extreme(const Expression& e) {
  Motion all;
  std::vector<Motion> motions;
  bool together = true;
  for (const ExpressionPtr& argument : e.arguments) {
    REGULARS_ASSIGN(const Motion one, walk(*argument));
    motions.push_back(one);
    together = together && moves_together(all, one);
    if (all.still()) all.kind = one.kind;
    if (!one.still()) all.steps = all.steps && one.steps;
  }
  if (together) return all;
  for (size_t i = 0; i < motions.size(); ++i) {
    REGULARS_TRY(stop_motion(*e.arguments[i], motions[i]));
  }
  return Motion{};
}

Result<Motion> ChangeFinder::comparison(const Expression& e) {
  REGULARS_ASSIGN(const Motion a, walk(*e.arguments[0]));
  REGULARS_ASSIGN(const Motion b, walk(*e.arguments[1]));
  if (a.still() && b.still()) return Motion{};
  if (!moves_together(a, reversed(b))) {
    REGULARS_TRY(stop_motion(*e.arguments[0], a));
    REGULARS_TRY(stop_motion(*e.arguments[1], b));
    return Motion{};
  }
  if (e.op != Op::kEqual && e.op != Op::kNotEqual) {
    search(e);
    return Motion{};
  }
  // Equality begins and ends where these turn.
  search(*make(Op::kLess, e.arguments));
  search(*make(Op::kLessEqual, e.arguments));
  return Motion{};
}

Result<Motion> ChangeFinder::membership(const Expression& e) {
  REGULARS_ASSIGN(const Motion motion, walk(*e.arguments[0]));
  if (motion.still()) return motion;
  for (size_t i = 1; i < e.arguments.size(); ++i) {
    search(*make(Op::kLess, {e.arguments[0], e.arguments[i]}));
    search(*make(Op::kLessEqual, {e.arguments[0], e.arguments[i]}));
  }
  return Motion{};
}

// Grows with the clock, and the more the earlier its argument is; kDaysUntil the other way round.
Result<Motion> ChangeFinder::since(const Expression& e) {
  const Kind own = e.op == Op::kDaysUntil ? Kind::kDown : Kind::kUp;
  REGULARS_ASSIGN(const Motion motion, walk(*e.arguments[0]));
  const Motion with_argument = e.op == Op::kDaysUntil ? motion : reversed(motion);
  if (!motion.still() && with_argument.kind != own) {
    // Until the argument's next step it stands still.
    REGULARS_TRY(stop_motion(*e.arguments[0], motion));
  }
  const bool steps = e.op != Op::kElapsed || e.window->from >= kShortestStep;
  return Motion{own, steps};
}

// Falls by one each day, and begins anew the day after.
Result<Motion> ChangeFinder::anniversary(const Expression& e) {
  REGULARS_TRY(settle(*e.arguments[0]));
  const Result<Value> left = value_at(e, now());
  if (!left || !left->known) return Motion{};
  const Zone& own = zone(e.own_zone);
  add(own.start_of(own.day_of(now()) + static_cast<int>(left->number) + 1));
  return Motion{Kind::kDown, true};
}

Result<Motion> ChangeFinder::clock_part(const Expression& e) {
  if (e.arguments.empty()) return Motion{};  // of an event
  REGULARS_ASSIGN(const Motion motion, walk(*e.arguments[0]));
  if (motion.still()) return motion;
  if (e.op == Op::kYearOf || e.op == Op::kDayOf || e.op == Op::kPeriodOf) return in_steps(motion);
  const Result<Value> of = value_at(*e.arguments[0], now());
  const bool is_day = of && of->type == ValueType::kDay;
  search(*changing_with(e.op, e.arguments[0], is_day, e.own_zone));
  return Motion{};
}

}  // namespace regulars::evaluate
