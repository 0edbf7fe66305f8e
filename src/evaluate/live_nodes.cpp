// Nodes outside conditions: each a cell, computed from the cells of its arguments.
#include <algorithm>

#include "evaluate/live_evaluator.h"
#include "evaluate/number.h"
#include "evaluate/parts.h"
#include "evaluate/position.h"
#include "evaluate/reference_operation.h"
#include "evaluate/stage.h"

namespace regulars::evaluate {
namespace {

template <class T>
bool holds(Op op, T a, T b) {
  switch (op) {
    case Op::kEqual:
      return a == b;
    case Op::kNotEqual:
      return a != b;
    case Op::kLess:
      return a < b;
    case Op::kLessEqual:
      return a <= b;
    case Op::kGreater:
      return a > b;
    default:
      return a >= b;
  }
}

}  // namespace

Result<void> LiveEvaluator::compute(uint32_t node) {
  Cell& cell = cells_[node];
  switch (program_.nodes[node].way) {
    case LiveWay::kUnused:
    case LiveWay::kConstant:
      return {};
    case LiveWay::kSlot:
      return slot(node);
    case LiveWay::kAttribute:
      attribute(node);
      return {};
    case LiveWay::kNow:
      cell.number = moments_[plan_.nodes[node].shift].now.micros;
      return {};
    case LiveWay::kToday:
      cell.number = moments_[plan_.nodes[node].shift].today.number;
      return {};
    case LiveWay::kCustomerId:
      cell.text = customer_->id();
      return {};
    case LiveWay::kCompareWith:
      compare_with(node);
      return {};
    case LiveWay::kCompare:
    case LiveWay::kCompareReals:
      compare(node);
      return {};
    case LiveWay::kDivide:
      divide(node);
      return {};
    case LiveWay::kLogic:
      logic(node);
      return {};
    case LiveWay::kNot:
      cell.number = kTrue - cells_[plan_.nodes[node].arguments[0]].number;
      return {};
    case LiveWay::kKnown:
      cell.number = is_known(plan_.nodes[node].arguments[0]) ? kTrue : kFalse;
      return {};
    case LiveWay::kArithmetic:
      return arithmetic(node);
    case LiveWay::kDaysSince:
      return days_since(node);
    case LiveWay::kBlock:
      REGULARS_TRY(block_answers());
      take_block(node);
      return {};
    default:
      return operation(node);
  }
}

void LiveEvaluator::attribute(uint32_t node) {
  const uint32_t place = program_.nodes[node].attribute;
  const Column& head = program_.layout.schema().attributes[place];
  const int64_t number = customer_->attributes_[place];
  Cell& cell = cells_[node];
  switch (program_.nodes[node].form) {
    case Form::kTexts:
      cell.text = number == kMissing ? std::string_view()
                                     : head.dictionary->text(static_cast<uint32_t>(number));
      break;
    case Form::kTruths:
      cell.number = number == kMissing ? kUnknownTruth : number != 0 ? kTrue : kFalse;
      break;
    default:
      cell.number = number;
  }
}

void LiveEvaluator::compare_with(uint32_t node) {
  const LiveNode& made = program_.nodes[node];
  const int64_t number = cells_[plan_.nodes[node].arguments[0]].number;
  Cell& cell = cells_[node];
  cell.number = kUnknownTruth;
  if (number != kMissing) cell.number = holds(made.op, number, made.number) ? kTrue : kFalse;
}

double LiveEvaluator::real_of(uint32_t node) const {
  const Cell& cell = cells_[node];
  return program_.nodes[node].form == Form::kReals
             ? cell.real
             : to_real(cell.number, plan_.nodes[node].type.scale);
}

void LiveEvaluator::compare(uint32_t node) {
  const uint32_t a = plan_.nodes[node].arguments[0];
  const uint32_t b = plan_.nodes[node].arguments[1];
  const Op op = program_.nodes[node].op;
  Cell& cell = cells_[node];
  cell.number = kUnknownTruth;
  if (!is_known(a) || !is_known(b)) return;
  bool is = false;
  if (program_.nodes[node].way == LiveWay::kCompareReals) {
    is = holds(op, real_of(a), real_of(b));
  } else {
    const auto order = compare_units(cells_[a].number, plan_.nodes[a].type.scale, cells_[b].number,
                                     plan_.nodes[b].type.scale);
    is = holds(op, order < 0 ? -1 : order > 0 ? 1 : 0, 0);
  }
  cell.number = is ? kTrue : kFalse;
}

void LiveEvaluator::divide(uint32_t node) {
  const uint32_t a = plan_.nodes[node].arguments[0];
  const uint32_t b = plan_.nodes[node].arguments[1];
  Cell& cell = cells_[node];
  cell.real = kUnknownReal;
  if (!is_known(a) || !is_known(b)) return;
  const bool reals =
      program_.nodes[a].form == Form::kReals || program_.nodes[b].form == Form::kReals;
  if (reals) {
    const double divisor = real_of(b);
    if (divisor != 0) cell.real = finite_or_unknown(real_of(a) / divisor);
  } else if (cells_[b].number != 0) {
    cell.real = quotient(cells_[a].number, plan_.nodes[a].type.scale, cells_[b].number,
                         plan_.nodes[b].type.scale);
  }
}

void LiveEvaluator::logic(uint32_t node) {
  const bool all = program_.nodes[node].op == Op::kAnd;
  int64_t truth = all ? kTrue : kFalse;
  for (const uint32_t argument : plan_.nodes[node].arguments) {
    const int64_t one = cells_[argument].number;
    truth = all ? std::min(truth, one) : std::max(truth, one);
  }
  cells_[node].number = truth;
}

Result<void> LiveEvaluator::arithmetic(uint32_t node) {
  const Node& planned = plan_.nodes[node];
  const Cell& a = cells_[planned.arguments[0]];
  Cell& cell = cells_[node];
  cell.number = kMissing;
  if (a.number == kMissing) return {};
  if (program_.nodes[node].op == Op::kNegate) {
    cell.number = -a.number;  // the only number without a negative is kMissing
    return {};
  }
  const Cell& b = cells_[planned.arguments[1]];
  if (b.number == kMissing) return {};
  Int128 result = Int128{a.number} * b.number;
  if (program_.nodes[node].op != Op::kMultiply) {
    const int scale = planned.type.scale;
    const Int128 x = rescaled_up(a.number, plan_.nodes[planned.arguments[0]].type.scale, scale);
    const Int128 y = rescaled_up(b.number, plan_.nodes[planned.arguments[1]].type.scale, scale);
    result = program_.nodes[node].op == Op::kAdd ? x + y : x - y;
  }
  if (!is_storable(result)) return overflow("a result of arithmetic");
  cell.number = static_cast<int64_t>(result);
  return {};
}

Result<void> LiveEvaluator::days_since(uint32_t node) {
  const Node& planned = plan_.nodes[node];
  const int64_t since = cells_[planned.arguments[0]].number;
  const Moment& moment = moments_[planned.shift];
  Cell& cell = cells_[node];
  cell.number = kMissing;
  if (since == kMissing) return {};
  if (plan_.nodes[planned.arguments[0]].type.value != ValueType::kDay) {
    cell.number = days_between(since, moment.now.micros);
    return {};
  }
  const Int128 elapsed = Int128{moment.today.number} - since;
  if (!is_storable(elapsed)) return overflow("a result of arithmetic");
  cell.number = static_cast<int64_t>(elapsed);
  return {};
}

Value LiveEvaluator::value_of(uint32_t node) const {
  const Type& type = plan_.nodes[node].type;
  Value value = unknown_of(type);
  value.known = !type.untyped && is_known(node);
  if (!value.known) return value;
  const Cell& cell = cells_[node];
  switch (program_.nodes[node].form) {
    case Form::kNumbers:
      value.number = cell.number;
      break;
    case Form::kReals:
      value.real = cell.real;
      break;
    case Form::kTexts:
      value.text = cell.text;
      break;
    case Form::kTruths:
      value.number = cell.number == kTrue ? 1 : 0;
      break;
  }
  return value;
}

// In the type that the plan gives the node.
void LiveEvaluator::set(uint32_t node, const Value& value) {
  Cell& cell = cells_[node];
  const Type& type = plan_.nodes[node].type;
  switch (program_.nodes[node].form) {
    case Form::kNumbers:
      cell.number = value.known ? value.number * power_of_ten(type.scale - value.scale) : kMissing;
      break;
    case Form::kReals:
      cell.real = value.known ? as_real(value) : kUnknownReal;
      break;
    case Form::kTruths:
      cell.number = !value.known ? kUnknownTruth : value.number != 0 ? kTrue : kFalse;
      break;
    case Form::kTexts:
      kept_texts_[node] = value.text;
      cell.text = value.known ? std::string_view(kept_texts_[node]) : std::string_view();
      break;
  }
}

Result<void> LiveEvaluator::operation(uint32_t node) {
  const Node& planned = plan_.nodes[node];
  const Expression& e = *planned.expression;
  values_.clear();
  if (e.op == Op::kBucket) values_.push_back(text_value(std::string(customer_->id())));
  for (const uint32_t argument : planned.arguments) values_.push_back(value_of(argument));
  if (e.op == Op::kPosition) {
    set(node, position_of(e, values_));
    return {};
  }
  const Moment& moment = moments_[planned.shift];
  REGULARS_ASSIGN(const Value value,
                  operate(e, values_, {moment.now, &zone_for(asks_own_zone(e))}));
  set(node, value);
  return {};
}

const History& LiveEvaluator::history() {
  if (!history_) history_ = customer_->to_history(program_.layout);
  return *history_;
}

// By the block kernels, over her alone.
Result<void> LiveEvaluator::block_answers() {
  if (block_made_) return {};
  REGULARS_ASSIGN(std::vector<Answers> made,
                  run_plan(*program_.block, history(), {&now_, 1}, {1, 1, {}}, {0, 1}));
  block_ = std::move(made.front().columns);
  block_made_ = true;
  return {};
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
