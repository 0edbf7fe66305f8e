#include "language/lower/typed.h"

namespace regulars::language {

Typed typed(evaluate::ExpressionPtr expression, ValueType value, int scale) {
  Typed result;
  result.expression = std::move(expression);
  result.type = {value, scale};
  return result;
}

Typed boolean_of(evaluate::ExpressionPtr expression) {
  return typed(std::move(expression), ValueType::kBoolean);
}
Typed integer_of(evaluate::ExpressionPtr expression) {
  return typed(std::move(expression), ValueType::kInteger);
}
Typed count_of(evaluate::ExpressionPtr expression) {
  Typed result = integer_of(std::move(expression));
  result.least = 0;
  return result;
}
Typed real_of(evaluate::ExpressionPtr expression) {
  return typed(std::move(expression), ValueType::kReal);
}
Typed text_of(evaluate::ExpressionPtr expression) {
  return typed(std::move(expression), ValueType::kText);
}
Typed instant_of(evaluate::ExpressionPtr expression) {
  return typed(std::move(expression), ValueType::kInstant);
}

Typed nothing_of(evaluate::Type type) {
  Typed result;
  result.expression = evaluate::unknown();
  result.type = type;
  return result;
}

std::string kind_of(const Typed& value) {
  if (value.time) return "a length of time";
  if (value.type.untyped) return "unknown";
  if (value.special == Typed::Special::kCustomer) return "the customer";
  if (value.measure == Measure::kDays) return "a number of days";
  if (value.measure == Measure::kDuration) return "a length of time";
  if (value.measure == Measure::kKm) return "a distance";
  if (value.type.is_set) return "a set of texts";
  switch (value.type.value) {
    case ValueType::kInteger:
    case ValueType::kDecimal:
    case ValueType::kReal:
      return "a number";
    case ValueType::kText:
      return "a text";
    case ValueType::kInstant:
      return "an instant";
    case ValueType::kDay:
      return "a day";
    case ValueType::kBoolean:
      return "true or false";
  }
  return "nothing";
}

std::string to_words(const TimeAmount& time) {
  static constexpr const char* kNames[] = {"second", "minute", "hour",    "day",
                                           "week",   "month",  "quarter", "year"};
  const std::string name = kNames[static_cast<size_t>(time.unit)];
  return std::to_string(time.count) + " " + name + (time.count == 1 ? "" : "s");
}

}  // namespace regulars::language
