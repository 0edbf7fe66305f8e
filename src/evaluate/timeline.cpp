#include "evaluate/timeline.h"

#include "evaluate/follow.h"

namespace regulars::evaluate {

Result<std::vector<ValueFrom>> timeline(const ExpressionPtr& tree, const Question& question,
                                        Instant from, Instant to) {
  std::vector<ValueFrom> values;
  const SharedTree shared({&tree, 1});
  REGULARS_TRY(follow(*tree, shared, question, from, to, [&](Instant t, Value value) {
    const bool same = !values.empty() && values.back().value == value;
    if (!same) values.push_back({t, std::move(value)});
  }));
  return values;
}

}  // namespace regulars::evaluate
