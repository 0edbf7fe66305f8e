// Private to evaluate: what the reference does with values that it has: the operations, one value
// at a time.
#pragma once

#include "evaluate/reference.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

// From where an operation is seen.
struct Standpoint {
  Instant now;
  const Zone* zone = nullptr;  // the customer's own where the node says so
};

// Every argument has been evaluated, also where its value does not matter.
Result<Value> operate(const Expression& e, const std::vector<Value>& values,
                      const Standpoint& from);
// The same of the operations of evaluate/scalar.h; kBucket gets the customer's id first.
Result<Value> operate_scalar(const Expression& e, const std::vector<Value>& values,
                             const Type& type, const Standpoint& from);

// Of kPosition: the first argument's place in the node's population.
Value position_of(const Expression& e, const std::vector<Value>& arguments);

Value value_in(const Column& column, size_t row);
Value literal_value(const Literal& literal);
Value text_value(std::string text);

// True when any is true, else unknown when any is unknown, else false.
Value any_of(const std::vector<Value>& values);
Value all_of(const std::vector<Value>& values);

// A boolean that is unknown has no other type to differ in, so it may stand for the untyped.
Type type_of(const Value& value);
std::partial_ordering order_of(const Value& a, const Value& b);
// The value in a type it fits into; kOverflow when a decimal's units leave 64 bits.
Result<Value> converted(const Value& value, const Type& type, const char* what);
double as_real(const Value& value);
Value real_or_unknown(double value);

inline Value unknown_of(const Type& type) { return {type.value, false, 0, type.scale, 0, {}}; }
inline Value known_number(const Type& type, int64_t number) {
  return {type.value, true, number, type.scale, 0, {}};
}
inline Value truth(bool value) {
  return known_number({ValueType::kBoolean, 0, false}, value ? 1 : 0);
}
inline bool is_true(const Value& value) { return value.known && value.number != 0; }
inline bool is_false(const Value& value) { return value.known && value.number == 0; }

}  // namespace regulars::evaluate
