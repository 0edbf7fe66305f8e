// Private to evaluate: what kEver, kEntered and kSince ask of the changes of a rule.
#pragma once

#include "evaluate/reference.h"

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

// Every instant of the walk at which the rule can change, the first included.
Result<std::vector<Instant>> steps_of(const ExpressionPtr& rule, const Walk& walk,
                                      const Question& question);

}  // namespace regulars::evaluate
