// Counts, sums and single values of events.
#include "evaluate/checker.h"
#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::AggregateKind;
using evaluate::make;
using evaluate::Op;

bool is_exact_number(const Typed& value) {
  return value.type.untyped || (value.is_number() && evaluate::is_exact(value.type));
}

Error wrong_value(const Lowering& at, const Node& node, const Target& target, const char* needed) {
  const std::string what = target.whole ? "the event by itself" : kind_of(target.read);
  std::vector<std::string> numbers;
  for (const std::string& name : field_names(at.scope, target.event, target.items)) {
    const auto field = field_of(at.scope, target.event, name, target.items);
    if (field && evaluate::is_number(field->type)) {
      numbers.push_back((target.items ? "item." : target.event + ".") + name);
    }
  }
  if (target.event == "purchase" && !target.items) numbers.insert(numbers.begin(), "purchase.net");
  const std::string hint = numbers.empty() ? "count(" + target.event + ") counts them"
                                           : "numbers of it: " + list_of(numbers).substr(11);
  return at.error(
      node.arguments[0]->extent,
      quoted(node.text) + " takes " + needed + "; " + at.source(*node.arguments[0]) + " is " + what,
      hint);
}

// The result carries what is known of the value read.
Typed as_read(const Target& target, evaluate::Aggregate aggregate) {
  Typed result = target.read;
  result.expression = evaluate::aggregate(std::move(aggregate));
  return result;
}

Result<Typed> of_number(Lowering& at, const Node& node, AggregateKind kind) {
  REGULARS_ASSIGN(const Target target, target_of(at, *node.arguments[0]));
  if (target.whole || !is_exact_number(target.read)) {
    return wrong_value(at, node, target, "a number of each event");
  }
  REGULARS_ASSIGN(evaluate::Aggregate aggregate, aggregate_of(at, node, target, kind));
  Typed result = real_of(evaluate::aggregate(std::move(aggregate)));
  result.measure = target.read.measure;
  result.called = node.text;
  return result;
}

Result<Typed> of_ordered(Lowering& at, const Node& node, AggregateKind kind) {
  REGULARS_ASSIGN(const Target target, target_of(at, *node.arguments[0]));
  const bool ordered = is_exact_number(target.read) || target.read.is_point();
  if (!ordered) return wrong_value(at, node, target, "numbers, instants or days");
  REGULARS_ASSIGN(evaluate::Aggregate aggregate, aggregate_of(at, node, target, kind));
  return as_read(target, std::move(aggregate));
}

Result<Typed> of_any(Lowering& at, const Node& node, AggregateKind kind, int64_t n = 0) {
  REGULARS_ASSIGN(const Target target, target_of(at, *node.arguments[0]));
  REGULARS_ASSIGN(evaluate::Aggregate aggregate, aggregate_of(at, node, target, kind));
  aggregate.n = n;
  return as_read(target, std::move(aggregate));
}

// Refunds that point at no purchase reduce the net at their own instant.
Result<Typed> less_unlinked(Lowering& at, const Node& node, Typed sum) {
  const auto* refund = evaluate::find_event(at.scope.schema, "refund");
  if (refund == nullptr || find_column(refund->columns, "amount") == nullptr) return sum;
  evaluate::ExpressionPtr where;
  if (find_column(refund->columns, "linked") != nullptr) {
    where = make(Op::kNot, {make(Op::kIsTrue, {evaluate::column("linked")})});
  }
  REGULARS_ASSIGN(const evaluate::Window window, window_of_call(at, node));
  sum.expression = make(
      Op::kSubtract, {sum.expression,
                      evaluate::aggregate(plain(AggregateKind::kSum, "refund",
                                                evaluate::column_value("amount"), where, window))});
  return sum;
}

Result<Typed> count_items(Lowering& at, const Node& node, Target target) {
  target.value = evaluate::expression_value(evaluate::integer(1), true);
  REGULARS_ASSIGN(evaluate::Aggregate sum, aggregate_of(at, node, target, AggregateKind::kSum));
  return count_of(evaluate::aggregate(std::move(sum)));
}

// Different orders among items are the purchases that have such an item: also where the orders bear
// no numbers.
Result<Typed> count_orders_of_items(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(evaluate::Window window, window_of_call(at, node));
  evaluate::Aggregate count =
      plain(AggregateKind::kCount, "purchase", {}, kept_purchase(at.scope), std::move(window));
  if (node.where != nullptr) {
    EventContext context;
    context.event = count.event;
    context.inside_items = true;
    REGULARS_ASSIGN(const evaluate::ExpressionPtr of_item, at.rule_in(&context, *node.where));
    count.where = both(count.where, make(Op::kAnyItem, {of_item}));
  }
  return count_of(evaluate::aggregate(std::move(count)));
}

bool is_order_of_items(const Node& argument, const Target& target) {
  return argument.kind == Node::Kind::kName && target.items && target.event == "purchase" &&
         (argument.text == "item.order" || argument.text == "purchase.item.order");
}

}  // namespace

Result<Typed> lower_count(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Target target, target_of(at, *node.arguments[0], node.distinct));
  if (node.distinct && is_order_of_items(*node.arguments[0], target)) {
    return count_orders_of_items(at, node);
  }
  if (node.distinct) {
    if (target.whole) {
      return at.error(node.arguments[0]->extent,
                      "events are all different; `distinct` needs a value of theirs",
                      "write: count(distinct day(purchase)), or count(purchase)");
    }
    REGULARS_ASSIGN(evaluate::Aggregate distinct,
                    aggregate_of(at, node, target, AggregateKind::kDistinct));
    return count_of(evaluate::aggregate(std::move(distinct)));
  }
  if (target.items && target.whole) return count_items(at, node, std::move(target));
  if (target.items) {
    return at.error(node.arguments[0]->extent, "count counts events or items",
                    "write: count(item where known(...)), or count(distinct " +
                        at.source(*node.arguments[0]) + ")");
  }
  const evaluate::ExpressionPtr read = target.whole ? nullptr : target.read.expression;
  target.value = {};
  REGULARS_ASSIGN(evaluate::Aggregate count, aggregate_of(at, node, target, AggregateKind::kCount));
  if (read != nullptr) count.where = both(count.where, make(Op::kKnown, {read}));
  return count_of(evaluate::aggregate(std::move(count)));
}

Result<Typed> lower_sum(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Target target, target_of(at, *node.arguments[0]));
  if (target.whole || !is_exact_number(target.read)) {
    return wrong_value(at, node, target, "a number of each event");
  }
  REGULARS_ASSIGN(evaluate::Aggregate sum,
                  aggregate_of(at, node, target, AggregateKind::kSum, target.amounts));
  Typed result = as_read(target, std::move(sum));
  if (result.type.untyped) result.type = {ValueType::kInteger};
  result.least = result.most = std::nullopt;
  result.called = "sum";
  if (target.net && node.where == nullptr) return less_unlinked(at, node, std::move(result));
  return result;
}

Result<Typed> lower_avg(Lowering& at, const Node& node) {
  return of_number(at, node, AggregateKind::kAvg);
}
Result<Typed> lower_median(Lowering& at, const Node& node) {
  return of_number(at, node, AggregateKind::kMedian);
}
Result<Typed> lower_min(Lowering& at, const Node& node) {
  return of_ordered(at, node, AggregateKind::kMin);
}
Result<Typed> lower_max(Lowering& at, const Node& node) {
  return of_ordered(at, node, AggregateKind::kMax);
}
Result<Typed> lower_first(Lowering& at, const Node& node) {
  return of_any(at, node, AggregateKind::kFirst);
}
Result<Typed> lower_last(Lowering& at, const Node& node) {
  return of_any(at, node, AggregateKind::kLast);
}
Result<Typed> lower_first_ever(Lowering& at, const Node& node) {
  return of_any(at, node, AggregateKind::kFirst);
}

Result<Typed> lower_nth(Lowering& at, const Node& node) {
  constexpr int64_t kMost = 1'000'000;
  REGULARS_ASSIGN(const int64_t n, at.integer_argument(*node.arguments[1], -kMost, kMost));
  if (n == 0) {
    return at.error(node.arguments[1]->extent,
                    "events are counted from 1, or from the end from -1");
  }
  return of_any(at, node, AggregateKind::kNth, n);
}

Result<Typed> lower_favourite(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Target target, target_of(at, *node.arguments[0], false));
  if (target.whole) return wrong_value(at, node, target, "a field of each event");
  REGULARS_ASSIGN(evaluate::Aggregate mode, aggregate_of(at, node, target, AggregateKind::kMode));
  if (node.arguments.size() > 1) {
    REGULARS_ASSIGN(const Target weight, target_of(at, *node.arguments[1]));
    if (weight.event != target.event || weight.items != target.items ||
        !is_exact_number(weight.read) || weight.whole) {
      return at.error(node.arguments[1]->extent,
                      "what is summed must be a number of the same " +
                          std::string(target.items ? "items" : "events"),
                      "write: favourite(item.category, item.amount)");
    }
    mode.weight = weight.value;
  }
  return as_read(target, std::move(mode));
}

Result<Typed> lower_rank_of(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Target target, target_of(at, *node.arguments[0]));
  if (target.whole) return wrong_value(at, node, target, "a field of each event");
  REGULARS_ASSIGN(const Typed wanted, at.lower(*node.arguments[1]));
  const bool fits = wanted.is_literal() &&
                    (target.read.type.untyped || wanted.type.value == target.read.type.value);
  if (!fits) {
    return at.error(node.arguments[1]->extent,
                    "a literal like the field's values is needed here: " + kind_of(target.read));
  }
  if (wanted.is_text()) {
    warn_about_text(at, *node.arguments[1], target.read, wanted.expression->literal.text);
  }
  REGULARS_ASSIGN(evaluate::Aggregate rank, aggregate_of(at, node, target, AggregateKind::kRankOf));
  rank.literal = wanted.expression->literal;
  if (node.arguments.size() > 2) {
    REGULARS_ASSIGN(const Target weight, target_of(at, *node.arguments[2]));
    if (weight.event != target.event || weight.items != target.items ||
        !is_exact_number(weight.read) || weight.whole) {
      return at.error(node.arguments[2]->extent,
                      "what is summed must be a number of the same events");
    }
    rank.weight = weight.value;
  }
  Typed result = integer_of(evaluate::aggregate(std::move(rank)));
  result.least = 1;
  return result;
}

}  // namespace regulars::language
