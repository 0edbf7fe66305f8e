#include "evaluate/reference_operation.h"

#include <algorithm>

#include "evaluate/number.h"
#include "evaluate/scalar.h"

namespace regulars::evaluate {

Type type_of(const Value& value) {
  if (value.type == ValueType::kBoolean && !value.known) return untyped();
  return {value.type, value.scale, false};
}

double as_real(const Value& value) {
  return value.type == ValueType::kReal ? value.real : to_real(value.number, value.scale);
}

Value real_or_unknown(double value) {
  const double kept = finite_or_unknown(value);
  if (kept != kept) return unknown_of({ValueType::kReal, 0, false});
  return {ValueType::kReal, true, 0, 0, kept, {}};
}

Value value_in(const Column& column, size_t row) {
  Value value = unknown_of(type_of(column));
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
  Value value = unknown_of(type_of(literal));
  if (is_bare_unknown(literal)) return value;
  value.known = true;
  value.text = literal.text;
  value.real = literal.real;
  value.number = literal.number;
  return value;
}

Value text_value(std::string text) { return {ValueType::kText, true, 0, 0, 0, std::move(text)}; }

std::partial_ordering order_of(const Value& a, const Value& b) {
  if (a.type == ValueType::kText) return a.text <=> b.text;
  if (a.type == ValueType::kReal || b.type == ValueType::kReal) return as_real(a) <=> as_real(b);
  return compare_units(a.number, a.scale, b.number, b.scale);
}

Value any_of(const std::vector<Value>& values) {
  if (std::any_of(values.begin(), values.end(), is_true)) return truth(true);
  return std::all_of(values.begin(), values.end(), is_false) ? truth(false) : unknown_of(untyped());
}

Value all_of(const std::vector<Value>& values) {
  if (std::any_of(values.begin(), values.end(), is_false)) return truth(false);
  return std::all_of(values.begin(), values.end(), is_true) ? truth(true) : unknown_of(untyped());
}

Result<Value> converted(const Value& value, const Type& type, const char* what) {
  if (!value.known) return unknown_of(type);
  if (type.value == ValueType::kReal && value.type != ValueType::kReal) {
    return real_or_unknown(as_real(value));
  }
  if (!is_exact(type)) return value;
  const Int128 units = rescaled_up(value.number, value.scale, type.scale);
  if (!is_storable(units)) return overflow(what);
  return known_number(type, static_cast<int64_t>(units));
}

namespace {

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

Value among(const std::vector<Value>& values) {
  std::vector<Value> equalities;
  for (size_t i = 1; i < values.size(); ++i) {
    equalities.push_back(compared(Op::kEqual, values[0], values[i]));
  }
  return any_of(equalities);
}

Result<Value> days_since(const Value& since, const Type& type, const Standpoint& from) {
  if (!since.known) return unknown_of(type);
  if (since.type != ValueType::kDay) {
    return known_number(type, days_between(since.number, from.now.micros));
  }
  const Int128 elapsed = Int128{from.zone->day_of(from.now).number} - since.number;
  if (!is_storable(elapsed)) return overflow("a result of arithmetic");
  return known_number(type, static_cast<int64_t>(elapsed));
}

}  // namespace

Result<Value> operate(const Expression& e, const std::vector<Value>& values,
                      const Standpoint& from) {
  std::vector<Type> types;
  for (const Value& value : values) types.push_back(type_of(value));
  if (e.op == Op::kBucket) types.erase(types.begin());
  REGULARS_ASSIGN(const Type type, operation_type(e.op, types));
  if (is_scalar(e.op)) return operate_scalar(e, values, type, from);
  if (e.op == Op::kNegate) return negated(values[0]);
  if (is_arithmetic(e.op)) return arithmetic(e.op, type, values[0], values[1]);
  if (is_comparison(e.op)) return compared(e.op, values[0], values[1]);
  switch (e.op) {
    case Op::kDaysSince:
      return days_since(values[0], type, from);
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
      return converted(is_true(values[0]) ? values[1] : values[2], type, "a branch of 'if'");
  }
}

}  // namespace regulars::evaluate
