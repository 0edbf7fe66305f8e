// Decides whether a tree means anything against a schema, and what type it gives.
#pragma once

#include "base/result.h"
#include "evaluate/evaluate.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

constexpr int kMostDepth = 200;  // nodes from the root to the deepest leaf

// The type of the whole tree. kBadDefinition says which node is wrong, in words.
Result<Type> check(const Expression& expression, const Schema& schema);

// The type of what an aggregate reads, in a tree that has been checked; untyped when it reads
// nothing or its event type is absent.
Type value_type(const Schema& schema, const Aggregate& aggregate);

// Whether the columns that a sequence compares exist and can be equal.
Result<void> check_correlations(const Sequence& sequence, const Schema& schema);

const Schema::EventType* find_event(const Schema& schema, const std::string& name);

// "sum(purchase.amount)", "'>='", "column 'amount'".
std::string in_words(const Expression& node);

}  // namespace regulars::evaluate
