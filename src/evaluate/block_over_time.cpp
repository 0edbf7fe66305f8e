#include "evaluate/block.h"
#include "evaluate/over_time.h"

namespace regulars::evaluate {
namespace {

// The rule's truths at the steps, by the kernels of its own plan.
Result<std::vector<TruthFrom>> truths_at(const Stage& stage, const Binding& outer,
                                         CustomerNumber customer,
                                         const std::vector<Instant>& steps) {
  REGULARS_ASSIGN(const Binding binding, Binding::make(*stage.plan, outer.history(), steps,
                                                       outer.options(), {customer, 1}));
  Block block(binding, customer, 1);
  std::vector<TruthFrom> truths;
  for (size_t m = 0; m < steps.size(); ++m) {
    REGULARS_ASSIGN(const auto answers, block.answers(m));
    truths.push_back({steps[m], answers[0]->truth(0) == kTrue});
  }
  return truths;
}

}  // namespace

Result<Vector> Block::over_time(const Node& node) const {
  const Stage& stage = plan_.stages[node.slot];
  const Expression& e = *node.expression;
  std::vector<int64_t> out(customers_);
  for (size_t i = 0; i < customers_; ++i) {
    const auto customer = static_cast<CustomerNumber>(first_customer_ + i);
    const Question question{&binding_.history(), customer, moment(node.shift).now, &plan_.zone,
                            binding_.options().given};
    const Walk walk = walk_of(e, question);
    std::vector<TruthFrom> truths;
    if (!walk.nowhere) {
      REGULARS_ASSIGN(const std::vector<Instant> steps, steps_of(e.arguments[0], walk, question));
      REGULARS_ASSIGN(truths, truths_at(stage, binding_, customer, steps));
    }
    out[i] = over_time_answer(e, walk, truths);
  }
  if (e.op == Op::kSince) return Vector::own(node.type, std::move(out));
  std::vector<Truth> flags(customers_);
  for (size_t i = 0; i < customers_; ++i) flags[i] = out[i] == 1 ? kTrue : kFalse;
  return Vector::own(node.type, std::move(flags));
}

}  // namespace regulars::evaluate
