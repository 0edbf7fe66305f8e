// Values of parts at instants: each computed once for the time in which it cannot change.
#include "evaluate/beyond.h"
#include "evaluate/next_change.h"
#include "evaluate/number.h"
#include "evaluate/over_time.h"
#include "evaluate/parts.h"
#include "evaluate/position.h"
#include "evaluate/reference_operation.h"
#include "evaluate/shift.h"

namespace regulars::evaluate {
namespace {

// Whether the value follows from the values of the arguments and the instant.
bool is_operation(const Expression& e) {
  if (e.arguments.empty() || looks_beyond(e.op)) return false;
  switch (e.op) {
    case Op::kAggregate:
    case Op::kSequence:
    case Op::kLinkedSum:
    case Op::kAnyItem:
    case Op::kAllItems:
    case Op::kBucket:
      return false;
    default:
      return true;
  }
}

}  // namespace

Value position_of(const Expression& e, const std::vector<Value>& arguments) {
  const PositionKind kind = *position_kind(e.literal.text);
  Value result = unknown_of(position_type(kind));
  const Value& value = arguments[0];
  const bool grouped = arguments.size() == 2;
  if (e.population == nullptr || !value.known || (grouped && !arguments[1].known)) return result;
  std::string name;
  if (grouped) {
    const Value& group = arguments[1];
    name = group.type == ValueType::kText ? group.text : group_text(type_of(group), group.number);
  }
  const Population::Group* group = find_group(*e.population, name);
  if (group == nullptr) return result;
  const Placed placed{value.type == ValueType::kReal, value.number, value.scale, value.real};
  if (result.type == ValueType::kInteger) {
    const int64_t number = whole_position(kind, *e.population, *group, placed);
    result.known = number != kMissing;
    if (result.known) result.number = number;
    return result;
  }
  return real_or_unknown(real_position(kind, *e.population, *group, placed));
}

Result<Value> ChangeFinder::plain(const Expression& e, Instant t) {
  asked_.as_of = t;
  if (row_ == nullptr) return evaluate_reference(e, asked_);
  return evaluate_row(e, asked_, *row_->stream, row_->event, row_->item);
}

Result<Value> ChangeFinder::shifted_value(const Expression& e, Instant t) {
  return shifted_finder(e).value_at(*e.arguments[0], shifted_instant(e.shift, t, *question_.zone));
}

Result<Value> ChangeFinder::computed(const Expression& e, Instant t) {
  if (e.op == Op::kShifted) return shifted_value(e, t);
  if (e.op == Op::kEver || e.op == Op::kEntered || e.op == Op::kSince) {
    asked_.as_of = t;
    const Question then = asked_;
    return over_time_value(e, tree_, then);
  }
  const bool position = e.op == Op::kPosition;
  if (!position && !is_operation(e)) return plain(e, t);
  std::vector<Value> values;
  values.reserve(e.arguments.size());
  for (const ExpressionPtr& argument : e.arguments) {
    REGULARS_ASSIGN(Value value, value_at(*argument, t));
    values.push_back(std::move(value));
  }
  if (position) return position_of(e, values);
  return operate(e, values, {t, &zone(asks_own_zone(e))});
}

Result<Value> ChangeFinder::value_at(const Expression& e, Instant t) {
  Kept* kept = kept_of(e);
  if (kept == nullptr) return computed(e, t);
  if (kept->held.covers(t)) return kept->held_value;
  if (kept->has_once && kept->once == t) return kept->once_value;
  REGULARS_ASSIGN(Value value, computed(e, t));
  const bool still = kept->motion.still() && kept->walked.covers(t);
  if (still || kept->settled.covers(t)) {
    kept->held = still ? kept->walked : kept->settled;
    kept->held_value = value;
  } else {
    kept->has_once = true;
    kept->once = t;
    kept->once_value = value;
  }
  return value;
}

}  // namespace regulars::evaluate
