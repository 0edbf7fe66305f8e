// What an aggregate reads: an event by itself, a field of it, an item's, or anything computed from
// one event type.
#include <set>

#include "evaluate/checker.h"
#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::AggregateKind;
using evaluate::AggregateValue;
using evaluate::make;
using evaluate::Op;

constexpr const char* kPurchase = "purchase";

struct Head {
  std::string event;  // empty: the name is of no event
  bool item = false;
};

// "purchase.amount", "item.category", "product.eco", "cart_add.item.product".
Head head_of(const Lowering& at, const std::string& name) {
  const size_t point = name.find('.');
  const std::string first = name.substr(0, point);
  const std::string rest = point == std::string::npos ? std::string() : name.substr(point + 1);
  if (is_event(at.scope, first)) {
    if (rest == "item" || rest.rfind("item.", 0) == 0) return {first, true};
    const bool of_table = rest.find('.') != std::string::npos;
    const bool of_item = of_table && !field_of(at.scope, first, rest, false) &&
                         field_of(at.scope, first, rest, true);
    return {first, of_item};
  }
  if (first == "item") return {kPurchase, true};
  const bool of_items = at.scope.facts.table(first) != nullptr &&
                        field_of(at.scope, kPurchase, first, true).has_value();
  if (of_items && !rest.empty()) return {kPurchase, true};
  return {};
}

void collect(const Lowering& at, const Node& node, std::vector<std::pair<Head, const Node*>>& all) {
  if (node.kind == Node::Kind::kName) {
    const Head head = head_of(at, node.text);
    if (!head.event.empty()) all.emplace_back(head, &node);
  }
  for (const NodePtr& argument : node.arguments) collect(at, *argument, all);
}

Result<Head> common_head(const Lowering& at, const Node& argument) {
  std::vector<std::pair<Head, const Node*>> heads;
  collect(at, argument, heads);
  if (heads.empty()) {
    if (argument.kind == Node::Kind::kName) {
      std::vector<std::string> names = event_names(at.scope);
      const std::string first = argument.text.substr(0, argument.text.find('.'));
      const std::string near = did_you_mean(first, names);
      return at.error(argument.extent,
                      "an event type is needed here, and there is none called " + quoted(first),
                      near.empty() ? list_of(names) : near);
    }
    return at.error(
        argument.extent,
        "an event type or something of its fields is needed here; " + at.source(argument) +
            " names none",
        "write: count(purchase), sum(purchase.amount), sum(item.quantity * item.price)");
  }
  Head result = heads.front().first;
  for (const auto& [head, node] : heads) {
    if (head.event != result.event) {
      return at.error(
          node->extent,
          "one aggregate reads one event type; here are " + quoted(result.event) + " and " +
              quoted(head.event),
          "compute with two aggregates: sum(" + result.event + ".x) - sum(" + head.event + ".y)");
    }
    result.item = result.item || head.item;
  }
  return result;
}

// The name without its event: "" for the event by itself.
std::string rest_of(const Lowering& at, const std::string& name) {
  const size_t point = name.find('.');
  std::string rest = name;
  if (is_event(at.scope, name.substr(0, point))) {
    rest = point == std::string::npos ? "" : name.substr(point + 1);
  }
  if (rest == "item") return {};
  if (rest.rfind("item.", 0) == 0) return rest.substr(5);
  return rest;
}

Result<Target> target_by_name(Lowering& at, const Node& node, const Head& head) {
  Target target;
  target.event = head.event;
  target.items = head.item;
  const std::string name = rest_of(at, node.text);
  target.whole = name.empty();
  if (name.empty() || name == "at") {
    target.value =
        head.item ? evaluate::expression_value(make(Op::kEventAt, {}), true) : evaluate::at_value();
    target.read = instant_of(make(Op::kEventAt, {}));
    return target;
  }
  const bool day = name == "day" && !field_of(at.scope, head.event, "day", head.item);
  if (day) {
    target.value = evaluate::day_value();
    target.read = typed(make(Op::kEventDay, {}), ValueType::kDay);
    return target;
  }
  const bool purchase = head.event == kPurchase && !head.item;
  target.net = purchase && name == "net" && !field_of(at.scope, kPurchase, "net", false);
  target.amounts = target.net || (purchase && name == "amount");
  if (target.net) {
    REGULARS_ASSIGN(target.read, net_of_purchase(at, node));
  } else {
    REGULARS_ASSIGN(target.read, event_column(at, head.event, name, head.item, node));
  }
  const Op op = target.read.expression->op;
  if (op == Op::kColumn || op == Op::kItemColumn) {
    target.value = head.item ? evaluate::item_value(target.read.expression->name)
                             : evaluate::column_value(target.read.expression->name);
  } else {
    target.value = evaluate::expression_value(target.read.expression, head.item);
  }
  return target;
}

// week(purchase), month(purchase.at) among distinct values: which week, not its number.
std::optional<Unit> period_called(const Node& node) {
  if (node.kind != Node::Kind::kCall || node.arguments.size() != 1) return std::nullopt;
  if (node.text == "week") return Unit::kWeek;
  if (node.text == "month") return Unit::kMonth;
  if (node.text == "quarter") return Unit::kQuarter;
  return std::nullopt;
}

}  // namespace

Result<Target> target_of(Lowering& at, const Node& argument, bool distinct) {
  REGULARS_ASSIGN(const Head head, common_head(at, argument));
  note_event(at, head.event);
  if (argument.kind == Node::Kind::kName) return target_by_name(at, argument, head);
  EventContext context;
  context.event = head.event;
  context.sees_items = head.item;
  const std::optional<Unit> period = distinct ? period_called(argument) : std::nullopt;
  Target target;
  target.event = head.event;
  target.items = head.item;
  const Node& read = period ? *argument.arguments[0] : argument;
  REGULARS_ASSIGN(target.read, at.lower_in(&context, read));
  if (target.read.time) return at.error(read.extent, "a value of an event is needed here");
  if (period && target.read.is_point()) {
    evaluate::Window window = evaluate::this_period(period_of(*period, false));
    window.retail = at.scope.facts.retail;
    target.read = integer_of(evaluate::over_time(Op::kPeriodOf, target.read.expression, window));
  }
  if (target.read.expression->op == Op::kEventDay) {
    target.value = evaluate::day_value();
  } else {
    target.value = evaluate::expression_value(target.read.expression, head.item);
  }
  return target;
}

evaluate::ExpressionPtr both(evaluate::ExpressionPtr a, evaluate::ExpressionPtr b) {
  if (a == nullptr) return b;
  if (b == nullptr) return a;
  return make(Op::kAnd, {std::move(a), std::move(b)});
}

evaluate::ExpressionPtr kept_purchase(const Scope& scope) {
  const auto* purchase = evaluate::find_event(scope.schema, kPurchase);
  if (purchase == nullptr || find_column(purchase->columns, "undone_at") == nullptr) return nullptr;
  const evaluate::ExpressionPtr undone = evaluate::column("undone_at");
  return make(Op::kNot, {make(Op::kAnd, {make(Op::kKnown, {undone}),
                                         make(Op::kLessEqual, {undone, evaluate::as_of()})})});
}

Result<evaluate::Aggregate> aggregate_of(Lowering& at, const Node& call, const Target& target,
                                         AggregateKind kind, bool gross) {
  evaluate::Aggregate result;
  result.kind = kind;
  result.event = target.event;
  result.value = target.value;
  REGULARS_ASSIGN(result.window, window_of_call(at, call));
  if (target.event == kPurchase && !gross) result.where = kept_purchase(at.scope);
  if (call.where != nullptr) {
    EventContext context;
    context.event = target.event;
    context.sees_items = target.items;
    REGULARS_ASSIGN(evaluate::ExpressionPtr where, at.rule_in(&context, *call.where));
    result.where = both(result.where, std::move(where));
  }
  return result;
}

Result<Typed> net_of_purchase(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Typed amount, event_column(at, kPurchase, "amount", false, node));
  amount.called = "net";
  const auto* refund = evaluate::find_event(at.scope.schema, "refund");
  if (refund == nullptr || find_column(refund->columns, "amount") == nullptr) return amount;
  note_event(at, "refund");
  at.out.columns.insert("refund.amount");
  auto linked = std::make_shared<evaluate::Expression>();
  linked->op = Op::kLinkedSum;
  linked->name = "amount";
  linked->literal.type = ValueType::kText;
  linked->literal.text = "refund";
  amount.expression = make(Op::kSubtract, {amount.expression, std::move(linked)});
  return amount;
}

void read_as(Target& target, AggregateValue value, Typed read) {
  target.value = std::move(value);
  target.read = std::move(read);
}

evaluate::Aggregate plain(AggregateKind kind, std::string event, AggregateValue value,
                          evaluate::ExpressionPtr where, evaluate::Window window) {
  evaluate::Aggregate result;
  result.kind = kind;
  result.event = std::move(event);
  result.value = std::move(value);
  result.where = std::move(where);
  result.window = std::move(window);
  return result;
}

}  // namespace regulars::language
