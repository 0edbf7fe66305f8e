// The type of a node's value, and which types operations take and give. The checker, the reference
// evaluator and the plan all ask here, so they cannot disagree.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "data/column.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

struct Type {
  ValueType value = ValueType::kBoolean;
  int scale = 0;         // kDecimal
  bool untyped = false;  // always unknown (the literal, a column of an absent event type); fits any
                         // place and counts as kBoolean
  bool is_set = false;   // kText: a set of texts
  bool operator==(const Type&) const = default;
};

inline Type untyped() { return {ValueType::kBoolean, 0, true}; }
inline Type type_of(const Column& column) {
  return {column.type, column.scale, false, column.is_set};
}
Type type_of(const Literal& literal);
bool is_bare_unknown(const Literal& literal);

bool is_exact(const Type& type);   // integer or decimal
bool is_number(const Type& type);  // those and real
// The common type of two values between which a choice is made; kBadDefinition when there is none.
Result<Type> unified(const Type& a, const Type& b);

// The type of an operation over arguments of these types; errors say what does not fit, without
// naming the node. Ops with arguments only, not leaves or aggregates.
Result<Type> operation_type(Op op, std::span<const Type> arguments);

// The type of an aggregate over values of this type (untyped for AggregateValue::Kind::kNone).
Result<Type> aggregate_type(AggregateKind kind, const Type& value);

// Words for messages: "decimal", "count", ">=".
std::string to_string(const Type& type);
const char* name_of(AggregateKind kind);
const char* name_of(Op op);

bool is_comparison(Op op);
bool is_arithmetic(Op op);  // kAdd .. kNegate

}  // namespace regulars::evaluate
