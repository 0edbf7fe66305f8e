#include "evaluate/timeline.h"

namespace regulars::evaluate {

Result<std::vector<ValueFrom>> timeline(const ExpressionPtr& tree, const Question& question,
                                        Instant from, Instant to) {
  std::vector<ValueFrom> values;
  Question at = question;
  for (at.as_of = from;;) {
    REGULARS_ASSIGN(Value value, evaluate_reference(*tree, at));
    const bool same = !values.empty() && values.back().value == value;
    if (!same) values.push_back({at.as_of, std::move(value)});
    REGULARS_ASSIGN(const std::optional<Instant> next, next_change({&tree, 1}, at));
    if (!next || *next > to) return values;
    at.as_of = *next;
  }
}

}  // namespace regulars::evaluate
