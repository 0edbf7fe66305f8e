#include "evaluate/live_plan.h"

#include "evaluate/live_evaluator.h"

namespace regulars::evaluate {

LiveScratch::LiveScratch(const LivePlan& plan)
    : evaluator_(std::make_unique<LiveEvaluator>(*plan.program_)) {}
LiveScratch::~LiveScratch() = default;
LiveScratch::LiveScratch(LiveScratch&&) noexcept = default;
LiveScratch& LiveScratch::operator=(LiveScratch&&) noexcept = default;

LivePlan::LivePlan(std::unique_ptr<const LiveProgram> program) : program_(std::move(program)) {}
LivePlan::~LivePlan() = default;
LivePlan::LivePlan(LivePlan&&) noexcept = default;
LivePlan& LivePlan::operator=(LivePlan&&) noexcept = default;

Result<LivePlan> LivePlan::make(const Schema& schema, const std::vector<Definition>& definitions,
                                const Zone& zone, uint32_t indexed_events) {
  REGULARS_ASSIGN(LiveProgram program, make_live_program(schema, definitions, zone));
  program.indexed_events = indexed_events;
  return LivePlan(std::make_unique<const LiveProgram>(std::move(program)));
}

const LiveLayout& LivePlan::layout() const { return program_->layout; }
size_t LivePlan::definitions() const { return program_->plan->roots.size(); }

Result<std::span<const LiveAnswer>> LivePlan::answers(LiveCustomer& customer, Instant as_of,
                                                      LiveScratch& scratch) const {
  REGULARS_TRY(scratch.evaluator_->look(customer, as_of));
  return scratch.evaluator_->answers();
}

Result<std::optional<Instant>> LivePlan::next_change(LiveCustomer& customer, Instant t,
                                                     LiveScratch& scratch) const {
  REGULARS_TRY(scratch.evaluator_->look(customer, t));
  return scratch.evaluator_->next_change();
}

Result<LivePlan::Look> LivePlan::look(LiveCustomer& customer, Instant as_of,
                                      LiveScratch& scratch) const {
  REGULARS_TRY(scratch.evaluator_->look(customer, as_of));
  const std::span<const LiveAnswer> answers = scratch.evaluator_->answers();
  REGULARS_ASSIGN(const std::optional<Instant> next, scratch.evaluator_->next_change());
  return Look{answers, next};
}

LivePlan::Coverage LivePlan::coverage() const {
  Coverage made;
  for (const uint32_t node : program_->order) {
    const bool fast = program_->nodes[node].way != LiveWay::kBlock;
    const bool slot = program_->plan->nodes[node].expression->op == Op::kAggregate;
    ++(slot ? made.slots : made.nodes);
    if (fast) ++(slot ? made.fast_slots : made.fast_nodes);
  }
  const LiveWatch& watch = program_->watch;
  made.watched =
      watch.edges.size() + watch.thresholds.size() + watch.since.size() + watch.comings.size();
  made.found = watch.found.size();
  return made;
}

}  // namespace regulars::evaluate
