// Functions of texts, sets and numbers.
#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;

Result<Typed> text_value(Lowering& at, const Node& call, const Node& node) {
  REGULARS_ASSIGN(Typed value, at.lower(node));
  const bool fits = (value.is_text() && !value.type.is_set) || (value.type.untyped && !value.time);
  if (fits) return value;
  return at.error(node.extent, quoted(call.text) + " takes a text; " + at.source(node) + " is " +
                                   kind_of(value));
}

Result<Typed> unary_text(Lowering& at, const Node& node, Op op) {
  REGULARS_ASSIGN(const Typed value, text_value(at, node, *node.arguments[0]));
  return text_of(make(op, {value.expression}));
}

Result<Typed> choice(Lowering& at, const Node& node, Op op) {
  std::vector<ExpressionPtr> arguments;
  Typed result;
  for (const NodePtr& argument : node.arguments) {
    REGULARS_ASSIGN(Typed value, at.lower(*argument));
    if (!value.is_number() && !value.is_point() && !value.type.untyped) {
      return at.error(argument->extent, quoted(node.text) + " takes numbers, days or instants; " +
                                            at.source(*argument) + " is " + kind_of(value));
    }
    arguments.push_back(value.expression);
    if (arguments.size() == 1) {
      result = std::move(value);
      continue;
    }
    const Result<evaluate::Type> type = evaluate::unified(result.type, value.type);
    const bool measures =
        result.measure == value.measure || value.is_literal() || arguments[0]->op == Op::kLiteral;
    if (!type || !measures) {
      return at.error(argument->extent, "all arguments must be of one kind; the first is " +
                                            kind_of(result) + ", this is " + kind_of(value));
    }
    result.type = *type;
    if (value.measure != Measure::kPlain) result.measure = value.measure;
  }
  result.least = result.most = std::nullopt;
  result.expression = make(op, std::move(arguments));
  return result;
}

}  // namespace

Result<Typed> lower_lower(Lowering& at, const Node& node) {
  return unary_text(at, node, Op::kLower);
}
Result<Typed> lower_fold(Lowering& at, const Node& node) { return unary_text(at, node, Op::kFold); }

Result<Typed> lower_length(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed value, text_value(at, node, *node.arguments[0]));
  return count_of(make(Op::kLength, {value.expression}));
}

Result<Typed> lower_version_compare(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed a, text_value(at, node, *node.arguments[0]));
  REGULARS_ASSIGN(const Typed b, text_value(at, node, *node.arguments[1]));
  Typed result = integer_of(make(Op::kVersionCompare, {a.expression, b.expression}));
  result.least = -1;
  result.most = 1;
  return result;
}

Result<Typed> lower_size(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed value, at.lower(*node.arguments[0]));
  if (!value.type.is_set && !value.type.untyped) {
    return at.error(
        node.arguments[0]->extent,
        "'size' takes a set of texts; " + at.source(*node.arguments[0]) + " is " + kind_of(value),
        value.is_text() ? "the length of a text is length(...)" : "");
  }
  return count_of(make(Op::kSetSize, {value.expression}));
}

Result<Typed> lower_abs(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed value, at.number(*node.arguments[0]));
  value.expression = make(Op::kAbs, {value.expression});
  value.most = std::nullopt;
  value.least = 0;
  return value;
}

Result<Typed> lower_round(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed value, at.number(*node.arguments[0]));
  value.expression = make(Op::kRound, {value.expression});
  value.type = {ValueType::kInteger};
  return value;
}

Result<Typed> lower_floor(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed value, at.number(*node.arguments[0]));
  value.expression = make(Op::kFloor, {value.expression});
  value.type = {ValueType::kInteger};
  return value;
}

Result<Typed> lower_least(Lowering& at, const Node& node) { return choice(at, node, Op::kLeast); }
Result<Typed> lower_greatest(Lowering& at, const Node& node) {
  return choice(at, node, Op::kGreatest);
}

Result<Typed> lower_known(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed value, at.lower(*node.arguments[0]));
  if (value.time) return at.error(node.extent, "a length of time is always known");
  return boolean_of(make(Op::kKnown, {value.expression}));
}

Result<Typed> lower_missing(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed known, lower_known(at, node));
  return boolean_of(make(Op::kNot, {known.expression}));
}

Result<Typed> lower_coalesce(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed value, at.lower(*node.arguments[0]));
  REGULARS_ASSIGN(const Typed instead, at.lower(*node.arguments[1]));
  const Result<evaluate::Type> type = evaluate::unified(value.type, instead.type);
  if (!type || value.time || instead.time) {
    return at.error(node.arguments[1]->extent, "both must be of one kind; the first is " +
                                                   kind_of(value) + ", this is " +
                                                   kind_of(instead));
  }
  value.expression = make(
      Op::kIfElse, {make(Op::kKnown, {value.expression}), value.expression, instead.expression});
  value.type = *type;
  value.least = value.most = std::nullopt;
  value.classes.clear();
  return value;
}

}  // namespace regulars::language
