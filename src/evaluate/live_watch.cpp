// What of a plan changes by itself, and who looks after it: the live evaluator, or the general
// change finder.
#include <algorithm>
#include <set>

#include "evaluate/beyond.h"
#include "evaluate/live_program.h"
#include "evaluate/parts.h"
#include "evaluate/time_operation.h"

namespace regulars::evaluate {
namespace {

class Watcher {
 public:
  explicit Watcher(LiveProgram& program)
      : program_(program),
        plan_(*program.plan),
        native_(plan_.nodes.size()),
        visited_(plan_.nodes.size()),
        gathered_(plan_.nodes.size()) {}

  void run() {
    for (const uint32_t node : program_.order) native_[node] = is_native(node) ? 1 : 0;
    for (const uint32_t root : plan_.roots) {
      if (visited_[root] == 0 && !look_ahead(root)) visit(root);
    }
    if (watch().found.empty()) return;
    watch().tree = std::make_shared<const SharedTree>(watch().found);
  }

 private:
  LiveWatch& watch() { return program_.watch; }

  // Arguments come before their node, so theirs is known.
  bool is_native(uint32_t index) const {
    const Node& node = plan_.nodes[index];
    const Op op = node.expression->op;
    const LiveWay way = program_.nodes[index].way;
    if (way == LiveWay::kBlock || way == LiveWay::kNow || way == LiveWay::kToday) return false;
    if (way == LiveWay::kSlot) return is_native(plan_.slots[node.slot]);
    if (op == Op::kDaysSince && !program_.shifted_back[node.shift]) return false;
    if (op != Op::kDaysSince && depends_on_now(op)) return false;
    return std::all_of(node.arguments.begin(), node.arguments.end(),
                       [&](uint32_t argument) { return native_[argument] != 0; });
  }

  bool is_native(const Slot& slot) const {
    const PlannedWindow& planned = plan_.windows[slot.window];
    if (!program_.shifted_back[planned.shift]) return false;
    if (slot.kind == AggregateKind::kCurrentStreak || slot.kind == AggregateKind::kDecayed) {
      return false;
    }
    if (program_.series[slot.series].clocked) return false;
    if (slot.second != kNoSeries && program_.series[slot.second].clocked) return false;
    return planned.window.anchor == nullptr || native_[planned.anchor] != 0;
  }

  void visit(uint32_t index) {
    if (visited_[index] != 0) return;
    visited_[index] = 1;
    const Node& node = plan_.nodes[index];
    if (native_[index] != 0) return gather(index);
    switch (node.expression->op) {
      case Op::kAnd:
      case Op::kOr:
      case Op::kNot:
      case Op::kIsTrue:
      case Op::kAtLeast:
        for (const uint32_t argument : node.arguments) visit(argument);
        return;
      default:
        watch().found.push_back(unshifted(plan_, node));
    }
  }

  // Of the nodes of a rule, those seen and those all of whose changes are watched.
  struct Seen {
    std::set<uint32_t> nodes;
    std::set<uint32_t> whole;
  };

  // Whether the rule can be evaluated ahead of time.
  bool look_ahead(uint32_t root) {
    constexpr size_t kMostSteps = 64;
    if (native_[root] == 0 || program_.nodes[root].form != Form::kTruths) return false;
    LiveWatch::Ahead made;
    made.root = root;
    Seen seen;
    if (!add_ahead(root, seen, made) || seen.nodes.size() > kMostSteps) return false;
    for (uint32_t i = 0; i < program_.steps.size(); ++i) {
      if (seen.nodes.contains(program_.steps[i].node)) made.steps.push_back(i);
    }
    watch().ahead.push_back(std::move(made));
    visited_[root] = 1;
    return true;
  }

  bool add_ahead(uint32_t index, Seen& seen, LiveWatch::Ahead& made) const {
    seen.nodes.insert(index);
    if (!seen.whole.insert(index).second) return true;
    const Node& node = plan_.nodes[index];
    const LiveWay way = program_.nodes[index].way;
    // Texts that are computed would be computed over those that have been given out.
    const bool computed = way == LiveWay::kSlot || way == LiveWay::kOperation;
    if (computed && program_.nodes[index].form == Form::kTexts) return false;
    if (way == LiveWay::kSlot) {
      made.edges.push_back({node.slot, plan_.slots[node.slot].kind == AggregateKind::kLast});
      return can_run_ahead(node.slot);
    }
    if (way == LiveWay::kDaysSince) made.since.push_back({index, {}, true});
    if (way == LiveWay::kCompareWith) return add_compared(index, seen, made);
    return std::all_of(node.arguments.begin(), node.arguments.end(),
                       [&](uint32_t argument) { return add_ahead(argument, seen, made); });
  }

  bool can_run_ahead(uint32_t slot) const {
    const LiveSlot& made = program_.slots[slot];
    return !made.anchored && !program_.series[made.series].linked;
  }

  // What is compared with a constant counts only where it turns the comparison.
  bool add_compared(uint32_t index, Seen& seen, LiveWatch::Ahead& made) const {
    const LiveNode& compared = program_.nodes[index];
    const uint32_t argument = plan_.nodes[index].arguments[0];
    const Node& of = plan_.nodes[argument];
    if (program_.nodes[argument].way == LiveWay::kDaysSince) {
      seen.nodes.insert(argument);
      made.since.push_back({argument, turns(compared.op, compared.number), false});
      return add_ahead(of.arguments[0], seen, made);
    }
    if (program_.nodes[argument].way != LiveWay::kSlot || !has_threshold(of.slot)) {
      return add_ahead(argument, seen, made);
    }
    seen.nodes.insert(argument);
    made.thresholds.push_back({of.slot, compared.op, compared.number});
    return can_run_ahead(of.slot);
  }

  // Whether it can be told when its comparison with a constant turns.
  bool has_threshold(uint32_t index) const {
    const Slot& slot = plan_.slots[index];
    const bool counts = slot.kind == AggregateKind::kCount || slot.kind == AggregateKind::kSum;
    const bool rolling = plan_.windows[slot.window].window.kind == Window::Kind::kRolling;
    return counts && rolling && !program_.series[slot.series].linked;
  }

  void gather(uint32_t index) {
    if (gathered_[index] != 0) return;
    gathered_[index] = 1;
    const Node& node = plan_.nodes[index];
    if (program_.nodes[index].way == LiveWay::kSlot) return gather_slot(node.slot);
    if (program_.nodes[index].way == LiveWay::kCompareWith && gather_comparison(index)) return;
    if (node.expression->op == Op::kDaysSince) watch().since.push_back({index, {}, true});
    for (const uint32_t argument : node.arguments) gather(argument);
  }

  bool gather_comparison(uint32_t index) {
    const LiveNode& made = program_.nodes[index];
    const uint32_t argument = plan_.nodes[index].arguments[0];
    const Node& of = plan_.nodes[argument];
    if (of.expression->op == Op::kDaysSince) {
      watch().since.push_back({argument, turns(made.op, made.number), false});
      gather(of.arguments[0]);
      return true;
    }
    if (program_.nodes[argument].way != LiveWay::kSlot || !has_threshold(of.slot)) return false;
    watch().thresholds.push_back({of.slot, made.op, made.number});
    return true;
  }

  // At how many whole days the comparison turns.
  static std::vector<int64_t> turns(Op op, int64_t number) {
    const bool last = number == INT64_MAX;
    switch (op) {
      case Op::kLess:
      case Op::kGreaterEqual:
        return {number};
      case Op::kLessEqual:
      case Op::kGreater:
        return last ? std::vector<int64_t>() : std::vector<int64_t>{number + 1};
      default:
        return last ? std::vector<int64_t>{number} : std::vector<int64_t>{number, number + 1};
    }
  }

  void gather_slot(uint32_t index) {
    const Slot& slot = plan_.slots[index];
    const PlannedWindow& planned = plan_.windows[slot.window];
    watch_edges(index);
    if (planned.window.anchor != nullptr) gather(planned.anchor);
    const Series& series = plan_.series[slot.series];
    const Selection& selection = plan_.selections[series.selection];
    for (const ExpressionPtr& part : {selection.where, series.value.expression}) {
      if (part != nullptr) gather_comings(*part, selection.shift);
    }
    if (slot.second == kNoSeries) return;
    const ExpressionPtr& second = plan_.series[slot.second].value.expression;
    if (second != nullptr) gather_comings(*second, selection.shift);
  }

  // Slots over the same rows of the same window change together.
  void watch_edges(uint32_t index) {
    const bool last_only = plan_.slots[index].kind == AggregateKind::kLast;
    const auto rows = [&](uint32_t slot) {
      const Slot& planned = plan_.slots[slot];
      return std::pair(plan_.series[planned.series].selection, planned.window);
    };
    for (LiveWatch::Edge& edge : watch().edges) {
      if (rows(edge.slot) != rows(index)) continue;
      edge.last_only = edge.last_only && last_only;
      return;
    }
    watch().edges.push_back({index, last_only});
  }

  void gather_comings(const Expression& e, uint32_t shift) {
    if (e.op == Op::kLinkedSum) {
      const size_t type = program_.layout.type_of(e.literal.text);
      if (type != LiveLayout::kNoType) watch().comings.push_back({type, shift});
    }
    for_each_part(e, [&](const Expression& part) { gather_comings(part, shift); });
  }

  LiveProgram& program_;
  const CompiledPlan& plan_;
  std::vector<uint8_t> native_;
  std::vector<uint8_t> visited_;
  std::vector<uint8_t> gathered_;
};

}  // namespace

void watch_changes(LiveProgram& program) { Watcher(program).run(); }

}  // namespace regulars::evaluate
