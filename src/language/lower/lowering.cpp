#include "language/lower/lowering.h"

#include <algorithm>
#include <cmath>

#include "base/near_names.h"
#include "evaluate/checker.h"

namespace regulars::language {
namespace {

using evaluate::make;
using evaluate::Op;
using Kind = Node::Kind;

Result<Typed> literal(const Node& node) {
  Typed result;
  result.called = "the literal";
  switch (node.kind) {
    case Kind::kInteger:
      result = integer_of(evaluate::integer(node.number));
      break;
    case Kind::kDecimal:
      result = typed(evaluate::decimal(node.decimal), ValueType::kDecimal, node.decimal.scale);
      break;
    case Kind::kText:
      result = text_of(evaluate::text(node.text));
      break;
    case Kind::kBoolean:
      result = boolean_of(evaluate::boolean(node.number != 0));
      break;
    case Kind::kTime:
      result.time = node.time;
      break;
    case Kind::kLength: {
      const double factor = node.text == "m" ? 0.001 : node.text == "miles" ? 1.609344 : 1.0;
      result = real_of(evaluate::real(node.decimal.to_double() * factor));
      result.measure = Measure::kKm;
      break;
    }
    default:
      result.expression = evaluate::unknown();
      result.type = evaluate::untyped();
      break;
  }
  return result;
}

Result<Typed> logic(Lowering& at, const Node& node, Op op) {
  std::vector<evaluate::ExpressionPtr> arguments;
  for (const NodePtr& argument : node.arguments) {
    REGULARS_ASSIGN(evaluate::ExpressionPtr lowered, at.rule(*argument));
    arguments.push_back(std::move(lowered));
  }
  if (op == Op::kOr) warn_about_or(at, node);
  if (op == Op::kNot) warn_about_not(at, node);
  return boolean_of(make(op, std::move(arguments)));
}

Result<Typed> at_least_of(Lowering& at, const Node& node) {
  std::vector<evaluate::ExpressionPtr> arguments{evaluate::integer(node.number)};
  for (const NodePtr& argument : node.arguments) {
    REGULARS_ASSIGN(evaluate::ExpressionPtr lowered, at.rule(*argument));
    arguments.push_back(std::move(lowered));
  }
  const auto given = static_cast<int64_t>(node.arguments.size());
  if (node.number > given) {
    at.warn(node.extent, "'at least " + std::to_string(node.number) + " of' " +
                             std::to_string(given) + " conditions is never true");
  }
  if (node.number < 1) at.warn(node.extent, "'at least 0 of' is always true");
  return boolean_of(make(Op::kAtLeast, std::move(arguments)));
}

Result<Typed> negated(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed value, at.lower(*node.arguments[0]));
  if (value.time) {
    value.time->count = -value.time->count;
    return value;
  }
  if (!value.is_number() && !value.type.untyped) {
    return at.error(node.arguments[0]->extent, "'-' takes a number, not " + kind_of(value));
  }
  if (value.is_literal()) {
    auto negative = std::make_shared<evaluate::Expression>(*value.expression);
    negative->literal.number = -negative->literal.number;
    negative->literal.real = -negative->literal.real;
    value.expression = std::move(negative);
    return value;
  }
  value.expression = make(Op::kNegate, {value.expression});
  std::swap(value.least, value.most);
  if (value.least) value.least = -*value.least;
  if (value.most) value.most = -*value.most;
  return value;
}

// What the value of an `if` counts: that of both; a plain number takes the other's ("else 400" is
// as many days), and the unknown is of every kind.
std::optional<Measure> common_measure(const Typed& a, const Typed& b) {
  if (a.measure == b.measure) return a.measure;
  if (a.type.untyped || (a.is_literal() && a.is_number())) return b.measure;
  if (b.type.untyped || (b.is_literal() && b.is_number())) return a.measure;
  return std::nullopt;
}

Result<Typed> if_else(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(evaluate::ExpressionPtr condition, at.rule(*node.arguments[0]));
  REGULARS_ASSIGN(Typed yes, at.lower(*node.arguments[1]));
  REGULARS_ASSIGN(const Typed no, at.lower(*node.arguments[2]));
  const Result<evaluate::Type> type = evaluate::unified(yes.type, no.type);
  const std::optional<Measure> measure = common_measure(yes, no);
  if (!type || yes.time || no.time || !measure) {
    return at.error(node.arguments[2]->extent,
                    "both values of 'if' must be of one kind; the first is " + kind_of(yes) +
                        ", the second " + kind_of(no));
  }
  Typed result = yes;
  result.type = *type;
  result.measure = *measure;
  result.least =
      yes.least && no.least ? std::optional(std::min(*yes.least, *no.least)) : std::nullopt;
  result.most = yes.most && no.most ? std::optional(std::max(*yes.most, *no.most)) : std::nullopt;
  result.classes.clear();
  result.dictionary = nullptr;
  result.expression = make(Op::kIfElse, {condition, yes.expression, no.expression});
  return result;
}

std::vector<std::string> call_names() {
  std::vector<std::string> names;
  for (const FunctionRow& row : function_table()) {
    if (row.lower != nullptr && row.least >= 0) names.emplace_back(row.name);
  }
  return names;
}

Error unknown_function(const Lowering& at, const Node& node) {
  const FunctionRow* row = find_function(node.text);
  if (row != nullptr && row->lower != nullptr) {
    return at.error(node.name_extent, quoted(node.text) + " is a word and takes no brackets",
                    "write: " + std::string(row->signature));
  }
  if (at.scope.references.contains(node.text)) {
    return at.error(node.name_extent, quoted(node.text) + " is a definition, not a function",
                    "write it without brackets, or in_segment('" + node.text + "')");
  }
  return at.error(node.name_extent, "there is no function " + quoted(node.text),
                  did_you_mean(node.text, call_names()));
}

Result<void> check_clause(const Lowering& at, const FunctionRow& row, bool given, Clause clause,
                          Extent where, const char* word) {
  if (!given || (row.clauses & clause) != 0) return {};
  return at.error(where, quoted(row.name) + " takes no " + quoted(word),
                  "write: " + std::string(row.signature));
}

// The number of arguments and the clauses, as the row says.
Result<void> check_shape(const Lowering& at, const FunctionRow& row, const Node& node) {
  const auto given = static_cast<int>(node.arguments.size());
  if (given < row.least || given > row.most) {
    const std::string wanted = row.least == row.most
                                   ? std::to_string(row.least)
                                   : std::to_string(row.least) + " to " + std::to_string(row.most);
    return at.error(node.extent,
                    quoted(row.name) + " takes " + wanted +
                        (row.least == 1 && row.most == 1 ? " argument" : " arguments") +
                        ", here are " + std::to_string(given),
                    "write: " + std::string(row.signature));
  }
  REGULARS_TRY(check_clause(at, row, node.distinct, kTakesDistinct, node.name_extent, "distinct"));
  if (node.where) {
    REGULARS_TRY(check_clause(at, row, true, kTakesWhere, node.where->extent, "where"));
  }
  if (node.among) {
    REGULARS_TRY(check_clause(at, row, true, kTakesWithin, node.among->extent, "within"));
  }
  if (node.span) {
    REGULARS_TRY(check_clause(at, row, true, kTakesOver, node.span->extent, "over"));
  }
  return check_clause(at, row, node.at_least.has_value(), kTakesAtLeast, node.extent, "at least");
}

Result<Typed> call(Lowering& at, const Node& node) {
  const FunctionRow* row = find_function(node.text);
  if (row == nullptr || row->lower == nullptr || row->least < 0) {
    const size_t point = node.text.find('.');
    if (point != std::string::npos) {
      const std::string unit = node.text.substr(0, point);
      if (at.scope.facts.unit(unit) != nullptr || unit == "household") {
        return lower_unit_call(at, node, unit, node.text.substr(point + 1));
      }
    }
    return unknown_function(at, node);
  }
  REGULARS_TRY(check_shape(at, *row, node));
  if (at.event != nullptr && (row->clauses & kOutsideWhere) != 0) {
    return at.error(node.extent,
                    quoted(node.text) +
                        " looks at the whole customer and cannot stand inside "
                        "the `where` of " +
                        quoted(at.event->event),
                    "compare outside of `where`, or name it as a feature");
  }
  return row->lower(at, node);
}

}  // namespace

Result<Typed> Lowering::lower(const Node& node) {
  switch (node.kind) {
    case Kind::kName:
      return lower_name(*this, node);
    case Kind::kCall:
      return call(*this, node);
    case Kind::kNegate:
      return negated(*this, node);
    case Kind::kBinary:
      return lower_binary(*this, node);
    case Kind::kBetween:
      return lower_between(*this, node);
    case Kind::kIn:
      return lower_one_of(*this, node);
    case Kind::kInList:
      return lower_in_list(*this, node);
    case Kind::kHas:
      return lower_has(*this, node);
    case Kind::kWithin:
      return lower_within(*this, node);
    case Kind::kIs:
      return lower_is(*this, node);
    case Kind::kAnd:
      return logic(*this, node, Op::kAnd);
    case Kind::kOr:
      return logic(*this, node, Op::kOr);
    case Kind::kNot:
      return logic(*this, node, Op::kNot);
    case Kind::kIf:
      return if_else(*this, node);
    case Kind::kAtLeast:
      return at_least_of(*this, node);
    case Kind::kItems:
      return lower_items(*this, node);
    case Kind::kMembers:
      return lower_members(*this, node);
    case Kind::kSequence:
      return lower_sequence(*this, node);
    case Kind::kTop:
      return lower_top(*this, node);
    case Kind::kAt:
      return lower_at(*this, node);
    default:
      return literal(node);
  }
}

Result<Typed> as_rule(const Lowering& at, Typed value, const Node& node) {
  if (value.special == Typed::Special::kPattern) {
    return boolean_of(make(Op::kGreaterEqual, {value.expression, evaluate::integer(1)}));
  }
  if (value.special == Typed::Special::kEntered || value.special == Typed::Special::kExpiring ||
      value.special == Typed::Special::kAnniversary) {
    return at.error(node.extent, at.source(node) + " needs a span of time",
                    "write: " + at.source(node) + " within last 30 days, or within next 14 days");
  }
  if (value.type.untyped || value.is_boolean()) return value;
  std::string hint = "compare it with something: " + at.source(node) + " >= 1";
  if (value.is_text()) hint = "compare it with a text: " + at.source(node) + " = '...'";
  if (value.is_point()) hint = "ask when: " + at.source(node) + " within last 30 days";
  if (value.type.is_set) hint = "ask for an element: " + at.source(node) + " has '...'";
  if (value.time) hint = "a span of time stands after `over` or `within`";
  return at.error(
      node.extent,
      "a condition is needed here, true or false; " + at.source(node) + " is " + kind_of(value),
      hint);
}

Result<evaluate::ExpressionPtr> Lowering::rule(const Node& node) {
  REGULARS_ASSIGN(Typed value, lower(node));
  REGULARS_ASSIGN(const Typed found, as_rule(*this, std::move(value), node));
  return found.expression;
}

Result<Typed> Lowering::number(const Node& node) {
  REGULARS_ASSIGN(Typed value, lower(node));
  if (value.is_number() || (value.type.untyped && !value.time)) return value;
  return error(node.extent, "a number is needed here; " + source(node) + " is " + kind_of(value));
}

Result<Typed> Lowering::lower_in(const EventContext* context, const Node& node) {
  const EventContext* before = event;
  event = context;
  Result<Typed> result = lower(node);
  event = before;
  return result;
}

Result<evaluate::ExpressionPtr> Lowering::rule_in(const EventContext* context, const Node& node) {
  const EventContext* before = event;
  event = context;
  Result<evaluate::ExpressionPtr> result = rule(node);
  event = before;
  return result;
}

Error Lowering::error(Extent extent, std::string message, const std::string& hint) const {
  return error_at(text, extent, std::move(message), hint);
}

void Lowering::warn(Extent extent, std::string message) {
  out.warnings.push_back({extent, std::move(message)});
}

void Lowering::without(const std::string& what) {
  const auto known = std::find(out.without_data.begin(), out.without_data.end(), what);
  if (known == out.without_data.end()) out.without_data.push_back(what);
}

std::string Lowering::source(const Node& node) const {
  constexpr size_t kMost = 60;
  const size_t end = std::min<size_t>(node.extent.end, text.size());
  const size_t begin = std::min<size_t>(node.extent.begin, end);
  std::string part(text.substr(begin, end - begin));
  for (char& c : part) c = c == '\n' || c == '\t' ? ' ' : c;
  if (part.size() <= kMost) return part;
  size_t cut = kMost;
  while (cut > 0 && (static_cast<unsigned char>(part[cut]) & 0xC0) == 0x80) --cut;
  return part.substr(0, cut) + " ...";
}

Result<int64_t> Lowering::integer_argument(const Node& node, int64_t least, int64_t most) {
  REGULARS_ASSIGN(const Typed value, lower(node));
  const bool whole = value.is_literal() && value.has(ValueType::kInteger);
  if (whole && value.expression->literal.number >= least &&
      value.expression->literal.number <= most) {
    return value.expression->literal.number;
  }
  return error(node.extent, "a whole number from " + std::to_string(least) + " to " +
                                std::to_string(most) + " is needed here");
}

Result<std::string> Lowering::text_argument(const Node& node) {
  if (node.kind == Kind::kText || node.kind == Kind::kName) return node.text;
  return error(node.extent, "a name or a text is needed here; " + source(node) + " is neither");
}

Result<TimeAmount> Lowering::time_argument(const Node& node) {
  if (node.kind == Kind::kTime) return node.time;
  return error(node.extent, "a length of time is needed here",
               "write a number and a unit: 30 days");
}

Result<Duration> Lowering::duration_argument(const Node& node) {
  REGULARS_ASSIGN(const TimeAmount time, time_argument(node));
  return exact_time(*this, time, node.extent);
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& names) {
  const std::vector<std::string> near = near_names(wanted, names);
  if (near.empty()) return {};
  std::string hint = "did you mean ";
  for (size_t i = 0; i < near.size(); ++i) {
    if (i > 0) hint += i + 1 == near.size() ? " or " : ", ";
    hint += quoted(near[i]);
  }
  return hint + "?";
}

std::string list_of(const std::vector<std::string>& names) {
  constexpr size_t kMost = 12;
  if (names.empty()) return "There are none.";
  std::string list = "There are: ";
  for (size_t i = 0; i < std::min(names.size(), kMost); ++i) list += (i > 0 ? ", " : "") + names[i];
  return list + (names.size() > kMost ? " ..." : ".");
}

std::string quoted(std::string_view name) { return "'" + std::string(name) + "'"; }

namespace {

Result<Compiled> compiled(const Node& node, std::string_view text, const Scope& scope, bool rule) {
  REGULARS_ASSIGN(const Zone zone, Zone::find(scope.facts.zone));
  Compiled out;
  Lowering at{text, scope, zone, out};
  REGULARS_ASSIGN(Typed value, at.lower(node));
  if (rule || value.special == Typed::Special::kEntered ||
      value.special == Typed::Special::kExpiring) {
    REGULARS_ASSIGN(value, as_rule(at, std::move(value), node));
  }
  if (value.time) {
    return at.error(node.extent, to_words(*value.time) + " is a length of time, not a value",
                    "compare a length of time with it, or put it after `over` or `within`");
  }
  if (value.special == Typed::Special::kCustomer) value.expression = make(Op::kCustomerId, {});
  // Whatever the evaluator would refuse is refused here, where the text is at hand. (What models
  // learn looks ahead, which it does not.)
  if (!scope.in_label) {
    const auto good = evaluate::check(*value.expression, scope.schema);
    if (!good) return at.error(node.extent, good.error().message(), good.error().hint());
  }
  out.expression = std::move(value.expression);
  out.type = value.type;
  return out;
}

}  // namespace

Result<Compiled> compile(const Node& node, std::string_view text, const Scope& scope) {
  return compiled(node, text, scope, false);
}

Result<Compiled> compile_rule(const Node& node, std::string_view text, const Scope& scope) {
  return compiled(node, text, scope, true);
}

}  // namespace regulars::language
