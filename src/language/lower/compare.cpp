// Comparisons: what may be compared with what, and in which unit.
#include <algorithm>

#include "language/lower/lowering.h"

namespace regulars::language {
namespace {

using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;

bool is_equality(Op op) { return op == Op::kEqual || op == Op::kNotEqual; }

Op swapped(Op op) {
  switch (op) {
    case Op::kLess:
      return Op::kGreater;
    case Op::kLessEqual:
      return Op::kGreaterEqual;
    case Op::kGreater:
      return Op::kLess;
    case Op::kGreaterEqual:
      return Op::kLessEqual;
    default:
      return op;
  }
}

struct Sides {
  const Node& whole;
  const Node& a;
  const Node& b;
};

Error unlike(const Lowering& at, const Sides& sides, const Typed& a, const Typed& b) {
  const bool text = a.is_text() || b.is_text();
  std::string hint;
  if (text && b.is_literal() && !b.is_text()) {
    hint = "a text stands in quotes: '" + at.source(sides.b) + "'";
  } else if (b.is_literal() && b.is_text() && a.is_number()) {
    hint = "a number stands without quotes";
  } else if (a.is_point() && b.is_number()) {
    hint = "how long ago is days_since(" + at.source(sides.a) + ")";
  }
  return at.error(sides.whole.extent,
                  at.source(sides.a) + " is " + kind_of(a) + ", " + at.source(sides.b) + " is " +
                      kind_of(b) + ": they cannot be compared",
                  hint);
}

// A length of time against a value: in the value's own unit.
Result<Typed> time_like(const Lowering& at, const Sides& sides, const Typed& value,
                        const Typed& time, const Node& time_node) {
  const Node& other = &time_node == &sides.a ? sides.b : sides.a;
  if (value.measure == Measure::kDuration) {
    REGULARS_ASSIGN(const Duration length, exact_time(at, *time.time, time_node.extent));
    return integer_of(evaluate::integer(length.micros));
  }
  if (value.measure == Measure::kDays) {
    const bool days = time.time->unit == Unit::kDay || time.time->unit == Unit::kWeek;
    if (days) {
      return integer_of(
          evaluate::integer(time.time->count * (time.time->unit == Unit::kWeek ? 7 : 1)));
    }
    return at.error(
        time_node.extent,
        at.source(other) + " counts whole days, " + to_words(*time.time) + " are no number of days",
        "write it in days, or use hours_since(...) or months_since(...)");
  }
  std::string hint;
  if (value.is_point()) {
    hint = "write: " + at.source(other) + " within last " + to_words(*time.time) +
           ", or days_since(" + at.source(other) + ") <= " + std::to_string(time.time->count);
  } else if (value.is_number()) {
    hint = "a plain number is needed: " + std::to_string(time.time->count) +
           "; a window stands after `over`: over last " + to_words(*time.time);
  }
  return at.error(
      sides.whole.extent,
      to_words(*time.time) + " is a length of time; " + at.source(other) + " is " + kind_of(value),
      hint);
}

// A date as written, or a parameter that holds one.
bool may_be_date(const Typed& value, const Node& node) {
  const bool named = node.kind == Node::Kind::kText || node.kind == Node::Kind::kName;
  return named && value.is_literal() && value.expression->literal.type == ValueType::kText;
}

Result<WrittenDate> date_like(const Lowering& at, const Sides& sides, const Typed& value,
                              const Typed& date, const Node& literal) {
  const std::string& text = date.expression->literal.text;
  if (const auto read = read_date(text, at.zone)) return *read;
  const Node& other = &literal == &sides.a ? sides.b : sides.a;
  return at.error(
      literal.extent,
      at.source(other) + " is " + kind_of(value) + ", and " + quoted(text) + " is not a date",
      "write dates as '2025-01-31', or '2025-01-31 14:30'");
}

// An instant against a whole day: `<= '2025-01-31'` takes that day in, `=` is any time of it.
ExpressionPtr against_day(Op op, const ExpressionPtr& instant, Instant begin, Instant end) {
  const ExpressionPtr from = evaluate::instant(begin);
  const ExpressionPtr until = evaluate::instant(end);
  switch (op) {
    case Op::kLess:
      return make(Op::kLess, {instant, from});
    case Op::kLessEqual:
      return make(Op::kLess, {instant, until});
    case Op::kGreater:
      return make(Op::kGreaterEqual, {instant, until});
    case Op::kGreaterEqual:
      return make(Op::kGreaterEqual, {instant, from});
    case Op::kEqual:
      return make(Op::kAnd,
                  {make(Op::kGreaterEqual, {instant, from}), make(Op::kLess, {instant, until})});
    default:
      return make(Op::kOr,
                  {make(Op::kLess, {instant, from}), make(Op::kGreaterEqual, {instant, until})});
  }
}

Result<Typed> with_date(const Lowering& at, const Sides& sides, Op op, const Typed& value,
                        const Typed& written, const Node& literal) {
  REGULARS_ASSIGN(const WrittenDate date, date_like(at, sides, value, written, literal));
  if (value.is_day()) {
    if (date.instant) {
      return at.error(literal.extent, "a day has no time of day", "write only the date");
    }
    return boolean_of(make(op, {value.expression, evaluate::day(date.day)}));
  }
  if (date.instant) {
    return boolean_of(make(op, {value.expression, evaluate::instant(*date.instant)}));
  }
  return boolean_of(against_day(op, value.expression, at.zone.start_of(date.day),
                                at.zone.start_of(date.day + 1)));
}

// Days and microseconds to one unit.
Result<void> one_measure(const Lowering& at, const Sides& sides, Typed& a, Typed& b) {
  if (a.measure == b.measure) return {};
  const auto as_duration = [](Typed& days) {
    days.expression = make(Op::kMultiply, {days.expression, evaluate::integer(kMicrosOfDay)});
    days.measure = Measure::kDuration;
  };
  const bool plain = a.measure == Measure::kPlain || b.measure == Measure::kPlain;
  if (!plain && a.measure != Measure::kKm && b.measure != Measure::kKm) {
    as_duration(a.measure == Measure::kDays ? a : b);
    return {};
  }
  const Typed& measured = a.measure == Measure::kPlain ? b : a;
  const Node& bare = a.measure == Measure::kPlain ? sides.a : sides.b;
  if (plain && measured.measure == Measure::kDays) return {};
  if (measured.measure == Measure::kKm) {
    return at.error(bare.extent, "a distance is compared with a distance",
                    "write the unit: " + at.source(bare) + " km");
  }
  return at.error(bare.extent, "a length of time is compared with a length of time",
                  "write the unit: " + at.source(bare) + " days");
}

Result<void> check_class(const Lowering& at, const Node& literal, const Typed& value) {
  const bool known =
      std::find(value.classes.begin(), value.classes.end(), literal.text) != value.classes.end();
  if (known || value.classes.empty()) return {};
  const std::string near = did_you_mean(literal.text, value.classes);
  return at.error(literal.extent, quoted(value.called) + " is never " + quoted(literal.text),
                  near.empty() ? list_of(value.classes) : near);
}

Result<Typed> texts(Lowering& at, const Sides& sides, Op op, const Typed& a, const Typed& b) {
  if (a.type.is_set || b.type.is_set) {
    return at.error(sides.whole.extent, "a set of texts is not compared with one text",
                    "write: " + at.source(a.type.is_set ? sides.a : sides.b) + " has " +
                        at.source(a.type.is_set ? sides.b : sides.a));
  }
  for (const auto& [value, node] : {std::pair(&a, &sides.b), std::pair(&b, &sides.a)}) {
    if (node->kind != Node::Kind::kText) continue;
    REGULARS_TRY(check_class(at, *node, *value));
    if (is_equality(op)) warn_about_text(at, *node, *value, node->text);
  }
  return boolean_of(make(op, {a.expression, b.expression}));
}

Result<Typed> numbers(Lowering& at, const Sides& sides, Op op, Typed a, Typed b) {
  REGULARS_TRY(one_measure(at, sides, a, b));
  if (b.is_literal()) warn_about_range(at, sides.whole, op, a, b);
  return boolean_of(make(op, {a.expression, b.expression}));
}

Result<Typed> points(const Sides& sides, const Lowering& at, Op op, const Typed& a,
                     const Typed& b) {
  if (!a.is_point() || !b.is_point()) return unlike(at, sides, a, b);
  if (a.is_day() == b.is_day()) return boolean_of(make(op, {a.expression, b.expression}));
  const auto as_day = [](const Typed& value) {
    if (value.is_day()) return value.expression;
    if (value.expression->op == Op::kEventAt) return make(Op::kEventDay, {});
    return make(Op::kDayOf, {value.expression});
  };
  return boolean_of(make(op, {as_day(a), as_day(b)}));
}

Error about_unknown(const Lowering& at, const Sides& sides) {
  return at.error(sides.whole.extent, "a comparison with unknown is never true",
                  "write: " + at.source(sides.a) + " is missing, or is known");
}

Result<Typed> compare_sides(Lowering& at, const Sides& sides, Op op, Typed a, Typed b) {
  using Special = Typed::Special;
  if (sides.b.kind == Node::Kind::kUnknown || sides.a.kind == Node::Kind::kUnknown) {
    return about_unknown(at, sides);
  }
  for (const Typed* value : {&a, &b}) {
    const bool needs_span = value->special == Special::kAnniversary ||
                            value->special == Special::kEntered ||
                            value->special == Special::kExpiring;
    const Node& node = value == &a ? sides.a : sides.b;
    if (needs_span) REGULARS_TRY(as_rule(at, *value, node));
  }
  if (a.time && b.time) {
    return at.error(sides.whole.extent, "two lengths of time as written are compared");
  }
  if (a.time) {
    REGULARS_ASSIGN(const Typed value, time_like(at, sides, b, a, sides.a));
    return boolean_of(make(op, {value.expression, b.expression}));
  }
  if (b.time) {
    REGULARS_ASSIGN(const Typed value, time_like(at, sides, a, b, sides.b));
    warn_about_range(at, sides.whole, op, a, value);
    return boolean_of(make(op, {a.expression, value.expression}));
  }
  if (a.is_point() && may_be_date(b, sides.b)) return with_date(at, sides, op, a, b, sides.b);
  if (b.is_point() && may_be_date(a, sides.a)) {
    return with_date(at, sides, swapped(op), b, a, sides.a);
  }
  if (a.type.untyped || b.type.untyped) return boolean_of(make(op, {a.expression, b.expression}));
  if (a.is_number() && b.is_number()) return numbers(at, sides, op, std::move(a), std::move(b));
  if (a.is_text() && b.is_text()) return texts(at, sides, op, a, b);
  if (a.is_point() || b.is_point()) return points(sides, at, op, a, b);
  if (a.is_boolean() && b.is_boolean()) {
    if (is_equality(op)) return boolean_of(make(op, {a.expression, b.expression}));
    return at.error(sides.whole.extent, "true and false have no order");
  }
  return unlike(at, sides, a, b);
}

Op op_of(const std::string& text) {
  if (text == "=") return Op::kEqual;
  if (text == "!=") return Op::kNotEqual;
  if (text == "<") return Op::kLess;
  if (text == "<=") return Op::kLessEqual;
  if (text == ">") return Op::kGreater;
  return Op::kGreaterEqual;
}

std::optional<Op> text_test_of(const std::string& text) {
  if (text == "like") return Op::kLike;
  if (text == "matches") return Op::kMatches;
  if (text == "contains") return Op::kContains;
  if (text == "starts with") return Op::kStartsWith;
  if (text == "ends with") return Op::kEndsWith;
  return std::nullopt;
}

Typed negate_if(bool negated, Typed value) {
  if (negated) value.expression = make(Op::kNot, {value.expression});
  return value;
}

}  // namespace

Result<Typed> compare(Lowering& at, const Node& node, Op op, Typed a, Typed b) {
  return compare_sides(at, {node, *node.arguments[0], *node.arguments[1]}, op, std::move(a),
                       std::move(b));
}

Result<Typed> lower_binary(Lowering& at, const Node& node) {
  if (node.text == "+" || node.text == "-" || node.text == "*" || node.text == "/") {
    return lower_arithmetic(at, node);
  }
  if (const std::optional<Op> test = text_test_of(node.text)) {
    return lower_text_test(at, node, *test);
  }
  REGULARS_ASSIGN(Typed a, at.lower(*node.arguments[0]));
  REGULARS_ASSIGN(Typed b, at.lower(*node.arguments[1]));
  if (equal(*node.arguments[0], *node.arguments[1])) {
    at.warn(node.extent, "both sides are the same");
  }
  return compare(at, node, op_of(node.text), std::move(a), std::move(b));
}

Result<Typed> lower_between(Lowering& at, const Node& node) {
  const Node& value = *node.arguments[0];
  const Node& low = *node.arguments[1];
  const Node& high = *node.arguments[2];
  REGULARS_ASSIGN(const Typed a, at.lower(value));
  REGULARS_ASSIGN(const Typed b, at.lower(low));
  REGULARS_ASSIGN(const Typed c, at.lower(high));
  const size_t warnings = at.out.warnings.size();
  REGULARS_ASSIGN(const Typed from, compare_sides(at, {node, value, low}, Op::kGreaterEqual, a, b));
  REGULARS_ASSIGN(const Typed to, compare_sides(at, {node, value, high}, Op::kLessEqual, a, c));
  // One end that every value passes is how ranges are written: between 0 and 5.
  std::erase_if(at.out.warnings, [&, index = size_t{0}](const Warning& warning) mutable {
    return index++ >= warnings && warning.message.find("always true") != std::string::npos;
  });
  const bool literals = b.is_literal() && c.is_literal() && b.is_number() && c.is_number();
  if (literals) {
    const auto number = [](const Typed& x) {
      const evaluate::Literal& l = x.expression->literal;
      return l.type == ValueType::kReal ? l.real : Decimal{l.number, l.scale}.to_double();
    };
    if (number(b) > number(c)) {
      at.warn(node.extent,
              "between takes the smaller end first; this is never true: write between " +
                  at.source(high) + " and " + at.source(low));
    }
  }
  return negate_if(node.negated, boolean_of(make(Op::kAnd, {from.expression, to.expression})));
}

Result<Typed> lower_one_of(Lowering& at, const Node& node) {
  const Node& value = *node.arguments[0];
  REGULARS_ASSIGN(Typed a, at.lower(value));
  if (a.special == Typed::Special::kCustomer) {
    a.expression = make(Op::kCustomerId, {});
    a.special = Typed::Special::kNone;
  }
  if (a.type.is_set) {
    return at.error(node.extent, at.source(value) + " is a set of texts",
                    "write: " + at.source(value) + " has any (...)");
  }
  std::vector<ExpressionPtr> plain{a.expression};
  std::vector<ExpressionPtr> others;
  for (size_t i = 1; i < node.arguments.size(); ++i) {
    const Node& literal = *node.arguments[i];
    REGULARS_ASSIGN(const Typed b, at.lower(literal));
    REGULARS_ASSIGN(const Typed same, compare_sides(at, {node, value, literal}, Op::kEqual, a, b));
    if (b.is_literal() && !a.is_point() && a.measure == b.measure) {
      plain.push_back(b.expression);
    } else {
      others.push_back(same.expression);
    }
  }
  if (plain.size() > 1) others.push_back(make(Op::kIn, std::move(plain)));
  ExpressionPtr result = others.size() == 1 ? others[0] : make(Op::kOr, std::move(others));
  return negate_if(node.negated, boolean_of(std::move(result)));
}

Result<Typed> lower_in_list(Lowering& at, const Node& node) {
  const auto list = at.scope.lists.find(node.text);
  if (list == at.scope.lists.end()) {
    const auto reference = at.scope.references.find(node.text);
    if (reference != at.scope.references.end() && reference->second == ReferenceKind::kSegment) {
      return at.error(node.extent, quoted(node.text) + " is a segment, not a list",
                      "write: in_segment('" + node.text + "')");
    }
    std::vector<std::string> names;
    for (const auto& [name, ids] : at.scope.lists) names.push_back(name);
    const std::string near = did_you_mean(node.text, names);
    return at.error(
        node.extent, "there is no list " + quoted(node.text),
        near.empty() ? "literals stand in brackets: in ('a', 'b'). " + list_of(names) : near);
  }
  REGULARS_ASSIGN(const Typed value, at.lower(*node.arguments[0]));
  if (value.special != Typed::Special::kCustomer) {
    return at.error(node.arguments[0]->extent, "lists hold customers",
                    "write: customer in " + node.text);
  }
  at.out.references.insert(node.text);
  std::vector<ExpressionPtr> arguments{make(Op::kCustomerId, {})};
  for (const std::string& id : list->second) arguments.push_back(evaluate::text(id));
  if (arguments.size() == 1) {
    at.warn(node.extent, "the list " + quoted(node.text) + " is empty");
    return negate_if(node.negated, boolean_of(evaluate::boolean(false)));
  }
  return negate_if(node.negated, boolean_of(make(Op::kIn, std::move(arguments))));
}

}  // namespace regulars::language
