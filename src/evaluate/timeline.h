// How answers move with time for one customer, exactly.
//
// Thread-safety: pure functions over immutable histories.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "evaluate/reference.h"

namespace regulars::evaluate {

// The next instant after t at which an answer of the trees can differ from the answer just before
// it; nullopt: never again. Between t and that instant no answer changes. Events later than t
// count: they are known to come. It may name an instant at which nothing changes after all, never
// miss one at which something does. kUnsupported for a tree whose changes cannot be computed
// (a bare as_of in arithmetic, whatever steps more than once a second, as a bare held(x));
// Plan::compile accepts such trees, live segments do not. Nothing is looked for after the year
// 9999, nor said of a tree whose evaluation fails as of t.
Result<std::optional<Instant>> next_change(std::span<const ExpressionPtr> trees,
                                           const Question& question);

// The value at `from` and every change of it in (from, to], in order; neighbours differ.
struct ValueFrom {
  Instant at;
  Value value;
};
Result<std::vector<ValueFrom>> timeline(const ExpressionPtr& tree, const Question& question,
                                        Instant from, Instant to);

}  // namespace regulars::evaluate
