// A lowered part of a rule: the tree that computes it, and what the checker knows about its value
// beyond the evaluator's type: in what it is measured, where it lies, which texts it can be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/expression.h"
#include "evaluate/type.h"
#include "language/syntax.h"

namespace regulars::language {

enum class Measure {
  kPlain,
  kDays,      // a number of days
  kDuration,  // microseconds
  kKm,
};

struct Typed {
  // What a value may be used for beyond its type.
  enum class Special {
    kNone,
    kAnniversary,  // a day that returns every year: only `within`
    kEntered,      // a rule whose becoming true is asked: only `within`
    kExpiring,     // points with a date of expiry: only `within`
    kPattern,      // a number of matches that may stand as a rule: at least one
    kCustomer,     // the customer herself: only `in` a list
  };

  evaluate::ExpressionPtr expression;
  evaluate::Type type;
  Measure measure = Measure::kPlain;
  std::optional<double> least, most;  // the value lies between, both inside
  std::vector<std::string> classes;   // a text that is one of these
  DictionaryPtr dictionary;           // a text column's values so far
  std::string called;                 // for messages: "channel", "count(...)"
  Special special = Special::kNone;
  std::optional<TimeAmount> time;  // a literal: 30 days; expression is null

  bool is_number() const { return !type.untyped && evaluate::is_number(type) && !time; }
  bool is_text() const { return has(ValueType::kText); }
  bool is_boolean() const { return has(ValueType::kBoolean); }
  bool is_instant() const { return has(ValueType::kInstant); }
  bool is_day() const { return has(ValueType::kDay); }
  bool is_point() const { return is_instant() || is_day(); }
  bool is_literal() const {
    return expression != nullptr && expression->op == evaluate::Op::kLiteral && !type.untyped;
  }
  bool has(ValueType wanted) const { return !type.untyped && !time && type.value == wanted; }
};

Typed typed(evaluate::ExpressionPtr expression, ValueType value, int scale = 0);
Typed boolean_of(evaluate::ExpressionPtr expression);
Typed integer_of(evaluate::ExpressionPtr expression);
Typed count_of(evaluate::ExpressionPtr expression);  // an integer, at least 0
Typed real_of(evaluate::ExpressionPtr expression);
Typed text_of(evaluate::ExpressionPtr expression);
Typed instant_of(evaluate::ExpressionPtr expression);
// A value of that type that is not known, because nothing gives it.
Typed nothing_of(evaluate::Type type);

// "a number", "a text", "a length of time": what a person would call it.
std::string kind_of(const Typed& value);

// "30 days".
std::string to_words(const TimeAmount& time);

}  // namespace regulars::language
