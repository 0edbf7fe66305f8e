#include "evaluate/reference.h"

#include <algorithm>

#include "evaluate/beyond.h"
#include "evaluate/number.h"
#include "evaluate/reference_aggregate.h"
#include "evaluate/reference_beyond.h"
#include "evaluate/reference_events.h"
#include "evaluate/type.h"
#include "evaluate/window.h"

namespace regulars::evaluate {
namespace {

// The event, and perhaps the item of it, that a condition is asked about.
struct Row {
  const Stream* stream = nullptr;
  uint32_t event = 0;
  std::optional<uint32_t> item;
};

Value unknown_of(const Type& type) { return {type.value, false, 0, type.scale, 0, {}}; }

Value known_number(const Type& type, int64_t number) {
  return {type.value, true, number, type.scale, 0, {}};
}

Value truth(bool value) { return known_number({ValueType::kBoolean, 0, false}, value ? 1 : 0); }

// A boolean that is unknown has no other type to differ in, so it may stand for the untyped.
Type type_of(const Value& value) {
  if (value.type == ValueType::kBoolean && !value.known) return untyped();
  return {value.type, value.scale, false};
}

bool is_true(const Value& value) { return value.known && value.number != 0; }
bool is_false(const Value& value) { return value.known && value.number == 0; }

double as_real(const Value& value) {
  return value.type == ValueType::kReal ? value.real : to_real(value.number, value.scale);
}

Value real_or_unknown(double value) {
  const double kept = finite_or_unknown(value);
  if (kept != kept) return unknown_of({ValueType::kReal, 0, false});
  return {ValueType::kReal, true, 0, 0, kept, {}};
}

Value value_in(const Column& column, size_t row) {
  Value value = unknown_of(regulars::evaluate::type_of(column));
  if (!column.known(row)) return value;
  value.known = true;
  if (column.type == ValueType::kText) {
    value.text = column.dictionary->text(column.codes[row]);
  } else {
    value.number = column.numbers[row];
  }
  return value;
}

Value literal_value(const Literal& literal) {
  Value value = unknown_of(regulars::evaluate::type_of(literal));
  if (is_bare_unknown(literal)) return value;
  value.known = true;
  value.text = literal.text;
  value.real = literal.real;
  value.number = literal.number;
  return value;
}

Result<Value> real_arithmetic(Op op, const Value& a, const Value& b) {
  if (op == Op::kDivide && !(a.type == ValueType::kReal || b.type == ValueType::kReal)) {
    if (b.number == 0) return unknown_of({ValueType::kReal, 0, false});
    return real_or_unknown(quotient(a.number, a.scale, b.number, b.scale));
  }
  const double x = as_real(a);
  const double y = as_real(b);
  switch (op) {
    case Op::kAdd:
      return real_or_unknown(x + y);
    case Op::kSubtract:
      return real_or_unknown(x - y);
    case Op::kMultiply:
      return real_or_unknown(x * y);
    default:
      return real_or_unknown(y == 0 ? kUnknownReal : x / y);
  }
}

Result<Value> arithmetic(Op op, const Type& type, const Value& a, const Value& b) {
  if (!a.known || !b.known) return unknown_of(type);
  if (type.value == ValueType::kReal) return real_arithmetic(op, a, b);
  Int128 result = 0;
  if (op == Op::kMultiply) {
    result = Int128{a.number} * b.number;
  } else {
    const Int128 x = rescaled_up(a.number, a.scale, type.scale);
    const Int128 y = rescaled_up(b.number, b.scale, type.scale);
    result = op == Op::kAdd ? x + y : x - y;
  }
  if (!is_storable(result)) return overflow("a result of arithmetic");
  return known_number(type, static_cast<int64_t>(result));
}

Result<Value> negated(const Value& a) {
  Value result = a;
  if (a.type == ValueType::kReal) result.real = -a.real;
  if (a.known && a.type != ValueType::kReal) {
    if (!is_storable(-Int128{a.number})) return overflow("a result of arithmetic");
    result.number = -a.number;
  }
  return result;
}

std::partial_ordering order_of(const Value& a, const Value& b) {
  if (a.type == ValueType::kText) return a.text <=> b.text;
  if (a.type == ValueType::kReal || b.type == ValueType::kReal) return as_real(a) <=> as_real(b);
  return compare_units(a.number, a.scale, b.number, b.scale);
}

Value compared(Op op, const Value& a, const Value& b) {
  if (!a.known || !b.known) return unknown_of(untyped());
  const std::partial_ordering order = order_of(a, b);
  switch (op) {
    case Op::kEqual:
      return truth(order == 0);
    case Op::kNotEqual:
      return truth(order != 0);
    case Op::kLess:
      return truth(order < 0);
    case Op::kLessEqual:
      return truth(order <= 0);
    case Op::kGreater:
      return truth(order > 0);
    default:
      return truth(order >= 0);
  }
}

// True when any is true, else unknown when any is unknown, else false.
Value any_of(const std::vector<Value>& values) {
  if (std::any_of(values.begin(), values.end(), is_true)) return truth(true);
  return std::all_of(values.begin(), values.end(), is_false) ? truth(false) : unknown_of(untyped());
}

Value all_of(const std::vector<Value>& values) {
  if (std::any_of(values.begin(), values.end(), is_false)) return truth(false);
  return std::all_of(values.begin(), values.end(), is_true) ? truth(true) : unknown_of(untyped());
}

Value among(const std::vector<Value>& values) {
  std::vector<Value> equalities;
  for (size_t i = 1; i < values.size(); ++i) {
    equalities.push_back(compared(Op::kEqual, values[0], values[i]));
  }
  return any_of(equalities);
}

Value as_type(const Value& value, const Type& type) {
  if (!value.known) return unknown_of(type);
  if (type.value == ValueType::kReal && value.type != ValueType::kReal) {
    return real_or_unknown(as_real(value));
  }
  return value;
}

class Reference {
 public:
  Reference(const Question& question, Trace* trace) : question_(question), trace_(trace) {}

  Result<Value> value(const Expression& e, const Row* row) const {
    if (looks_beyond(e.op)) return beyond_reference(e, question_, trace_);
    switch (e.op) {
      case Op::kLiteral:
        return literal_value(e.literal);
      case Op::kAggregate:
        return aggregate(e);
      case Op::kAttribute:
        return attribute(e.name);
      case Op::kAsOf:
        return known_number({ValueType::kInstant, 0, false}, question_.as_of.micros);
      case Op::kAsOfDay:
        return known_number({ValueType::kDay, 0, false}, today().number);
      case Op::kColumn:
        return value_in(*find_column(row->stream->columns, e.name), row->event);
      case Op::kItemColumn:
        return value_in(*find_column(row->stream->item_columns, e.name), *row->item);
      case Op::kEventAt:
      case Op::kEventDay:
      case Op::kMonthOf:
      case Op::kWeekdayOf:
      case Op::kHourOf:
        return time_leaf(e.op, row->stream->at[row->event]);
      case Op::kAnyItem:
      case Op::kAllItems:
        return items(e, *row);
      default:
        return operation(e, row);
    }
  }

 private:
  Day today() const { return question_.zone->day_of(question_.as_of); }

  Result<Value> attribute(const std::string& name) const {
    for (const Column* column : question_.given) {
      if (column->name == name) return value_in(*column, question_.customer);
    }
    const auto& attributes = question_.history->customer_table().attributes;
    return value_in(*find_column(attributes, name), question_.customer);
  }

  Value time_leaf(Op op, Instant at) const {
    const Zone& zone = *question_.zone;
    const Type integer{ValueType::kInteger, 0, false};
    switch (op) {
      case Op::kEventAt:
        return known_number({ValueType::kInstant, 0, false}, at.micros);
      case Op::kEventDay:
        return known_number({ValueType::kDay, 0, false}, zone.day_of(at).number);
      case Op::kMonthOf:
        return known_number(integer, to_civil(zone.day_of(at)).month);
      case Op::kWeekdayOf:
        return known_number(integer, weekday(zone.day_of(at)));
      default:
        return known_number(integer, zone.micros_of_day(at) / 3'600'000'000);
    }
  }

  Result<Value> items(const Expression& e, const Row& row) const {
    std::vector<Value> values;
    const auto [begin, end] = items_of(*row.stream, row.event);
    for (uint32_t item = begin; item < end; ++item) {
      const Row inner{row.stream, row.event, item};
      REGULARS_ASSIGN(Value found, value(*e.arguments[0], &inner));
      values.push_back(std::move(found));
    }
    return e.op == Op::kAnyItem ? any_of(values) : all_of(values);
  }

  // Every argument is evaluated, also where its value does not matter: an overflow is an error
  // wherever it happens.
  Result<Value> operation(const Expression& e, const Row* row) const {
    std::vector<Value> values;
    std::vector<Type> types;
    for (const ExpressionPtr& argument : e.arguments) {
      REGULARS_ASSIGN(Value found, value(*argument, row));
      types.push_back(type_of(found));
      values.push_back(std::move(found));
    }
    REGULARS_ASSIGN(const Type type, operation_type(e.op, types));
    if (e.op == Op::kNegate) return negated(values[0]);
    if (is_arithmetic(e.op)) return arithmetic(e.op, type, values[0], values[1]);
    if (is_comparison(e.op)) return compared(e.op, values[0], values[1]);
    switch (e.op) {
      case Op::kDaysSince:
        return days_since(values[0], type);
      case Op::kIn:
        return among(values);
      case Op::kAnd:
        return all_of(values);
      case Op::kOr:
        return any_of(values);
      case Op::kNot:
        return values[0].known ? truth(is_false(values[0])) : values[0];
      case Op::kKnown:
        return truth(values[0].known);
      default:
        return choice(values, type);
    }
  }

  Result<Value> days_since(const Value& since, const Type& type) const {
    if (!since.known) return unknown_of(type);
    if (since.type != ValueType::kDay) {
      return known_number(type, days_between(since.number, question_.as_of.micros));
    }
    const Int128 elapsed = Int128{today().number} - since.number;
    if (!is_storable(elapsed)) return overflow("a result of arithmetic");
    return known_number(type, static_cast<int64_t>(elapsed));
  }

  static Result<Value> choice(const std::vector<Value>& values, const Type& type) {
    const Value& chosen = is_true(values[0]) ? values[1] : values[2];
    if (!is_exact(type) || !chosen.known) return as_type(chosen, type);
    const Int128 units = rescaled_up(chosen.number, chosen.scale, type.scale);
    if (!is_storable(units)) return overflow("a branch of 'if'");
    return known_number(type, static_cast<int64_t>(units));
  }

  static std::pair<uint32_t, uint32_t> items_of(const Stream& stream, uint32_t event) {
    if (stream.item_offset.empty()) return {0, 0};
    return {stream.item_offset[event], stream.item_offset[event + 1]};
  }

  // Whether the row counts; asked of every row the customer has, inside the window or not.
  Result<bool> selected(const Aggregate& a, const Row& row) const {
    if (a.where == nullptr) return true;
    REGULARS_ASSIGN(const Value where, value(*a.where, &row));
    return is_true(where);
  }

  Value read(const AggregateValue& what, const Row& row) const {
    switch (what.kind) {
      case AggregateValue::Kind::kNone:
        return unknown_of(untyped());
      case AggregateValue::Kind::kColumn:
        return value_in(*find_column(row.stream->columns, what.column), row.event);
      case AggregateValue::Kind::kItemColumn:
        return value_in(*find_column(row.stream->item_columns, what.column), *row.item);
      case AggregateValue::Kind::kDay:
        return time_leaf(Op::kEventDay, row.stream->at[row.event]);
      default:
        return time_leaf(Op::kEventAt, row.stream->at[row.event]);
    }
  }

  std::vector<Row> rows_of(const Stream& stream, bool items) const {
    std::vector<Row> rows;
    const uint32_t end = stream.offset[question_.customer + 1];
    for (uint32_t event = stream.offset[question_.customer]; event < end; ++event) {
      if (!items) rows.push_back({&stream, event, std::nullopt});
      const auto [first, last] = items_of(stream, event);
      for (uint32_t item = first; items && item < last; ++item) {
        rows.push_back({&stream, event, item});
      }
    }
    return rows;
  }

  static Type read_type(const AggregateValue& what, const Stream* stream) {
    if (what.kind == AggregateValue::Kind::kAt) return {ValueType::kInstant, 0, false};
    if (what.kind == AggregateValue::Kind::kDay) return {ValueType::kDay, 0, false};
    if (stream == nullptr || what.kind == AggregateValue::Kind::kNone) return untyped();
    const bool item = what.kind == AggregateValue::Kind::kItemColumn;
    const auto& columns = item ? stream->item_columns : stream->columns;
    return regulars::evaluate::type_of(*find_column(columns, what.column));
  }

  Result<Value> fold(const Aggregate& a, const Type& type,
                     const std::vector<CountedRow>& rows) const {
    if (a.kind >= AggregateKind::kNth) {
      return aggregate_events(a, type, rows, {question_.as_of, question_.zone});
    }
    std::vector<Value> values;
    for (const CountedRow& row : rows) values.push_back(row.value);
    return aggregate_values(a, type, values);
  }

  Result<Value> aggregate(const Expression& e) const {
    const Aggregate& a = *e.aggregate;
    const Stream* stream = question_.history->stream(a.event);
    const Bounds bounds = bounds_of(a.window, question_.as_of, *question_.zone);
    const bool items = a.value.kind == AggregateValue::Kind::kItemColumn;
    std::vector<CountedRow> rows;
    std::vector<uint32_t> counted;
    for (const Row& row : stream == nullptr ? std::vector<Row>() : rows_of(*stream, items)) {
      REGULARS_ASSIGN(const bool counts, selected(a, row));
      if (!counts || !bounds.contains(stream->at[row.event])) continue;
      rows.push_back({stream->at[row.event], read(a.value, row), read(a.weight, row)});
      if (counted.empty() || counted.back() != row.event) counted.push_back(row.event);
    }
    const Type value_type = read_type(a.value, stream);
    REGULARS_ASSIGN(Value result, fold(a, value_type, rows));
    if (trace_ != nullptr) trace_->leaves.push_back({&e, result, std::move(counted)});
    return result;
  }

  const Question& question_;
  Trace* trace_;
};

}  // namespace

Result<Value> evaluate_reference(const Expression& expression, const Question& question,
                                 Trace* trace) {
  return Reference(question, trace).value(expression, nullptr);
}

}  // namespace regulars::evaluate
