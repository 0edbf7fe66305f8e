// Sums, products and differences, with their units.
#include "language/lower/lowering.h"

namespace regulars::language {
namespace {

using evaluate::make;
using evaluate::Op;

Op op_of(const std::string& text) {
  if (text == "+") return Op::kAdd;
  if (text == "-") return Op::kSubtract;
  return text == "*" ? Op::kMultiply : Op::kDivide;
}

Error unfit(const Lowering& at, const Node& node, const Typed& a, const Typed& b) {
  return at.error(
      node.extent, quoted(node.text) + " does not take " + kind_of(a) + " and " + kind_of(b),
      a.is_text() || b.is_text() ? "only numbers, instants and days are computed with" : "");
}

// last(purchase) + 30 days, birth_date + 7 days.
Result<Typed> moved(const Lowering& at, const Node& node, Typed point, const TimeAmount& time,
                    Extent where) {
  Op op = op_of(node.text);
  if (op != Op::kAdd && op != Op::kSubtract) {
    return at.error(node.extent, "an instant is moved with + or -");
  }
  REGULARS_ASSIGN(const Duration length, exact_time(at, time, where));
  int64_t units = length.micros;
  if (point.is_day()) {
    if (time.unit < Unit::kDay) {
      return at.error(where, "a day is moved by days or weeks, not by " + to_words(time));
    }
    units /= kMicrosOfDay;
  }
  point.expression = make(op, {point.expression, evaluate::integer(units)});
  point.special = Typed::Special::kNone;
  return point;
}

Result<Typed> with_time(const Lowering& at, const Node& node, Typed a, Typed b) {
  const Node& left = *node.arguments[0];
  const Node& right = *node.arguments[1];
  if (a.is_point() && b.time) return moved(at, node, std::move(a), *b.time, right.extent);
  if (b.is_point() && a.time && node.text == "+") {
    return moved(at, node, std::move(b), *a.time, left.extent);
  }
  Typed& literal = a.time ? a : b;
  const Typed& other = a.time ? b : a;
  const bool factor = other.is_literal() && other.has(ValueType::kInteger) && node.text == "*";
  if (factor) {
    literal.time->count *= other.expression->literal.number;
    return literal;
  }
  const bool sum = node.text == "+" || node.text == "-";
  const bool measured = other.measure == Measure::kDays || other.measure == Measure::kDuration;
  if (sum && measured) {
    REGULARS_ASSIGN(const Duration length,
                    exact_time(at, *literal.time, a.time ? left.extent : right.extent));
    const bool days = other.measure == Measure::kDays && length.micros % kMicrosOfDay == 0;
    if (other.measure == Measure::kDays && !days) return unfit(at, node, a, b);
    Typed number =
        integer_of(evaluate::integer(days ? length.micros / kMicrosOfDay : length.micros));
    Typed result = other;
    result.least = result.most = std::nullopt;
    const auto& first = a.time ? number.expression : a.expression;
    const auto& second = a.time ? other.expression : number.expression;
    result.expression = make(op_of(node.text), {first, second});
    return result;
  }
  return at.error(node.extent,
                  quoted(node.text) + " does not take " + kind_of(a) + " and " + kind_of(b),
                  "compare a length of time with one: now - last(purchase) > 30 days");
}

Result<Measure> measure_of(const Lowering& at, const Node& node, const Typed& a, const Typed& b) {
  const bool sum = node.text == "+" || node.text == "-";
  if (sum) {
    if (a.measure == b.measure || b.measure == Measure::kPlain) return a.measure;
    if (a.measure == Measure::kPlain) return b.measure;
    return at.error(node.extent, quoted(node.text) + " of different units",
                    "convert one of them: days are plain numbers, lengths of time are exact");
  }
  if (a.measure == Measure::kPlain) {
    return node.text == "*" ? b.measure : Measure::kPlain;
  }
  return b.measure == Measure::kPlain ? a.measure : Measure::kPlain;
}

void check_zero(Lowering& at, const Node& node, const Typed& b) {
  if (node.text != "/" || !b.is_literal()) return;
  const evaluate::Literal& literal = b.expression->literal;
  const bool zero = literal.type == ValueType::kReal ? literal.real == 0 : literal.number == 0;
  if (zero) at.warn(node.extent, "division by zero is unknown, always");
}

evaluate::Type type_of(const Node& node, const Typed& a, const Typed& b) {
  using evaluate::is_exact;
  const bool whole = a.type.value == ValueType::kInteger && b.type.value == ValueType::kInteger;
  if (node.text == "/" || !is_exact(a.type) || !is_exact(b.type)) return {ValueType::kReal};
  if (whole) return {ValueType::kInteger};
  if (node.text == "*") return {ValueType::kDecimal, a.type.scale + b.type.scale};
  return {ValueType::kDecimal, std::max(a.type.scale, b.type.scale)};
}

// The range of a sum or product of values that are never negative.
void set_range(const Node& node, const Typed& a, const Typed& b, Typed& result) {
  const bool grows = node.text == "+" || node.text == "*";
  const auto never_negative = [](const Typed& x) {
    if (x.least) return *x.least >= 0;
    return x.is_literal() && (x.type.value == ValueType::kReal ? x.expression->literal.real >= 0
                                                               : x.expression->literal.number >= 0);
  };
  if (grows && never_negative(a) && never_negative(b)) result.least = 0;
}

}  // namespace

Result<Typed> lower_arithmetic(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed a, at.lower(*node.arguments[0]));
  REGULARS_ASSIGN(Typed b, at.lower(*node.arguments[1]));
  if (a.time && b.time) return unfit(at, node, a, b);
  if (a.time || b.time) return with_time(at, node, std::move(a), std::move(b));
  const Op op = op_of(node.text);
  if (a.is_point() && b.is_point()) {
    if (op != Op::kSubtract) return unfit(at, node, a, b);
    const bool instants = a.is_instant() && b.is_instant();
    const auto as_day = [](const Typed& x) {
      return x.is_day() ? x.expression : make(Op::kDayOf, {x.expression});
    };
    Typed result = integer_of(instants ? make(op, {a.expression, b.expression})
                                       : make(op, {as_day(a), as_day(b)}));
    result.measure = instants ? Measure::kDuration : Measure::kDays;
    return result;
  }
  const bool days_moved =
      a.is_day() && b.has(ValueType::kInteger) && (op == Op::kAdd || op == Op::kSubtract);
  if (days_moved) {
    a.expression = make(op, {a.expression, b.expression});
    return a;
  }
  for (const Typed* value : {&a, &b}) {
    if (!value->is_number() && !value->type.untyped) return unfit(at, node, a, b);
  }
  REGULARS_ASSIGN(const Measure measure, measure_of(at, node, a, b));
  check_zero(at, node, b);
  Typed result;
  result.expression = make(op, {a.expression, b.expression});
  result.type =
      a.type.untyped || b.type.untyped ? evaluate::Type{ValueType::kReal} : type_of(node, a, b);
  result.measure = measure;
  set_range(node, a, b, result);
  if (result.type.value == ValueType::kDecimal && result.type.scale > kMaxScale) {
    return at.error(node.extent,
                    "the product would need " + std::to_string(result.type.scale) +
                        " digits after the point; at most " + std::to_string(kMaxScale) +
                        " are kept",
                    "round one of the numbers first");
  }
  return result;
}

}  // namespace regulars::language
