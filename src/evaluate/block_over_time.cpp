#include "evaluate/block.h"
#include "evaluate/over_time.h"

namespace regulars::evaluate {

Result<Vector> Block::over_time(const Node& node) const {
  const Stage& stage = plan_.stages[node.slot];
  const Expression& e = *node.expression;
  Question question{&binding_.history(), 0, moment(node.shift).now, &plan_.zone,
                    binding_.options().given};
  std::vector<int64_t> instants(e.op == Op::kSince ? customers_ : 0, kMissing);
  std::vector<Truth> truths(e.op == Op::kSince ? 0 : customers_, kFalse);
  for (size_t i = 0; i < customers_; ++i) {
    question.customer = static_cast<CustomerNumber>(first_customer_ + i);
    REGULARS_ASSIGN(const Value value, over_time_value(e, *stage.followed, question));
    if (!value.known) continue;
    if (e.op == Op::kSince) {
      instants[i] = value.number;
    } else {
      truths[i] = value.number != 0 ? kTrue : kFalse;
    }
  }
  if (e.op == Op::kSince) return Vector::own(node.type, std::move(instants));
  return Vector::own(node.type, std::move(truths));
}

}  // namespace regulars::evaluate
