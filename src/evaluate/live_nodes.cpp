// Nodes outside conditions: each computed from its arguments.
#include <algorithm>

#include "evaluate/compared.h"
#include "evaluate/live_evaluator.h"
#include "evaluate/number.h"
#include "evaluate/parts.h"
#include "evaluate/position.h"
#include "evaluate/reference_operation.h"
#include "evaluate/stage.h"

namespace regulars::evaluate {
void LiveEvaluator::run_step(const LiveStep& step) {
  const uint32_t node = step.node;
  switch (step.way) {
    case LiveWay::kSlot:
      return slot(node, step.a);
    case LiveWay::kCompareWith: {
      const int64_t number = numbers_[step.a];
      const bool is = (number >= step.low && number <= step.high) != step.outside;
      numbers_[node] = number == kMissing ? kUnknownTruth : is ? kTrue : kFalse;
      return;
    }
    case LiveWay::kLogic:
      return logic(step);
    case LiveWay::kNot:
      numbers_[node] = kTrue - numbers_[step.a];
      return;
    case LiveWay::kDaysSince:
      return days_since(node);
    case LiveWay::kArithmetic:
      return arithmetic(node);
    default:
      other_step(step);
  }
}

void LiveEvaluator::other_step(const LiveStep& step) {
  const uint32_t node = step.node;
  switch (step.way) {
    case LiveWay::kAttribute:
      return attribute(node);
    case LiveWay::kNow:
      numbers_[node] = moments_[plan_.nodes[node].shift].now.micros;
      return;
    case LiveWay::kToday:
      numbers_[node] = moments_[plan_.nodes[node].shift].today.number;
      return;
    case LiveWay::kCustomerId:
      texts_[node] = customer_->id();
      return;
    case LiveWay::kCompare:
    case LiveWay::kCompareReals:
      return compare(node);
    case LiveWay::kDivide:
      return divide(node);
    case LiveWay::kKnown:
      numbers_[node] = is_known(step.a) ? kTrue : kFalse;
      return;
    case LiveWay::kBlock:
      if (block_answers()) take_block(node);
      return;
    default:
      operation(node);
  }
}

void LiveEvaluator::attribute(uint32_t node) {
  const uint32_t place = program_.nodes[node].attribute;
  const Column& head = program_.layout.schema().attributes[place];
  const int64_t number = customer_->attributes_[place];
  switch (program_.nodes[node].form) {
    case Form::kTexts:
      texts_[node] = number == kMissing ? std::string_view()
                                        : head.dictionary->text(static_cast<uint32_t>(number));
      break;
    case Form::kTruths:
      numbers_[node] = number == kMissing ? kUnknownTruth : number != 0 ? kTrue : kFalse;
      break;
    default:
      numbers_[node] = number;
  }
}

double LiveEvaluator::real_of(uint32_t node) const {
  return program_.nodes[node].form == Form::kReals
             ? reals_[node]
             : to_real(numbers_[node], plan_.nodes[node].type.scale);
}

void LiveEvaluator::compare(uint32_t node) {
  const uint32_t a = plan_.nodes[node].arguments[0];
  const uint32_t b = plan_.nodes[node].arguments[1];
  const Op op = program_.nodes[node].op;
  numbers_[node] = kUnknownTruth;
  if (!is_known(a) || !is_known(b)) return;
  bool is = false;
  if (program_.nodes[node].way == LiveWay::kCompareReals) {
    is = holds(op, real_of(a), real_of(b));
  } else {
    const auto order = compare_units(numbers_[a], plan_.nodes[a].type.scale, numbers_[b],
                                     plan_.nodes[b].type.scale);
    is = holds(op, order < 0 ? -1 : order > 0 ? 1 : 0, 0);
  }
  numbers_[node] = is ? kTrue : kFalse;
}

void LiveEvaluator::divide(uint32_t node) {
  const uint32_t a = plan_.nodes[node].arguments[0];
  const uint32_t b = plan_.nodes[node].arguments[1];
  reals_[node] = kUnknownReal;
  if (!is_known(a) || !is_known(b)) return;
  const bool reals =
      program_.nodes[a].form == Form::kReals || program_.nodes[b].form == Form::kReals;
  if (reals) {
    const double divisor = real_of(b);
    if (divisor != 0) reals_[node] = finite_or_unknown(real_of(a) / divisor);
  } else if (numbers_[b] != 0) {
    reals_[node] =
        quotient(numbers_[a], plan_.nodes[a].type.scale, numbers_[b], plan_.nodes[b].type.scale);
  }
}

void LiveEvaluator::logic(const LiveStep& step) {
  const bool all = step.op == Op::kAnd;
  int64_t truth = all ? kTrue : kFalse;
  for (uint32_t i = step.a; i < step.b; ++i) {
    const int64_t one = numbers_[program_.step_arguments[i]];
    truth = all ? std::min(truth, one) : std::max(truth, one);
  }
  numbers_[step.node] = truth;
}

void LiveEvaluator::arithmetic(uint32_t node) {
  const Node& planned = plan_.nodes[node];
  const int64_t a = numbers_[planned.arguments[0]];
  numbers_[node] = kMissing;
  if (a == kMissing) return;
  if (program_.nodes[node].op == Op::kNegate) {
    numbers_[node] = -a;  // the only number without a negative is kMissing
    return;
  }
  const int64_t b = numbers_[planned.arguments[1]];
  if (b == kMissing) return;
  Int128 result = Int128{a} * b;
  if (program_.nodes[node].op != Op::kMultiply) {
    const int scale = planned.type.scale;
    const Int128 x = rescaled_up(a, plan_.nodes[planned.arguments[0]].type.scale, scale);
    const Int128 y = rescaled_up(b, plan_.nodes[planned.arguments[1]].type.scale, scale);
    result = program_.nodes[node].op == Op::kAdd ? x + y : x - y;
  }
  if (!is_storable(result)) return fail(overflow("a result of arithmetic"));
  numbers_[node] = static_cast<int64_t>(result);
}

void LiveEvaluator::days_since(uint32_t node) {
  const Node& planned = plan_.nodes[node];
  const int64_t since = numbers_[planned.arguments[0]];
  const Moment& moment = moments_[planned.shift];
  numbers_[node] = kMissing;
  if (since == kMissing) return;
  if (plan_.nodes[planned.arguments[0]].type.value != ValueType::kDay) {
    numbers_[node] = days_between(since, moment.now.micros);
    return;
  }
  const Int128 elapsed = Int128{moment.today.number} - since;
  if (!is_storable(elapsed)) return fail(overflow("a result of arithmetic"));
  numbers_[node] = static_cast<int64_t>(elapsed);
}

Value LiveEvaluator::value_of(uint32_t node) const {
  const Type& type = plan_.nodes[node].type;
  Value value = unknown_of(type);
  value.known = !type.untyped && is_known(node);
  if (!value.known) return value;
  switch (program_.nodes[node].form) {
    case Form::kNumbers:
      value.number = numbers_[node];
      break;
    case Form::kReals:
      value.real = reals_[node];
      break;
    case Form::kTexts:
      value.text = texts_[node];
      break;
    case Form::kTruths:
      value.number = numbers_[node] == kTrue ? 1 : 0;
      break;
  }
  return value;
}

// In the type that the plan gives the node.
void LiveEvaluator::set(uint32_t node, const Value& value) {
  const Type& type = plan_.nodes[node].type;
  switch (program_.nodes[node].form) {
    case Form::kNumbers:
      numbers_[node] =
          value.known ? value.number * power_of_ten(type.scale - value.scale) : kMissing;
      break;
    case Form::kReals:
      reals_[node] = value.known ? as_real(value) : kUnknownReal;
      break;
    case Form::kTruths:
      numbers_[node] = !value.known ? kUnknownTruth : value.number != 0 ? kTrue : kFalse;
      break;
    case Form::kTexts:
      kept_texts_[node] = value.text;
      texts_[node] = value.known ? std::string_view(kept_texts_[node]) : std::string_view();
      break;
  }
}

void LiveEvaluator::operation(uint32_t node) {
  const Node& planned = plan_.nodes[node];
  const Expression& e = *planned.expression;
  values_.clear();
  if (e.op == Op::kBucket) values_.push_back(text_value(std::string(customer_->id())));
  for (const uint32_t argument : planned.arguments) values_.push_back(value_of(argument));
  if (e.op == Op::kPosition) {
    return set(node, position_of(e, values_));
  }
  const Moment& moment = moments_[planned.shift];
  const Result<Value> value = operate(e, values_, {moment.now, &zone_for(asks_own_zone(e))});
  if (!value) return fail(value.error());
  set(node, *value);
}

const History& LiveEvaluator::history() {
  if (!history_) history_ = customer_->to_history(program_.layout);
  return *history_;
}

// By the block kernels, over her alone.
bool LiveEvaluator::block_answers() {
  if (block_made_) return true;
  Result<std::vector<Answers>> made =
      run_plan(*program_.block, history(), {&now_, 1}, {1, 1, {}}, {0, 1});
  if (!made) {
    fail(made.error());
    return false;
  }
  block_ = std::move(made->front().columns);
  block_made_ = true;
  return true;
}

void LiveEvaluator::take_block(uint32_t node) {
  const AnswerColumn& column = block_[program_.nodes[node].block];
  Value value{column.type, column.known[0] != 0, 0, column.scale, 0, {}};
  if (value.known) {
    if (column.type == ValueType::kText) {
      value.text = column.dictionary->text(column.codes[0]);
    } else if (column.type == ValueType::kReal) {
      value.real = column.reals[0];
    } else {
      value.number = column.number_or(0, 0);
    }
  }
  set(node, value);
}

}  // namespace regulars::evaluate
