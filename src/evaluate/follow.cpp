#include "evaluate/follow.h"

#include <algorithm>

#include "evaluate/next_change.h"

namespace regulars::evaluate {

Result<void> follow(const Expression& e, const SharedTree& tree, const Question& question,
                    Instant from, Instant to, const Visit& visit) {
  ChangeFinder finder(tree, question, nullptr, ChangeFinder::Search::kFollow);
  for (Instant t = from;;) {
    finder.look(t, std::min(to, kFarthest));
    const Result<void> settled = finder.settle(e);
    REGULARS_ASSIGN(Value value, finder.value_at(e, t));
    visit(t, std::move(value));
    REGULARS_TRY(settled);
    if (!finder.found()) return {};
    t = finder.limit();
  }
}

}  // namespace regulars::evaluate
