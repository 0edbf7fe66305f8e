#include <algorithm>
#include <unordered_map>

#include "evaluate/beyond.h"
#include "evaluate/checker.h"
#include "evaluate/compiled.h"
#include "evaluate/time_operation.h"
#include "evaluate/window.h"

namespace regulars::evaluate {
namespace {

template <class T, class Same>
uint32_t index_of(std::vector<T>& all, T wanted, Same same) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const T& one) { return same(one, wanted); });
  const auto index = static_cast<uint32_t>(found - all.begin());
  if (found == all.end()) all.push_back(std::move(wanted));
  return index;
}

bool same_where(const ExpressionPtr& a, const ExpressionPtr& b) {
  if (a == nullptr || b == nullptr) return a == b;
  return equal(*a, *b);
}

bool mentions_as_of(const Expression& e) {
  if (e.op == Op::kAsOf || e.op == Op::kAsOfDay || e.op == Op::kDaysSince ||
      e.op == Op::kLinkedSum || depends_on_now(e.op)) {
    return true;
  }
  return std::any_of(e.arguments.begin(), e.arguments.end(),
                     [](const ExpressionPtr& a) { return mentions_as_of(*a); });
}

// Events whose value is unknown take no part, except in `first` and `last`: left out by the
// selection, they need no care later.
ExpressionPtr condition_of(const Aggregate& a) {
  const bool takes_unknown = a.kind == AggregateKind::kFirst || a.kind == AggregateKind::kLast ||
                             a.kind == AggregateKind::kNth;
  const bool column = a.value.kind == AggregateValue::Kind::kColumn;
  const bool item = a.value.kind == AggregateValue::Kind::kItemColumn;
  if (takes_unknown || !(column || item || a.value.expression)) return a.where;
  ExpressionPtr value = a.value.expression != nullptr ? a.value.expression
                        : item                        ? item_column(a.value.column)
                                                      : evaluate::column(a.value.column);
  ExpressionPtr known = make(Op::kKnown, {std::move(value)});
  if (a.where == nullptr) return known;
  return make(Op::kAnd, {a.where, std::move(known)});
}

// What the kinds from kNth on read of each event: their first series, and a second one.
AggregateValue first_value(const Aggregate& a) {
  switch (a.kind) {
    case AggregateKind::kCount:
      return {};  // a count reads nothing but the selection
    case AggregateKind::kSpacedCount:
    case AggregateKind::kSessions:
    case AggregateKind::kSessionStart:
      return at_value();
    case AggregateKind::kLongestStreak:
    case AggregateKind::kCurrentStreak:
      return day_value();
    case AggregateKind::kDecayed:
      return a.value.kind == AggregateValue::Kind::kNone ? day_value() : a.value;
    default:
      return a.value;
  }
}

AggregateValue second_value(const Aggregate& a) {
  if (a.kind == AggregateKind::kRunStart) return at_value();
  if (a.kind != AggregateKind::kDecayed) return a.weight;
  return a.value.kind == AggregateValue::Kind::kNone ? AggregateValue{} : day_value();
}

// What is left of an aggregate for its fold.
Aggregate rule_of(Aggregate a) {
  a.event.clear();
  a.value = a.weight = {};
  a.where = nullptr;
  a.window = {};
  return a;
}

class Compiler {
 public:
  explicit Compiler(CompiledPlan& plan) : plan_(plan) {}

  // The node of an expression as of the as-of instant or what a shift makes of it.
  uint32_t node(const ExpressionPtr& expression, uint32_t shift = 0) {
    if (expression->op == Op::kShifted) {
      return node(expression->arguments[0], shift_of(shift, expression->shift));
    }
    const Key key{expression, shift};
    const auto known = by_expression_.find(key);
    if (known != by_expression_.end()) return known->second;
    Node made;
    made.expression = expression;
    made.shift = shift;
    std::vector<Type> types;
    if (is_staged(expression->op)) {
      types.push_back(stage(expression, shift, made.slot));
    }
    for (const ExpressionPtr& argument : expression->arguments) {
      if (is_staged(expression->op)) break;
      made.arguments.push_back(node(argument, shift));
      types.push_back(plan_.nodes[made.arguments.back()].type);
    }
    if (expression->op == Op::kAggregate) made.slot = slot(*expression->aggregate, shift);
    if (expression->op == Op::kSequence) made.slot = sequence(expression->sequence, shift);
    made.type = type_of_node(made, types);
    plan_.nodes.push_back(std::move(made));
    const auto index = static_cast<uint32_t>(plan_.nodes.size() - 1);
    by_expression_.emplace(key, index);
    return index;
  }

 private:
  struct Key {
    ExpressionPtr expression;
    uint32_t shift = 0;
  };
  struct Hash {
    size_t operator()(const Key& key) const { return hash_of(*key.expression) + key.shift; }
  };
  struct Same {
    bool operator()(const Key& a, const Key& b) const {
      return a.shift == b.shift && equal(*a.expression, *b.expression);
    }
  };

  // Plans the argument on its own; gives its type.
  Type stage(const ExpressionPtr& expression, uint32_t shift, uint32_t& index) {
    auto inner = std::make_shared<CompiledPlan>();
    inner->schema = plan_.schema;
    inner->zone = plan_.zone;
    // What all of a unit are asked together, no attribute answers.
    const bool together =
        expression->op == Op::kOfUnit && unit_fold(expression->literal.text) == UnitFold::kTogether;
    if (together) inner->schema.attributes.clear();
    inner->names = {"argument"};
    inner->roots = {Compiler(*inner).node(expression->arguments[0])};
    const Type type = inner->nodes[inner->roots[0]].type;
    index = static_cast<uint32_t>(plan_.stages.size());
    std::shared_ptr<const SharedTree> followed;
    if (expression->op != Op::kOfUnit) {
      followed = std::make_shared<const SharedTree>(expression->arguments);
    }
    plan_.stages.push_back({expression, shift, std::move(inner), std::move(followed)});
    return type;
  }

  uint32_t shift_of(uint32_t from, const Shift& shift) {
    const auto begin = plan_.shifts.begin() + 1;
    const auto found = std::find_if(begin, plan_.shifts.end(), [&](const PlannedShift& planned) {
      return planned.from == from && planned.shift == shift;
    });
    const auto index = static_cast<uint32_t>(found - plan_.shifts.begin());
    if (found == plan_.shifts.end()) plan_.shifts.push_back({from, shift});
    return index;
  }

  Type type_of_node(const Node& made, const std::vector<Type>& arguments) const {
    const Expression& e = *made.expression;
    if (looks_beyond(e.op)) return beyond_type(e, arguments).value();  // has been checked
    switch (e.op) {
      case Op::kLiteral:
        return type_of(e.literal);
      case Op::kAggregate:
        return plan_.slots[made.slot].type;
      case Op::kAttribute:
        return type_of(*find_column(plan_.schema.attributes, e.name));
      case Op::kAsOf:
        return {ValueType::kInstant, 0, false};
      case Op::kAsOfDay:
        return {ValueType::kDay, 0, false};
      case Op::kSequence:
        return {ValueType::kInteger, 0, false};
      default:
        return operation_type(e.op, arguments).value();  // has been checked
    }
  }

  // The events that a linked_sum adds up are checked as others are.
  void look_at_linked(const Expression& e) {
    if (e.op == Op::kLinkedSum) index_of(plan_.events, e.literal.text, std::equal_to<>());
    for (const ExpressionPtr& argument : e.arguments) look_at_linked(*argument);
  }

  uint32_t slot(const Aggregate& a, uint32_t shift) {
    Selection selection;
    selection.event = index_of(plan_.events, a.event, std::equal_to<>());
    selection.items = reads_items(a.value);
    selection.where = condition_of(a);
    selection.depends_on_as_of =
        (selection.where != nullptr && mentions_as_of(*selection.where)) ||
        (a.value.expression != nullptr && mentions_as_of(*a.value.expression));
    for (const ExpressionPtr& part : {a.where, a.value.expression}) {
      if (part != nullptr) look_at_linked(*part);
    }
    if (selection.depends_on_as_of) selection.shift = shift;
    const uint32_t chosen = index_of_selection(selection);
    Slot made;
    made.series = series(chosen, a, first_value(a));
    if (a.kind >= AggregateKind::kNth) {
      const AggregateValue second = second_value(a);
      if (second.kind != AggregateValue::Kind::kNone) made.second = series(chosen, a, second);
      made.rule = rule_of(a);
    }
    made.kind = a.kind;
    made.window = window(a.window, shift);
    if (a.window.kind == Window::Kind::kSession) {
      selection.where = a.where;  // also of events without a value
      made.session = series(index_of_selection(std::move(selection)), a, at_value());
    }
    made.n = a.kind == AggregateKind::kNthDistinct ? a.n : 0;
    if (a.kind == AggregateKind::kLastReturn) made.rhythm = a.rhythm;
    made.type = aggregate_type(a.kind, value_type(plan_.schema, a)).value();  // has been checked
    return index_of(plan_.slots, made, [](const Slot& x, const Slot& y) {
      return x.kind == y.kind && x.series == y.series && x.window == y.window && x.n == y.n &&
             x.rhythm == y.rhythm && x.second == y.second && x.session == y.session &&
             equal(x.rule, y.rule);
    });
  }

  uint32_t sequence(const std::shared_ptr<const Sequence>& sequence, uint32_t shift) {
    PlannedSequence made;
    made.sequence = sequence;
    for (const Sequence::Step& step : sequence->steps) {
      Selection selection;
      selection.event = index_of(plan_.events, step.event, std::equal_to<>());
      selection.where = step.where;
      selection.depends_on_as_of = step.where != nullptr && mentions_as_of(*step.where);
      if (selection.depends_on_as_of) selection.shift = shift;
      if (step.where != nullptr) look_at_linked(*step.where);
      index_of(made.events, selection.event, std::equal_to<>());
      made.selections.push_back(index_of_selection(std::move(selection)));
    }
    made.window = window(sequence->window, shift);
    made.ever = window(Window{}, shift);
    plan_.sequences.push_back(std::move(made));
    return static_cast<uint32_t>(plan_.sequences.size() - 1);
  }

  uint32_t index_of_selection(Selection selection) {
    return index_of(
        plan_.selections, std::move(selection), [](const Selection& x, const Selection& y) {
          return x.event == y.event && x.items == y.items && x.shift == y.shift &&
                 x.depends_on_as_of == y.depends_on_as_of && same_where(x.where, y.where);
        });
  }

  uint32_t window(const Window& window, uint32_t shift) {
    PlannedWindow planned{window, shift, sees_customer(window), 0};
    if (window.anchor != nullptr) planned.anchor = node(window.anchor, shift);
    return index_of(plan_.windows, std::move(planned),
                    [](const PlannedWindow& x, const PlannedWindow& y) {
                      return x.shift == y.shift && x.window == y.window;
                    });
  }

  uint32_t series(uint32_t selection, const Aggregate& a, const AggregateValue& value) {
    Aggregate reading = a;
    reading.value = value;
    Series made{selection, value, value_type(plan_.schema, reading),
                a.own_zone && value.kind == AggregateValue::Kind::kDay};
    return index_of(plan_.series, std::move(made), [](const Series& x, const Series& y) {
      return x.selection == y.selection && x.value == y.value && x.own_zone == y.own_zone;
    });
  }

  CompiledPlan& plan_;
  std::unordered_map<Key, uint32_t, Hash, Same> by_expression_;
};

}  // namespace

Result<std::unique_ptr<CompiledPlan>> compile_plan(const Schema& schema,
                                                   const std::vector<Definition>& definitions,
                                                   const Zone& zone) {
  auto compiled = std::make_unique<CompiledPlan>();
  compiled->schema = schema;
  compiled->zone = zone;
  Compiler compiler(*compiled);
  for (const Definition& definition : definitions) {
    const std::string where = "definition '" + definition.name + "': ";
    if (definition.expression == nullptr) {
      return Error(ErrorCode::kBadDefinition, where + "the expression is missing");
    }
    const Result<Type> type = check(*definition.expression, schema);
    if (!type) {
      const Error& error = type.error();
      return Error(error.code(), where + error.message(), error.hint());
    }
    compiled->names.push_back(definition.name);
    compiled->roots.push_back(compiler.node(definition.expression));
  }
  return compiled;
}

Result<Plan> Plan::compile(const Schema& schema, const std::vector<Definition>& definitions,
                           const Zone& zone) {
  REGULARS_ASSIGN(std::unique_ptr<CompiledPlan> compiled, compile_plan(schema, definitions, zone));
  return Plan(std::move(compiled));
}

Schema schema_of(const History& history) {
  const auto without_rows = [](const std::vector<Column>& columns) {
    std::vector<Column> heads;
    for (const Column& column : columns) {
      heads.push_back(
          {column.name, column.type, column.scale, {}, {}, column.dictionary, column.is_set});
    }
    return heads;
  };
  Schema schema;
  for (const Stream& stream : history.streams()) {
    schema.events.push_back(
        {stream.type, without_rows(stream.columns), without_rows(stream.item_columns)});
  }
  schema.attributes = without_rows(history.customer_table().attributes);
  return schema;
}

}  // namespace regulars::evaluate
