// The other operators: has, within, is, tests of texts, at, any item.
#include "evaluate/checker.h"
#include "language/lower/chapters.h"
#include "language/lower/lowering.h"

namespace regulars::language {
namespace {

using evaluate::AggregateKind;
using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;
using evaluate::Window;

Typed negate_if(bool negated, ExpressionPtr expression) {
  if (negated) expression = make(Op::kNot, {std::move(expression)});
  return boolean_of(std::move(expression));
}

// Whole days of a span, for days that return every year.
std::optional<int64_t> days_of(const TimeAmount& time) {
  if (time.unit == Unit::kDay) return time.count;
  if (time.unit == Unit::kWeek) return time.count * 7;
  return std::nullopt;
}

Result<Typed> anniversary_within(Lowering& at, const Node& node, const Typed& day) {
  const Span& span = *node.span;
  const ExpressionPtr to_go = make(Op::kDaysToAnniversary, {day.expression});
  const bool ahead = span.kind == Span::Kind::kNext || span.kind == Span::Kind::kNextCalendar;
  const bool back = span.kind == Span::Kind::kLast || span.kind == Span::Kind::kLastCalendar;
  const std::optional<int64_t> days = days_of(span.amount);
  if ((ahead || back) && days && *days >= 0 && *days <= 366) {
    const ExpressionPtr soon = make(Op::kLessEqual, {to_go, evaluate::integer(*days)});
    if (ahead) return negate_if(node.negated, soon);
    evaluate::Shift shift;
    shift.back = regulars::days(*days);
    return negate_if(node.negated, evaluate::shifted(soon, shift));
  }
  const bool this_month = span.kind == Span::Kind::kThis && span.amount.unit == Unit::kMonth;
  if (this_month && !span.retail) {
    const ExpressionPtr month = make(Op::kMonthOf, {day.expression});
    return negate_if(node.negated,
                     make(Op::kEqual, {month, make(Op::kMonthOf, {evaluate::as_of_day()})}));
  }
  return at.error(span.extent, "a day that returns every year is asked in days, up to 366",
                  "write: birthday within next 14 days, or within this month");
}

constexpr const char* kPointsStatement = "points_statement";

// Statements with a running balance speak of all her points: only the newest one's expiry holds.
// Statements without are lots, each with its own.
ExpressionPtr balance_or_lots(const Window& window, const ExpressionPtr& lots) {
  const ExpressionPtr with_balance = make(Op::kKnown, {evaluate::column("balance")});
  const auto newest = [&](const char* column) {
    return evaluate::aggregate(plain(AggregateKind::kLast, kPointsStatement,
                                     evaluate::column_value(column), with_balance));
  };
  const ExpressionPtr balance = newest("balance");
  const ExpressionPtr some = make(Op::kGreater, {balance, evaluate::integer(0)});
  const ExpressionPtr soon = make(Op::kIsTrue, {evaluate::in_window(newest("expires_at"), window)});
  return make(Op::kIfElse, {make(Op::kKnown, {balance}), make(Op::kAnd, {some, soon}), lots});
}

Result<Typed> expiring_within(Lowering& at, const Node& node, const Typed& points) {
  // The value is a count of statements whose date of expiry is to be put to the test.
  REGULARS_ASSIGN(const Window window, window_of_within(at, *node.span));
  if (!points.expression->aggregate) return negate_if(node.negated, evaluate::unknown());
  evaluate::Aggregate statements = *points.expression->aggregate;
  statements.where = make(
      Op::kAnd, {statements.where, evaluate::in_window(evaluate::column("expires_at"), window)});
  const ExpressionPtr count = evaluate::aggregate(std::move(statements));
  const ExpressionPtr lots = make(Op::kGreaterEqual, {count, evaluate::integer(1)});
  const auto* event = evaluate::find_event(at.scope.schema, kPointsStatement);
  const bool balances = event != nullptr && find_column(event->columns, "balance") != nullptr;
  return negate_if(node.negated, balances ? balance_or_lots(window, lots) : lots);
}

Result<void> check_text(const Lowering& at, const Node& node, const Typed& value,
                        const std::string& op) {
  if (value.type.untyped && !value.time) return {};
  if (value.is_text() && !value.type.is_set) return {};
  std::string hint;
  if (value.type.is_set) hint = "write: " + at.source(node) + " has '...'";
  if (value.is_number()) hint = "numbers are compared with =, < or between";
  return at.error(node.extent,
                  quoted(op) + " takes a text; " + at.source(node) + " is " + kind_of(value), hint);
}

}  // namespace

Result<Typed> lower_within(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed value, at.lower(*node.arguments[0]));
  switch (value.special) {
    case Typed::Special::kAnniversary:
      return anniversary_within(at, node, value);
    case Typed::Special::kExpiring:
      return expiring_within(at, node, value);
    case Typed::Special::kEntered: {
      REGULARS_ASSIGN(const Window window, window_over_time(at, *node.span));
      return negate_if(node.negated, evaluate::over_time(Op::kEntered, value.expression, window));
    }
    default:
      break;
  }
  if (value.is_point() || (value.type.untyped && !value.time)) {
    REGULARS_ASSIGN(const Window window, window_of_within(at, *node.span));
    const bool ahead =
        node.span->kind == Span::Kind::kNext || node.span->kind == Span::Kind::kNextCalendar;
    const auto& read = value.expression->aggregate;
    if (ahead && read && read->value.kind == evaluate::AggregateValue::Kind::kAt) {
      at.warn(node.extent, "events lie in the past, and this asks for the time ahead: write " +
                               at.source(*node.arguments[0]) + " within last " +
                               to_words(node.span->amount));
    }
    return negate_if(node.negated, evaluate::in_window(value.expression, window));
  }
  return at.error(node.arguments[0]->extent,
                  "'within' asks when: " + at.source(*node.arguments[0]) + " is " + kind_of(value) +
                      ", not an instant or a day",
                  value.is_number()
                      ? "a window of events stands after `over`: count(purchase) over "
                        "last 30 days"
                      : "write: last(purchase) within last 30 days");
}

Result<Typed> lower_is(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed value, at.lower(*node.arguments[0]));
  if (value.time || value.special == Typed::Special::kCustomer) {
    return at.error(node.extent, at.source(*node.arguments[0]) + " is always known");
  }
  if (node.text == "known") {
    return negate_if(node.negated, make(Op::kKnown, {value.expression}));
  }
  if (node.text == "missing") {
    return negate_if(!node.negated, make(Op::kKnown, {value.expression}));
  }
  REGULARS_ASSIGN(const Typed rule, as_rule(at, value, *node.arguments[0]));
  const ExpressionPtr asked =
      node.text == "true" ? rule.expression : make(Op::kNot, {rule.expression});
  return negate_if(node.negated, make(Op::kIsTrue, {asked}));
}

Result<Typed> lower_has(Lowering& at, const Node& node) {
  const Node& set = *node.arguments[0];
  REGULARS_ASSIGN(const Typed value, at.lower(set));
  if (!value.type.is_set && !value.type.untyped) {
    const bool text = value.is_text();
    return at.error(set.extent,
                    "'has' takes a set of texts; " + at.source(set) + " is " + kind_of(value),
                    text ? "write: " + at.source(set) +
                               " = '...' or contains '...'; or declare it "
                               "as a set in regulars.yaml"
                         : "");
  }
  std::vector<ExpressionPtr> arguments{value.expression};
  for (size_t i = 1; i < node.arguments.size(); ++i) {
    const Node& element = *node.arguments[i];
    if (element.kind != Node::Kind::kText) {
      return at.error(element.extent, "the elements of a set are texts",
                      "put it in quotes: '" + at.source(element) + "'");
    }
    warn_about_text(at, element, value, element.text);
    arguments.push_back(evaluate::text(element.text));
  }
  const Op op = node.text == "all" ? Op::kHasAll : Op::kHas;
  return negate_if(node.text == "none", make(op, std::move(arguments)));
}

Result<Typed> lower_text_test(Lowering& at, const Node& node, Op op) {
  REGULARS_ASSIGN(const Typed value, at.lower(*node.arguments[0]));
  REGULARS_TRY(check_text(at, *node.arguments[0], value, node.text));
  REGULARS_ASSIGN(const Typed pattern, at.lower(*node.arguments[1]));
  REGULARS_TRY(check_text(at, *node.arguments[1], pattern, node.text));
  const bool needs_literal = op == Op::kLike || op == Op::kMatches;
  if (needs_literal && node.arguments[1]->kind != Node::Kind::kText) {
    return at.error(node.arguments[1]->extent, quoted(node.text) + " takes a pattern as written",
                    "write: " + at.source(*node.arguments[0]) + " " + node.text + " '...'");
  }
  if (needs_literal) {
    const ExpressionPtr tried = make(op, {evaluate::text(""), pattern.expression});
    const auto good = evaluate::check(*tried, at.scope.schema);
    if (!good) {
      return at.error(node.arguments[1]->extent, good.error().message(), good.error().hint());
    }
  }
  const bool wild = node.arguments[1]->text.find_first_of("%_") != std::string::npos;
  if (op == Op::kLike && !wild) {
    at.warn(node.extent, "the pattern has neither % nor _: this is the same as =");
  }
  return negate_if(node.negated, make(op, {value.expression, pattern.expression}));
}

Result<Typed> lower_at(Lowering& at, const Node& node) {
  if (at.event != nullptr) {
    return at.error(node.extent, "inside `where` an event is looked at, which is when it is",
                    "put `at` after the whole: count(...) at 90 days ago");
  }
  REGULARS_ASSIGN(Typed value, at.lower(*node.arguments[0]));
  if (value.time || value.special == Typed::Special::kCustomer) {
    return at.error(node.extent, at.source(*node.arguments[0]) + " does not change with time");
  }
  const Node& what = *node.arguments[0];
  const bool parameter = what.kind == Node::Kind::kName &&
                         at.scope.parameters.contains(what.text) && value.is_literal();
  if (parameter || (what.kind != Node::Kind::kName && value.is_literal())) {
    return at.error(node.extent,
                    at.source(*node.arguments[0]) +
                        " does not change with time, and `at` binds "
                        "tighter than a comparison",
                    "write: city at '2025-06-30' = 'Leeds', or (city = 'Leeds') at '2025-06-30'");
  }
  if (value.special != Typed::Special::kNone && value.special != Typed::Special::kPattern) {
    REGULARS_ASSIGN(value, as_rule(at, std::move(value), *node.arguments[0]));
  }
  REGULARS_ASSIGN(const evaluate::Shift shift, shift_of(at, *node.moment));
  value.expression = evaluate::shifted(value.expression, shift);
  return value;
}

Result<Typed> lower_items(Lowering& at, const Node& node) {
  const bool any = node.text == "any";
  if (at.event == nullptr) {
    return at.error(node.extent,
                    quoted(node.text + " item") +
                        " belongs inside the `where` of an "
                        "event",
                    "write: count(purchase where " + at.source(node) + ") >= 1");
  }
  if (at.event->inside_items || at.event->sees_items) {
    return at.error(node.extent, "here one item is looked at already",
                    "write its conditions without " + quoted(node.text + " item"));
  }
  EventContext inner = *at.event;
  inner.inside_items = true;
  REGULARS_ASSIGN(ExpressionPtr rule, at.rule_in(&inner, *node.arguments[0]));
  return boolean_of(make(any ? Op::kAnyItem : Op::kAllItems, {std::move(rule)}));
}

}  // namespace regulars::language
