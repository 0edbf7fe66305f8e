#include "evaluate/reference_beyond.h"

#include <algorithm>

#include "data/regroup.h"
#include "evaluate/beyond.h"
#include "evaluate/number.h"
#include "evaluate/over_time.h"
#include "evaluate/position.h"
#include "evaluate/shift.h"
#include "evaluate/stage.h"
#include "evaluate/timeline.h"

namespace regulars::evaluate {
namespace {

Value unknown_of(const Type& type) { return {type.value, false, 0, type.scale, 0, {}}; }

double as_real(const Value& value) {
  return value.type == ValueType::kReal ? value.real : to_real(value.number, value.scale);
}

Result<Value> shifted_value(const Expression& e, const Question& question, Trace* trace) {
  Question then = question;
  then.as_of = shifted_instant(e.shift, question.as_of, *question.zone);
  return evaluate_reference(*e.arguments[0], then, trace);
}

// The values of the group, one by one.
std::vector<Value> values_of(const Population& population, const Population::Group& group) {
  std::vector<Value> values;
  for (const int64_t number : group.numbers) {
    values.push_back({population.type, true, number, population.scale, 0, {}});
  }
  for (const double real : group.reals) values.push_back({ValueType::kReal, true, 0, 0, real, {}});
  return values;
}

bool is_less(const Value& a, const Value& b) {
  if (a.type == ValueType::kReal || b.type == ValueType::kReal) return as_real(a) < as_real(b);
  return compare_units(a.number, a.scale, b.number, b.scale) < 0;
}

Value place_in(PositionKind kind, const Population& population, const Population::Group& group,
               const Value& value) {
  const std::vector<Value> others = values_of(population, group);
  int64_t below = 0;
  int64_t above = 0;
  for (const Value& other : others) {
    below += is_less(other, value) ? 1 : 0;
    above += is_less(value, other) ? 1 : 0;
  }
  Value result = unknown_of(position_type(kind));
  const auto all = static_cast<int64_t>(others.size());
  if (kind == PositionKind::kZScore) {
    result.real = finite_or_unknown((as_real(value) - group.mean) / group.deviation);
    result.known = group.deviation != 0 && result.real == result.real;
    return result;
  }
  if (all == 0) return result;
  result.known = true;
  if (kind == PositionKind::kPercentile) {
    result.real = static_cast<double>(below) / static_cast<double>(all);
  } else {
    result.number =
        kind == PositionKind::kRank ? 1 + above : std::min<int64_t>(10, 1 + 10 * below / all);
  }
  return result;
}

Result<Value> position(const Expression& e, const Question& question, Trace* trace) {
  const PositionKind kind = *position_kind(e.literal.text);
  std::vector<Value> arguments;
  for (const ExpressionPtr& argument : e.arguments) {
    REGULARS_ASSIGN(Value value, evaluate_reference(*argument, question, trace));
    arguments.push_back(std::move(value));
  }
  const Value& value = arguments[0];
  if (e.population == nullptr || !value.known) return unknown_of(position_type(kind));
  std::string name;
  if (arguments.size() == 2) {
    const Value& group = arguments[1];
    if (!group.known) return unknown_of(position_type(kind));
    const Type type{group.type, group.scale, false};
    name = group.type == ValueType::kText ? group.text : group_text(type, group.number);
  }
  for (const Population::Group& group : e.population->groups) {
    if (group.name == name) return place_in(kind, *e.population, group, value);
  }
  return unknown_of(position_type(kind));
}

const Column& attribute_of(const Question& question, const std::string& name) {
  for (const Column* column : question.given) {
    if (column->name == name) return *column;
  }
  return *find_column(question.history->customer_table().attributes, name);
}

Result<Value> of_unit(const Expression& e, const Question& question) {
  const UnitFold fold = *unit_fold(e.literal.text);
  const auto members = unit_members(attribute_of(question, e.name), question.customer);
  if (fold == UnitFold::kTogether) {
    const History together = regroup(*question.history, members);
    return evaluate_reference(*e.arguments[0], {&together, 0, question.as_of, question.zone, {}});
  }
  const std::vector<Instant>& known_from = question.history->customer_table().known_from;
  int64_t count_true = 0;
  int64_t count_unknown = 0;
  int64_t count = 0;
  for (const CustomerNumber member : members) {
    Question hers = question;
    hers.customer = member;
    REGULARS_ASSIGN(const Value value, evaluate_reference(*e.arguments[0], hers));
    if (!known_from.empty() && known_from[member] > question.as_of) continue;
    ++count;
    count_true += value.known && value.number != 0 ? 1 : 0;
    count_unknown += value.known ? 0 : 1;
  }
  if (fold == UnitFold::kCount) return Value{ValueType::kInteger, true, count_true, 0, 0, {}};
  const bool decided = fold == UnitFold::kAny ? count_true > 0 : count_true + count_unknown < count;
  if (!decided && count_unknown > 0) return unknown_of({ValueType::kBoolean, 0, false});
  const bool answer = fold == UnitFold::kAny ? count_true > 0 : count_true == count;
  return Value{ValueType::kBoolean, true, answer ? 1 : 0, 0, 0, {}};
}

// Asks anew at every instant at which the answer may change.
Result<Value> over_time(const Expression& e, const Question& question) {
  const Walk walk = walk_of(e, question);
  std::vector<TruthFrom> truths;
  Question then = question;
  for (then.as_of = walk.from; !walk.nowhere;) {
    REGULARS_ASSIGN(const Value value, evaluate_reference(*e.arguments[0], then));
    truths.push_back({then.as_of, value.known && value.number != 0});
    REGULARS_ASSIGN(const std::optional<Instant> next, next_change(e.arguments, then));
    if (!next || *next > walk.upto) break;
    then.as_of = *next;
  }
  return over_time_value(e, over_time_answer(e, walk, truths));
}

}  // namespace

Result<Value> beyond_reference(const Expression& e, const Question& question, Trace* trace) {
  switch (e.op) {
    case Op::kShifted:
      return shifted_value(e, question, trace);
    case Op::kPosition:
      return position(e, question, trace);
    case Op::kOfUnit:
      return of_unit(e, question);
    case Op::kSnapshotText:
      return unknown_of({ValueType::kText, 0, false});
    default:
      return over_time(e, question);
  }
}

}  // namespace regulars::evaluate
