// Private to evaluate: what kEver, kEntered and kSince ask of the changes of a rule.
#pragma once

#include "evaluate/reference.h"
#include "evaluate/shared_tree.h"

namespace regulars::evaluate {

// The customer's zone where that is asked for, else the question's.
const Zone& zone_of(const Question& question, bool own);

// Where a customer's time begins: at her first record, else her first event.
struct Beginning {
  Instant at;
  bool since_ever = false;  // neither; `at` is then long before anything
};
Beginning beginning_of(const History& history, CustomerNumber customer);

// The instants [from, upto] over which the rule must be walked.
struct Walk {
  bool nowhere = false;
  Instant from;
  Instant upto;
  bool first_enters = false;  // true at `from` counts as having become true then
  bool first_is_since = false;
};
Walk walk_of(const Expression& node, const Question& question);

// Whether the rule was true from `at` on.
struct TruthFrom {
  Instant at;
  bool is_true = false;
};
// The answer; kMissing: unknown.
int64_t over_time_answer(const Expression& node, const Walk& walk,
                         std::span<const TruthFrom> truths);
Value over_time_value(const Expression& node, int64_t answer);

// The value of kEver, kEntered or kSince; `tree` holds the node's argument. The reference finds it
// another way.
Result<Value> over_time_value(const Expression& node, const SharedTree& tree,
                              const Question& question);

}  // namespace regulars::evaluate
