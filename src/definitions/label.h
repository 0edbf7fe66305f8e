// Labels: what a model is to foretell, as a rule that may look ahead.
//
//   count(purchase) over next 90 days = 0
//
// Asked about an instant t, a part with `over next` counts what happens in that span after t, as it
// stood at the span's end (a purchase returned later still counts as it then did); every other part
// is as of t. A label becomes an ordinary tree, for evaluation as of any instant at or after
// label_end: its windows are absolute, all other parts are shifted back to t.
//
// Thread-safety: pure functions.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "evaluate/expression.h"
#include "language/compile.h"

namespace regulars::definitions {

// A rule in which `over next` is allowed. kBadDefinition, pointing into the text, when it does not
// look ahead at all or looks ahead where that has no meaning: within `household`, percentiles,
// or by the customer's own clock.
Result<language::Compiled> compile_label(std::string_view text, const language::Scope& scope);

// The label as of t.
evaluate::ExpressionPtr label_at(const evaluate::ExpressionPtr& label, Instant t, const Zone& zone);

// When the label of t is settled: the latest end of its windows.
Instant label_end(const evaluate::ExpressionPtr& label, Instant t, const Zone& zone);

}  // namespace regulars::definitions
