#include <algorithm>

#include "evaluate/beyond.h"
#include "evaluate/customer_zone.h"
#include "evaluate/live_program.h"
#include "evaluate/number.h"
#include "evaluate/parts.h"
#include "evaluate/vector_ops.h"

namespace regulars::evaluate {
namespace {

bool is_number_form(const Type& type) { return form_of(type) == Form::kNumbers; }

class LiveCompiler {
 public:
  explicit LiveCompiler(LiveProgram& program) : program_(program), plan_(*program.plan) {}

  void run() {
    program_.nodes.resize(plan_.nodes.size());
    program_.slot_covered.resize(plan_.slots.size());
    for (size_t i = 0; i < plan_.slots.size(); ++i) {
      program_.slot_covered[i] = covers(plan_.slots[i]) ? 1 : 0;
    }
    needed_.resize(plan_.nodes.size());
    for (const uint32_t root : plan_.roots) need(root);
    for (uint32_t i = 0; i < needed_.size(); ++i) {
      if (needed_[i] != 0) program_.order.push_back(i);
    }
    std::sort(program_.windows.begin(), program_.windows.end());
    program_.windows.erase(std::unique(program_.windows.begin(), program_.windows.end()),
                           program_.windows.end());
  }

 private:
  bool covers(const Slot& slot) const {
    if (slot.session != kNoSeries || !program_.series[slot.series].covered) return false;
    if (slot.second != kNoSeries && !program_.series[slot.second].covered) return false;
    return plan_.windows[slot.window].window.kind != Window::Kind::kSession;
  }

  LiveWay way_of(uint32_t index, LiveNode& made) const {
    const Node& node = plan_.nodes[index];
    const Expression& e = *node.expression;
    switch (e.op) {
      case Op::kLiteral:
      case Op::kSnapshotText:
        return LiveWay::kConstant;
      case Op::kAggregate:
        return program_.slot_covered[node.slot] != 0 ? LiveWay::kSlot : LiveWay::kBlock;
      case Op::kAttribute:
        return LiveWay::kAttribute;
      case Op::kAsOf:
        return LiveWay::kNow;
      case Op::kAsOfDay:
        return LiveWay::kToday;
      case Op::kCustomerId:
        return LiveWay::kCustomerId;
      case Op::kPosition:
        return LiveWay::kPosition;
      case Op::kSequence:
        return LiveWay::kBlock;
      default:
        break;
    }
    if (is_staged(e.op)) return LiveWay::kBlock;
    return operation(node, made);
  }

  LiveWay operation(const Node& node, LiveNode& made) const {
    const Expression& e = *node.expression;
    const bool untyped = std::any_of(node.arguments.begin(), node.arguments.end(),
                                     [&](uint32_t a) { return plan_.nodes[a].type.untyped; });
    switch (e.op) {
      case Op::kAnd:
      case Op::kOr:
        return LiveWay::kLogic;
      case Op::kNot:
        return LiveWay::kNot;
      case Op::kKnown:
        return LiveWay::kKnown;
      case Op::kDaysSince:
        return untyped ? LiveWay::kOperation : LiveWay::kDaysSince;
      default:
        break;
    }
    if (untyped) return LiveWay::kOperation;
    const auto all = [&](auto test) {
      return std::all_of(node.arguments.begin(), node.arguments.end(),
                         [&](uint32_t a) { return test(plan_.nodes[a].type); });
    };
    const bool numbers = all(is_number_form);
    if (is_comparison(e.op)) {
      if (numbers) return with_literal(node, made) ? LiveWay::kCompareWith : LiveWay::kCompare;
      return all(is_number) ? LiveWay::kCompareReals : LiveWay::kOperation;
    }
    if (e.op == Op::kDivide && all(is_number)) return LiveWay::kDivide;
    const bool exact = is_arithmetic(e.op) && is_number_form(node.type);
    return numbers && exact ? LiveWay::kArithmetic : LiveWay::kOperation;
  }

  // Whether the right side is a known constant that fits the left side's scale; it is noted.
  bool with_literal(const Node& node, LiveNode& made) const {
    const Expression& right = *plan_.nodes[node.arguments[1]].expression;
    const int scale = plan_.nodes[node.arguments[0]].type.scale;
    const int own = plan_.nodes[node.arguments[1]].type.scale;
    if (right.op != Op::kLiteral || right.literal.number == kMissing || own > scale) return false;
    const Int128 units = rescaled_up(right.literal.number, own, scale);
    if (!is_storable(units)) return false;
    made.number = static_cast<int64_t>(units);
    return true;
  }

  void need(uint32_t index) {
    if (needed_[index] != 0) return;
    needed_[index] = 1;
    const Node& node = plan_.nodes[index];
    LiveNode& made = program_.nodes[index];
    made.form = form_of(node.type);
    made.op = node.expression->op;
    made.way = way_of(index, made);
    switch (made.way) {
      case LiveWay::kBlock:
        made.block = static_cast<uint32_t>(program_.block_roots.size());
        program_.block_roots.push_back(unshifted(plan_, node));
        return;
      case LiveWay::kSlot:
        return need_window(plan_.slots[node.slot].window);
      case LiveWay::kAttribute: {
        const auto& heads = plan_.schema.attributes;
        made.attribute =
            static_cast<uint32_t>(find_column(heads, node.expression->name) - heads.data());
        return;
      }
      default:
        for (const uint32_t argument : node.arguments) need(argument);
        const Window* window = node.expression->window.get();
        if (window != nullptr && window->anchor != nullptr) need_anchored(index);
    }
  }

  void need_window(uint32_t window) {
    program_.windows.push_back(window);
    if (plan_.windows[window].window.anchor != nullptr) need(plan_.windows[window].anchor);
  }

  // An operation over an anchored window asks for values that are no arguments of it.
  void need_anchored(uint32_t index) {
    LiveNode& made = program_.nodes[index];
    made.way = LiveWay::kBlock;
    made.block = static_cast<uint32_t>(program_.block_roots.size());
    program_.block_roots.push_back(unshifted(plan_, plan_.nodes[index]));
  }

  LiveProgram& program_;
  const CompiledPlan& plan_;
  std::vector<uint8_t> needed_;
};

Result<void> refuse_units(const Expression& e, const std::string& name) {
  Result<void> outcome;
  if (e.op == Op::kOfUnit) {
    return Error(ErrorCode::kUnsupported,
                 "definition '" + name + "' looks at the other customers of a unit",
                 "Evaluate it with a Plan over a History.");
  }
  for_each_part(e, [&](const Expression& part) {
    if (outcome.ok()) outcome = refuse_units(part, name);
  });
  return outcome;
}

// How far back each shift leads, where that is a length of time.
void measure_shifts(LiveProgram& program) {
  program.shifted_back.emplace_back(Duration{});
  for (size_t i = 1; i < program.plan->shifts.size(); ++i) {
    const PlannedShift& planned = program.plan->shifts[i];
    std::optional<Duration> back = program.shifted_back[planned.from];
    if (planned.shift.kind != Shift::Kind::kDuration) back.reset();
    if (back && __builtin_add_overflow(back->micros, planned.shift.back.micros, &back->micros)) {
      back.reset();
    }
    program.shifted_back.push_back(back);
  }
}

}  // namespace

ExpressionPtr unshifted(const CompiledPlan& plan, const Node& node) {
  ExpressionPtr made = node.expression;
  for (uint32_t shift = node.shift; shift != 0; shift = plan.shifts[shift].from) {
    made = shifted(std::move(made), plan.shifts[shift].shift);
  }
  return made;
}

Result<LiveProgram> make_live_program(const Schema& schema,
                                      const std::vector<Definition>& definitions,
                                      const Zone& zone) {
  REGULARS_ASSIGN(std::unique_ptr<CompiledPlan> plan, compile_plan(schema, definitions, zone));
  for (const Definition& definition : definitions) {
    REGULARS_TRY(refuse_units(*definition.expression, definition.name));
  }
  LiveProgram program(schema, std::move(plan));
  for (const std::string& event : program.plan->events) {
    program.types.emplace_back().type = program.layout.type_of(event);
  }
  const Column* own = find_column(schema.attributes, std::string(kZoneAttribute));
  if (own != nullptr) program.zone_attribute = static_cast<size_t>(own - schema.attributes.data());
  measure_shifts(program);
  cover_rows(program);
  LiveCompiler(program).run();
  watch_changes(program);
  if (!program.block_roots.empty()) {
    std::vector<Definition> rest;
    for (const ExpressionPtr& root : program.block_roots) {
      rest.push_back({std::to_string(rest.size()), root});
    }
    REGULARS_ASSIGN(program.block, compile_plan(schema, rest, zone));
  }
  return program;
}

}  // namespace regulars::evaluate
