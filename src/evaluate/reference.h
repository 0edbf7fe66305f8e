// The reference evaluator: one customer, one row at a time, as plainly as it can be written. It is
// the oracle of the tests and, with a trace, the source of explanations. Never optimised.
#pragma once

#include "evaluate/evaluate.h"

namespace regulars::evaluate {

// One value with its type; known == false: unknown.
struct Value {
  ValueType type = ValueType::kInteger;
  bool known = false;
  int64_t number = 0;
  int scale = 0;
  double real = 0;
  std::string text;
  bool operator==(const Value&) const = default;
};

// What the evaluator saw: for each aggregate node its value and the stream rows it counted.
struct Trace {
  struct Leaf {
    const Expression* node = nullptr;
    Value value;
    std::vector<uint32_t> rows;  // of the event type's Stream
  };
  std::vector<Leaf> leaves;
};

struct Question {
  const History* history = nullptr;
  CustomerNumber customer = 0;
  Instant as_of;
  const Zone* zone = nullptr;
  std::vector<const Column*> given;
};

// The expression must have compiled (Plan::compile) against the history's schema.
Result<Value> evaluate_reference(const Expression& expression, const Question& question,
                                 Trace* trace = nullptr);

// A part of a condition, asked about one event, or one item of it.
Result<Value> evaluate_row(const Expression& expression, const Question& question,
                           const Stream& stream, uint32_t event, std::optional<uint32_t> item);

}  // namespace regulars::evaluate
