#include "evaluate/checker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "evaluate/beyond.h"
#include "evaluate/check_events.h"
#include "evaluate/parts.h"
#include "evaluate/scalar.h"
#include "evaluate/sequence.h"
#include "evaluate/time_operation.h"
#include "evaluate/window.h"

namespace regulars::evaluate {
namespace {

// Where in the tree a node stands.
struct Scope {
  const Aggregate* aggregate = nullptr;      // null: outside `where`
  const Schema::EventType* event = nullptr;  // null although inside: the type is absent
  bool sees_items = false;
  bool inside_item_test = false;
};

Error at_node(const Error& error, const Expression& node) {
  const std::string message = in_words(node) + ": " + error.message();
  return Error(error.code(), message, error.hint());
}

Error bad(const Expression& node, const std::string& what, std::string hint = {}) {
  return Error(ErrorCode::kBadDefinition, in_words(node) + ": " + what, std::move(hint));
}

std::string list_of(const std::vector<Column>& columns) {
  if (columns.empty()) return "There are none.";
  std::string names = "There are:";
  for (const Column& column : columns) names += " " + column.name;
  return names + ".";
}

Result<Type> type_in(const std::vector<Column>& columns, const Expression& node,
                     const std::string& name) {
  const Column* column = find_column(columns, name);
  if (column == nullptr) return bad(node, "there is no '" + name + "'", list_of(columns));
  if (column->type == ValueType::kReal) return bad(node, "a column cannot hold real numbers");
  return type_of(*column);
}

// The first node below that asks for something only a single customer has; null: none.
const Expression* of_one_customer(const Expression& e) {
  if (e.op == Op::kAttribute || e.op == Op::kCustomerId || e.op == Op::kBucket ||
      e.op == Op::kOfUnit || asks_own_zone(e)) {
    return &e;
  }
  const Expression* found = nullptr;
  for_each_part(e, [&](const Expression& part) {
    if (found == nullptr) found = of_one_customer(part);
  });
  return found;
}

class Checker {
 public:
  explicit Checker(const Schema& schema) : schema_(schema) {}

  Result<Type> type(const Expression& node, const Scope& scope, int depth) const {
    if (depth > kMostDepth) {
      return Error(ErrorCode::kBadDefinition, "the tree is deeper than 200 nodes");
    }
    if (looks_beyond(node.op)) return beyond(node, scope, depth);
    switch (node.op) {
      case Op::kLiteral:
        return literal(node);
      case Op::kAggregate:
        return aggregate(node, scope, depth);
      case Op::kSequence:
        return sequence(node, scope, depth);
      case Op::kAttribute:
        return type_in(schema_.attributes, node, node.name);
      case Op::kAsOf:
        return Type{ValueType::kInstant, 0, false};
      case Op::kAsOfDay:
        return Type{ValueType::kDay, 0, false};
      case Op::kColumn:
      case Op::kItemColumn:
      case Op::kEventAt:
      case Op::kEventDay:
        return event_leaf(node, scope);
      case Op::kMonthOf:
      case Op::kWeekdayOf:
      case Op::kHourOf:
        return node.arguments.empty() ? event_leaf(node, scope) : operation(node, scope, depth);
      case Op::kLinkedSum:
        return linked_sum(node, scope);
      default:
        return operation(node, scope, depth);
    }
  }

 private:
  static Result<Type> literal(const Expression& node) {
    const Literal& value = node.literal;
    const bool boolean = value.type == ValueType::kBoolean;
    if (boolean && value.number != 0 && value.number != 1 && value.number != kMissing) {
      return bad(node, "a boolean is 0 or 1");
    }
    if (value.type == ValueType::kDecimal && (value.scale < 0 || value.scale > kMaxScale)) {
      return bad(node, "a decimal has 0 to 6 digits after the point");
    }
    if (value.type == ValueType::kReal && !std::isfinite(value.real)) {
      return bad(node, "a real number must be finite");
    }
    if (!boolean && value.number == kMissing) return bad(node, "the number is out of range");
    return type_of(value);
  }

  Result<Type> event_leaf(const Expression& node, const Scope& scope) const {
    if (scope.aggregate == nullptr) {
      return bad(node, "belongs inside the `where` of an aggregate");
    }
    const bool item = node.op == Op::kItemColumn;
    if (item && !scope.sees_items) {
      return bad(node, "belongs inside any_item, all_items or the `where` of an item's aggregate");
    }
    if (node.op == Op::kEventAt) return Type{ValueType::kInstant, 0, false};
    if (node.op == Op::kEventDay) return Type{ValueType::kDay, 0, false};
    if (node.op != Op::kColumn && !item) return Type{ValueType::kInteger, 0, false};
    if (scope.event == nullptr) return untyped();
    return type_in(item ? scope.event->item_columns : scope.event->columns, node, node.name);
  }

  Result<Type> operation(const Expression& node, const Scope& scope, int depth) const {
    Scope inner = scope;
    if (node.op == Op::kAnyItem || node.op == Op::kAllItems) {
      if (scope.aggregate == nullptr) {
        return bad(node, "belongs inside the `where` of an aggregate");
      }
      if (scope.inside_item_test) return bad(node, "stands inside another test of items");
      inner.sees_items = inner.inside_item_test = true;
    }
    std::vector<Type> types;
    for (const ExpressionPtr& argument : node.arguments) {
      if (argument == nullptr) return bad(node, "an argument is missing");
      REGULARS_ASSIGN(const Type found, type(*argument, inner, depth + 1));
      types.push_back(found);
    }
    if (node.op == Op::kIn && !all_literals(node)) {
      return bad(node, "looks among literals only");
    }
    if (types.empty() && node.op != Op::kCustomerId) return bad(node, "has no arguments");
    if (node.own_zone && !is_time_operation(node.op)) {
      return bad(node, "has nothing to do with a zone of the customer's own");
    }
    Result<Type> result = operation_type(node.op, types);
    if (!result) return at_node(std::move(result).error(), node);
    if (is_scalar(node.op)) {
      const Result<void> checked = check_scalar(node, types);
      if (!checked) return at_node(checked.error(), node);
    }
    return result;
  }

  Result<Type> linked_sum(const Expression& node, const Scope& scope) const {
    if (scope.aggregate == nullptr) return bad(node, "belongs inside the `where` of an aggregate");
    if (node.literal.type != ValueType::kText || node.literal.text.empty()) {
      return bad(node, "names no event type");
    }
    const Schema::EventType* linked = find_event(schema_, node.literal.text);
    if (linked == nullptr) return aggregate_type(AggregateKind::kSum, untyped());
    REGULARS_ASSIGN(const Type column, type_in(linked->columns, node, node.name));
    Result<Type> result = aggregate_type(AggregateKind::kSum, column);
    if (!result) return at_node(std::move(result).error(), node);
    return result;
  }

  Result<Type> beyond(const Expression& node, const Scope& scope, int depth) const {
    if (scope.aggregate != nullptr && node.op != Op::kSnapshotText) {
      return bad(node, "cannot stand inside `where`");
    }
    std::vector<Type> types;
    for (const ExpressionPtr& argument : node.arguments) {
      if (argument == nullptr) return bad(node, "an argument is missing");
      REGULARS_ASSIGN(const Type found, type(*argument, scope, depth + 1));
      types.push_back(found);
    }
    Result<Type> result = beyond_type(node, types);
    if (!result) return at_node(std::move(result).error(), node);
    if (node.op == Op::kOfUnit) REGULARS_TRY(check_unit(node));
    return result;
  }

  Result<void> check_unit(const Expression& node) const {
    REGULARS_TRY(type_in(schema_.attributes, node, node.name));
    if (unit_fold(node.literal.text) != UnitFold::kTogether) return {};
    const Expression* one = of_one_customer(*node.arguments[0]);
    if (one == nullptr) return {};
    return bad(node, in_words(*one) + " belongs to one customer, not to all of a unit together");
  }

  static bool all_literals(const Expression& node) {
    return std::all_of(node.arguments.begin() + (node.arguments.empty() ? 0 : 1),
                       node.arguments.end(),
                       [](const ExpressionPtr& e) { return e->op == Op::kLiteral; });
  }

  Result<Type> aggregate(const Expression& node, const Scope& scope, int depth) const {
    if (scope.aggregate != nullptr) return bad(node, "an aggregate cannot stand inside `where`");
    if (!node.aggregate) return bad(node, "the aggregate is missing");
    const Aggregate& a = *node.aggregate;
    if (a.event.empty()) return bad(node, "names no event type");
    const Result<void> window = check_window(a.window);
    if (!window) return at_node(window.error(), node);
    REGULARS_TRY(check_anchor(node, a.window, depth));
    REGULARS_ASSIGN(const Type value, read_type(node, depth));
    if (a.where != nullptr) {
      const Scope inner = scope_of(a);
      Result<Type> where = type(*a.where, inner, depth + 1);
      if (!where) return at_node(std::move(where).error(), node);
      if (where->value != ValueType::kBoolean) {
        return bad(node, "`where` must be true or false, not " + to_string(*where));
      }
    }
    REGULARS_TRY(check_parameters(node, value));
    Result<Type> result = aggregate_type(a.kind, value);
    if (!result) return at_node(std::move(result).error(), node);
    return result;
  }

  Scope scope_of(const Aggregate& a) const {
    return {&a, find_event(schema_, a.event), reads_items(a.value), false};
  }

  Result<Type> read_type(const Expression& node, int depth) const {
    const Aggregate& a = *node.aggregate;
    using Kind = AggregateValue::Kind;
    if (a.value.kind == Kind::kExpression || a.value.kind == Kind::kItemExpression) {
      if (a.value.expression == nullptr) return bad(node, "does not say of which value");
      Result<Type> computed = type(*a.value.expression, scope_of(a), depth + 1);
      if (!computed) return at_node(std::move(computed).error(), node);
      return computed;
    }
    if (a.value.kind == Kind::kNone) {
      if (reads(a.kind) != Reads::kAValue) return untyped();
      return bad(node, "does not say of which value");
    }
    if (reads(a.kind) == Reads::kNothing) return bad(node, "is of the events, not of a value");
    const Schema::EventType* event = find_event(schema_, a.event);
    if (event != nullptr && a.value.kind == Kind::kColumn) {
      REGULARS_TRY(type_in(event->columns, node, a.value.column));
    }
    if (event != nullptr && a.value.kind == Kind::kItemColumn) {
      REGULARS_TRY(type_in(event->item_columns, node, a.value.column));
    }
    return value_type(schema_, a);
  }

  Result<Type> sequence(const Expression& node, const Scope& scope, int depth) const {
    if (scope.aggregate != nullptr) return bad(node, "a sequence cannot stand inside `where`");
    if (node.sequence == nullptr) return bad(node, "the steps are missing");
    const Sequence& sequence = *node.sequence;
    for (const Result<void>& found :
         {check_sequence(sequence), check_correlations(sequence, schema_),
          check_window(sequence.window)}) {
      if (!found) return at_node(found.error(), node);
    }
    REGULARS_TRY(check_anchor(node, sequence.window, depth));
    for (const Sequence::Step& step : sequence.steps) {
      if (step.where == nullptr) continue;
      Aggregate probe;
      probe.event = step.event;
      Result<Type> where = type(*step.where, scope_of(probe), depth + 1);
      if (!where) return at_node(std::move(where).error(), node);
      if (where->value != ValueType::kBoolean) {
        return bad(node, "`where` must be true or false, not " + to_string(*where));
      }
    }
    return Type{ValueType::kInteger, 0, false};
  }

  Result<void> check_anchor(const Expression& node, const Window& window, int depth) const {
    if (window.anchor == nullptr) return {};
    REGULARS_ASSIGN(const Type anchor, type(*window.anchor, {}, depth + 1));
    if (anchor.untyped || anchor.value == ValueType::kInstant || anchor.value == ValueType::kDay) {
      return {};
    }
    return bad(node, "the window begins at an instant or a day, not at " + to_string(anchor));
  }

  Result<Type> weight_type(const Expression& node) const {
    const Aggregate& a = *node.aggregate;
    const Schema::EventType* event = find_event(schema_, a.event);
    if (event == nullptr || a.weight.column.empty()) return untyped();
    const bool item = a.weight.kind == AggregateValue::Kind::kItemColumn;
    return type_in(item ? event->item_columns : event->columns, node, a.weight.column);
  }

  Result<void> check_parameters(const Expression& node, const Type& value) const {
    const Aggregate& a = *node.aggregate;
    REGULARS_ASSIGN(const Type weight, weight_type(node));
    const Result<void> more = check_event_aggregate(a, value, weight);
    if (!more) return at_node(more.error(), node);
    if (a.kind == AggregateKind::kNthDistinct && a.n < 1) return bad(node, "n counts from 1");
    const RhythmRule& rhythm = a.rhythm;
    const auto in_range = [](int64_t days) { return days >= 0 && days <= 1'000'000'000; };
    if (a.kind == AggregateKind::kLastReturn &&
        !(in_range(rhythm.twice_shop_gap_days) && in_range(rhythm.twice_factor) &&
          in_range(rhythm.first_gap_limit_days))) {
      return bad(node, "gaps, factor and limit must be 0 to 1,000,000,000");
    }
    return {};
  }

  const Schema& schema_;
};

}  // namespace

const Schema::EventType* find_event(const Schema& schema, const std::string& name) {
  const auto found = std::find_if(schema.events.begin(), schema.events.end(),
                                  [&](const Schema::EventType& e) { return e.name == name; });
  return found == schema.events.end() ? nullptr : &*found;
}

Type value_type(const Schema& schema, const Aggregate& aggregate) {
  const Schema::EventType* event = find_event(schema, aggregate.event);
  const Column* column = nullptr;
  switch (aggregate.value.kind) {
    case AggregateValue::Kind::kNone:
      return untyped();
    case AggregateValue::Kind::kAt:
      return {ValueType::kInstant, 0, false};
    case AggregateValue::Kind::kDay:
      return {ValueType::kDay, 0, false};
    case AggregateValue::Kind::kColumn:
      if (event != nullptr) column = find_column(event->columns, aggregate.value.column);
      break;
    case AggregateValue::Kind::kItemColumn:
      if (event != nullptr) column = find_column(event->item_columns, aggregate.value.column);
      break;
    case AggregateValue::Kind::kExpression:
    case AggregateValue::Kind::kItemExpression: {
      const Scope scope{&aggregate, event, reads_items(aggregate.value), false};
      const Result<Type> computed = Checker(schema).type(*aggregate.value.expression, scope, 1);
      return computed ? *computed : untyped();
    }
  }
  return column == nullptr ? untyped() : type_of(*column);
}

Result<Type> check(const Expression& expression, const Schema& schema) {
  return Checker(schema).type(expression, {}, 1);
}

std::string in_words(const Expression& node) {
  switch (node.op) {
    case Op::kColumn:
    case Op::kItemColumn:
    case Op::kAttribute:
      return std::string(name_of(node.op)) + " '" + node.name + "'";
    case Op::kAggregate: {
      if (!node.aggregate) break;
      const Aggregate& a = *node.aggregate;
      std::string value;
      if (a.value.kind == AggregateValue::Kind::kColumn) value = "." + a.value.column;
      if (a.value.kind == AggregateValue::Kind::kItemColumn) value = ".item." + a.value.column;
      if (a.value.kind == AggregateValue::Kind::kAt) value = ".at";
      if (a.value.kind == AggregateValue::Kind::kDay) value = ".day";
      return std::string(name_of(a.kind)) + "(" + a.event + value + ")";
    }
    default:
      break;
  }
  return std::string("'") + name_of(node.op) + "'";
}

}  // namespace regulars::evaluate
