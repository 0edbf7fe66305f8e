// Instants, days, ages, returning days, and how long something has been so.
#include <array>

#include "evaluate/checker.h"
#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;

// A value that is an instant or a day. A bare event inside its own aggregate is its instant.
Result<Typed> point_argument(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed value, at.lower(node));
  if (value.special == Typed::Special::kAnniversary) value.special = Typed::Special::kNone;
  if (value.is_point() || (value.type.untyped && !value.time)) return value;
  if (value.is_text() && value.is_literal()) {
    const std::string& written = value.expression->literal.text;
    if (const std::optional<WrittenDate> date = read_date(written, at.zone)) {
      if (date->instant) return instant_of(evaluate::instant(*date->instant));
      return typed(evaluate::day(date->day), ValueType::kDay);
    }
  }
  return at.error(
      node.extent,
      "an instant or a day is needed here; " + at.source(node) + " is " + kind_of(value),
      "such are last(purchase), first(visit), birth_date, '2025-01-31'");
}

Result<Typed> whole_units(Lowering& at, const Node& node, Duration unit) {
  REGULARS_ASSIGN(const Typed since, point_argument(at, *node.arguments[0]));
  Typed result = integer_of(evaluate::elapsed(since.expression, unit));
  result.called = node.text;
  return result;
}

Result<Typed> one_point(Lowering& at, const Node& node, Op op) {
  REGULARS_ASSIGN(const Typed value, point_argument(at, *node.arguments[0]));
  Typed result = integer_of(make(op, {value.expression}));
  result.called = node.text;
  return result;
}

// A part of an instant: a number within a range. Of the event's own instant without argument.
Result<Typed> part(Lowering& at, const Node& node, Op op, double least, double most,
                   bool instants_only = false) {
  Typed value;
  if (node.arguments.empty()) {
    if (at.event == nullptr) {
      return at.error(node.extent, quoted(node.text) + " of what?",
                      "write: " + node.text + "(last(purchase)), or " + node.text + "(today)");
    }
    value = instant_of(make(Op::kEventAt, {}));
  } else {
    REGULARS_ASSIGN(value, point_argument(at, *node.arguments[0]));
  }
  if (instants_only && value.is_day()) {
    return at.error(node.arguments[0]->extent, "a day has no " + node.text,
                    "ask it of an instant: " + node.text + "(last(purchase))");
  }
  bool own_zone = false;
  if (node.arguments.size() > 1) {
    REGULARS_ASSIGN(const std::string zone, at.text_argument(*node.arguments[1]));
    own_zone = zone == "customer";
    if (!own_zone && zone != "project") {
      return at.error(node.arguments[1]->extent, "the zone is 'customer' or 'project'");
    }
  }
  auto expression = std::make_shared<evaluate::Expression>();
  expression->op = op;
  expression->arguments = {value.expression};
  expression->own_zone = own_zone;
  Typed result = integer_of(std::move(expression));
  result.called = node.text;
  if (most >= least) {
    result.least = least;
    result.most = most;
  }
  return result;
}

std::optional<Typed> birth_date(Lowering& at) {
  for (const char* name : {"birth_date", "birthdate", "date_of_birth", "birthday", "born"}) {
    std::optional<Typed> found = attribute_of(at, name);
    if (!found) continue;
    if (found->is_point()) return found;
    at.out.attributes.erase(name);
  }
  at.without("birth dates: no attribute 'birth_date'");
  return std::nullopt;
}

Typed age_of(ExpressionPtr since) {
  Typed result = integer_of(make(Op::kYearsSince, {std::move(since)}));
  result.called = "age";
  return result;
}

// The instant since when an attribute has had its value, or a rule has been true.
Result<Typed> since_when(Lowering& at, const Node& node) {
  const Node& argument = *node.arguments[0];
  if (argument.kind == Node::Kind::kName) {
    const AttributeDeclaration* declared = at.scope.facts.attribute(argument.text);
    const auto* changes = evaluate::find_event(at.scope.schema, kAttributeChanges);
    if (declared != nullptr && !declared->constant && changes != nullptr &&
        find_column(changes->columns, argument.text) != nullptr) {
      at.out.attributes.insert(argument.text);
      return instant_of(
          evaluate::aggregate(plain(evaluate::AggregateKind::kRunStart, kAttributeChanges,
                                    evaluate::column_value(argument.text),
                                    make(Op::kKnown, {evaluate::column(argument.text)}))));
    }
  }
  REGULARS_ASSIGN(Typed value, at.lower(argument));
  const bool rule = value.is_boolean() || value.special == Typed::Special::kPattern;
  if (!rule && !value.type.untyped) {
    return at.error(argument.extent,
                    quoted(node.text) + " takes an attribute that changes, or a rule; " +
                        at.source(argument) + " is " + kind_of(value),
                    "write: " + node.text + "(tier = 'gold') >= 90 days");
  }
  REGULARS_ASSIGN(value, as_rule(at, std::move(value), argument));
  return instant_of(evaluate::over_time(Op::kSince, value.expression, evaluate::lifetime()));
}

}  // namespace

Result<Typed> lower_now(Lowering&, const Node&) { return instant_of(evaluate::as_of()); }
Result<Typed> lower_today(Lowering&, const Node&) {
  return typed(evaluate::as_of_day(), ValueType::kDay);
}

Result<Typed> lower_seconds_since(Lowering& at, const Node& node) {
  return whole_units(at, node, seconds(1));
}
Result<Typed> lower_minutes_since(Lowering& at, const Node& node) {
  return whole_units(at, node, minutes(1));
}
Result<Typed> lower_hours_since(Lowering& at, const Node& node) {
  return whole_units(at, node, hours(1));
}
Result<Typed> lower_weeks_since(Lowering& at, const Node& node) {
  return whole_units(at, node, weeks(1));
}
Result<Typed> lower_days_since(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed result, one_point(at, node, Op::kDaysSince));
  result.measure = Measure::kDays;
  return result;
}
Result<Typed> lower_days_until(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed result, one_point(at, node, Op::kDaysUntil));
  result.measure = Measure::kDays;
  return result;
}
Result<Typed> lower_months_since(Lowering& at, const Node& node) {
  return one_point(at, node, Op::kMonthsSince);
}
Result<Typed> lower_years_since(Lowering& at, const Node& node) {
  return one_point(at, node, Op::kYearsSince);
}

Result<Typed> lower_age(Lowering& at, const Node& node) {
  if (node.arguments.empty()) {
    const std::optional<Typed> born = birth_date(at);
    return born ? age_of(born->expression) : nothing_of({ValueType::kInteger});
  }
  REGULARS_ASSIGN(const Typed born, point_argument(at, *node.arguments[0]));
  return age_of(born.expression);
}

Result<Typed> lower_birthday(Lowering& at, const Node&) {
  std::optional<Typed> born = birth_date(at);
  Typed result = born ? *std::move(born) : nothing_of({ValueType::kDay});
  result.special = Typed::Special::kAnniversary;
  return result;
}

Result<Typed> lower_anniversary(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed result, point_argument(at, *node.arguments[0]));
  result.special = Typed::Special::kAnniversary;
  return result;
}

Result<Typed> lower_year(Lowering& at, const Node& node) {
  return part(at, node, Op::kYearOf, 1, 0);
}
Result<Typed> lower_quarter(Lowering& at, const Node& node) {
  return part(at, node, Op::kQuarterOf, 1, 4);
}
Result<Typed> lower_month(Lowering& at, const Node& node) {
  return part(at, node, Op::kMonthOf, 1, 12);
}
Result<Typed> lower_week(Lowering& at, const Node& node) {
  return part(at, node, Op::kWeekOf, 1, 53);
}
Result<Typed> lower_weekday(Lowering& at, const Node& node) {
  return part(at, node, Op::kWeekdayOf, 1, 7);
}
Result<Typed> lower_day_of_month(Lowering& at, const Node& node) {
  return part(at, node, Op::kDayOfMonth, 1, 31);
}
Result<Typed> lower_hour(Lowering& at, const Node& node) {
  return part(at, node, Op::kHourOf, 0, 23, true);
}
Result<Typed> lower_minute(Lowering& at, const Node& node) {
  return part(at, node, Op::kMinuteOf, 0, 59, true);
}

Result<Typed> lower_day(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed value, point_argument(at, *node.arguments[0]));
  if (value.is_day()) return value;
  if (value.expression->op == Op::kEventAt) return typed(make(Op::kEventDay, {}), ValueType::kDay);
  return typed(make(Op::kDayOf, {value.expression}), ValueType::kDay);
}

Result<Typed> lower_held_since(Lowering& at, const Node& node) { return since_when(at, node); }

Result<Typed> lower_held(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed since, since_when(at, node));
  Typed result = integer_of(evaluate::elapsed(since.expression, microseconds(1)));
  result.measure = Measure::kDuration;
  result.least = 0;
  result.called = "held";
  return result;
}

}  // namespace regulars::language
