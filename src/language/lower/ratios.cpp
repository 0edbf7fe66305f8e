// Shares, rates, changes against the window before, interest that fades.
#include "language/lower/chapters.h"

namespace regulars::language {
namespace {

using evaluate::AggregateKind;
using evaluate::ExpressionPtr;
using evaluate::make;
using evaluate::Op;

// Sum of the value, or the number of events or items where it is none.
Result<ExpressionPtr> amount_of(Lowering& at, const Node& node, const Target& target,
                                ExpressionPtr extra) {
  Target read = target;
  AggregateKind kind = AggregateKind::kSum;
  if (target.whole && target.items) {
    read.value = evaluate::expression_value(evaluate::integer(1), true);
  } else if (target.whole) {
    kind = AggregateKind::kCount;
    read.value = {};
  }
  REGULARS_ASSIGN(evaluate::Aggregate result, aggregate_of(at, node, read, kind, target.amounts));
  result.where = both(result.where, std::move(extra));
  return evaluate::aggregate(std::move(result));
}

Result<ExpressionPtr> before(Lowering& at, const Node& aggregate, const ExpressionPtr& now) {
  if (!aggregate.span) {
    return at.error(aggregate.extent, "there is no window before a lifetime",
                    "give the aggregate a span: " + at.source(aggregate) + " over last 90 days");
  }
  REGULARS_ASSIGN(const evaluate::Shift shift, length_of(at, *aggregate.span));
  return evaluate::shifted(now, shift);
}

}  // namespace

Result<Typed> lower_share(Lowering& at, const Node& node) {
  if (node.where == nullptr) {
    return at.error(node.extent, "'share' needs a `where`: the part whose share is asked",
                    "write: share(item.amount where category = '...') over last 1 year");
  }
  REGULARS_ASSIGN(const Target target, target_of(at, *node.arguments[0]));
  if (!target.whole && !target.read.type.untyped &&
      !(target.read.is_number() && evaluate::is_exact(target.read.type))) {
    return at.error(node.arguments[0]->extent,
                    "'share' takes a number, or events or items by themselves; " +
                        at.source(*node.arguments[0]) + " is " + kind_of(target.read));
  }
  ExpressionPtr within;
  if (node.among != nullptr) {
    EventContext context;
    context.event = target.event;
    context.sees_items = target.items;
    REGULARS_ASSIGN(within, at.rule_in(&context, *node.among));
  }
  Node whole = node;
  whole.where = nullptr;
  REGULARS_ASSIGN(const ExpressionPtr part, amount_of(at, node, target, within));
  REGULARS_ASSIGN(const ExpressionPtr all, amount_of(at, whole, target, within));
  Typed result = real_of(make(Op::kDivide, {part, all}));
  if (target.whole) {
    result.least = 0;
    result.most = 1;
  }
  result.called = "a share";
  return result;
}

Result<Typed> lower_rate(Lowering& at, const Node& node) {
  const Node& ratio = *node.arguments[0];
  if (ratio.kind != Node::Kind::kBinary || ratio.text != "/") {
    return at.error(ratio.extent, "'rate' takes a division",
                    "write: rate(count(message_clicked) / count(message_delivered), at least 5)");
  }
  REGULARS_ASSIGN(const Typed over, at.number(*ratio.arguments[0]));
  REGULARS_ASSIGN(const Typed under, at.number(*ratio.arguments[1]));
  ExpressionPtr rate = make(Op::kDivide, {over.expression, under.expression});
  if (node.at_least) {
    const ExpressionPtr least = node.at_least->scale == 0 ? evaluate::integer(node.at_least->units)
                                                          : evaluate::decimal(*node.at_least);
    const ExpressionPtr enough = make(Op::kGreaterEqual, {under.expression, least});
    rate = make(Op::kIfElse, {enough, rate, evaluate::unknown()});
  }
  Typed result = real_of(std::move(rate));
  if (over.least == 0.0 && under.least == 0.0) result.least = 0;
  return result;
}

Result<Typed> lower_change(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed now, at.number(*node.arguments[0]));
  REGULARS_ASSIGN(const ExpressionPtr then, before(at, *node.arguments[0], now.expression));
  const ExpressionPtr difference = make(Op::kSubtract, {now.expression, then});
  Typed result = real_of(make(Op::kDivide, {difference, then}));
  if (now.least == 0.0) result.least = -1;
  return result;
}

Result<Typed> lower_trend(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(const Typed now, at.number(*node.arguments[0]));
  REGULARS_ASSIGN(const ExpressionPtr then, before(at, *node.arguments[0], now.expression));
  const ExpressionPtr& value = now.expression;
  const ExpressionPtr both_known =
      make(Op::kAnd, {make(Op::kKnown, {value}), make(Op::kKnown, {then})});
  const ExpressionPtr words =
      make(Op::kIfElse,
           {make(Op::kGreater, {value, then}), evaluate::text("up"),
            make(Op::kIfElse,
                 {make(Op::kLess, {value, then}), evaluate::text("down"),
                  make(Op::kIfElse, {both_known, evaluate::text("level"), evaluate::unknown()})})});
  Typed result = text_of(words);
  result.classes = {"up", "down", "level"};
  result.called = "trend";
  return result;
}

Result<Typed> lower_interest(Lowering& at, const Node& node) {
  REGULARS_ASSIGN(Target target, target_of(at, *node.arguments[0]));
  if (!target.whole && !target.read.type.untyped &&
      !(target.read.is_number() && evaluate::is_exact(target.read.type))) {
    return at.error(node.arguments[0]->extent,
                    "'interest' takes events, items or a number of theirs; " +
                        at.source(*node.arguments[0]) + " is " + kind_of(target.read));
  }
  REGULARS_ASSIGN(const TimeAmount half, at.time_argument(*node.arguments[1]));
  const int64_t half_days = half.unit == Unit::kWeek ? half.count * 7 : half.count;
  const bool whole = half.unit == Unit::kDay || half.unit == Unit::kWeek;
  if (!whole || half_days < 1 || half_days > 36'500) {
    return at.error(node.arguments[1]->extent, "the half-life is counted in days or weeks",
                    "write: interest(purchase, 90 days)");
  }
  if (target.whole) target.value = {};
  if (target.whole && target.items) {
    target.value = evaluate::expression_value(evaluate::integer(1), true);
  }
  REGULARS_ASSIGN(evaluate::Aggregate decayed,
                  aggregate_of(at, node, target, AggregateKind::kDecayed));
  decayed.half_life_days = static_cast<int>(half_days);
  Typed result = real_of(evaluate::aggregate(std::move(decayed)));
  if (target.whole) result.least = 0;
  return result;
}

}  // namespace regulars::language
