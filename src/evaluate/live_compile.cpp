#include <algorithm>
#include <array>

#include "evaluate/beyond.h"
#include "evaluate/customer_zone.h"
#include "evaluate/live_program.h"
#include "evaluate/number.h"
#include "evaluate/parts.h"
#include "evaluate/vector_ops.h"

namespace regulars::evaluate {
namespace {

bool is_number_form(const Type& type) { return form_of(type) == Form::kNumbers; }

// Of kinds whose value over nothing is 0.
bool is_zero_of_nothing(AggregateKind kind) {
  using Kind = AggregateKind;
  constexpr std::array kZeros = {Kind::kCount,       Kind::kSum,          Kind::kDistinct,
                                 Kind::kSpacedCount, Kind::kSessions,     Kind::kLongestStreak,
                                 Kind::kDecayed,     Kind::kCurrentStreak};
  return std::find(kZeros.begin(), kZeros.end(), kind) != kZeros.end();
}

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
    for (size_t i = 0; i < plan_.slots.size(); ++i) {
      program_.slots.push_back(program_.slot_covered[i] != 0 ? slot_of(plan_.slots[i])
                                                             : LiveSlot{});
    }
    for (const uint32_t node : program_.order) add_step(node);
    std::sort(program_.windows.begin(), program_.windows.end());
    program_.windows.erase(std::unique(program_.windows.begin(), program_.windows.end()),
                           program_.windows.end());
  }

 private:
  // Equal spans are there once.
  uint32_t span_of(const LiveSpan& wanted, uint32_t event, bool anchored) {
    for (uint32_t i = 0; i < program_.spans.size(); ++i) {
      const LiveSpan& known = program_.spans[i];
      if (known.selection == wanted.selection && known.window == wanted.window) return i;
    }
    program_.spans.push_back(wanted);
    const auto index = static_cast<uint32_t>(program_.spans.size() - 1);
    if (!anchored) program_.spans_of[event].push_back(index);
    return index;
  }

  LiveSlot slot_of(const Slot& slot) {
    const Series& series = plan_.series[slot.series];
    LiveSlot made;
    made.kind = slot.kind;
    made.anchored = plan_.windows[slot.window].window.anchor != nullptr;
    made.numbers = is_number_form(series.type);
    made.series = slot.series;
    made.event = plan_.selections[series.selection].event;
    made.span = span_of({series.selection, slot.window}, made.event, made.anchored);
    const bool zero = is_zero_of_nothing(slot.kind);
    made.nothing_real = zero ? 0 : kUnknownReal;
    if (form_of(slot.type) == Form::kTruths) made.nothing = kUnknownTruth;
    if (is_number_form(slot.type) && zero) made.nothing = 0;
    return made;
  }

  void add_step(uint32_t node) {
    const LiveNode& made = program_.nodes[node];
    if (made.way == LiveWay::kConstant) return;
    LiveStep step;
    step.way = made.way;
    step.op = made.op;
    step.node = node;
    const Node& planned = plan_.nodes[node];
    if (!planned.arguments.empty()) step.a = planned.arguments[0];
    if (planned.arguments.size() > 1) step.b = planned.arguments[1];
    if (made.way == LiveWay::kSlot) step.a = planned.slot;
    if (made.way == LiveWay::kCompareWith) set_range(made, step);
    if (made.way == LiveWay::kLogic) {
      step.a = static_cast<uint32_t>(program_.step_arguments.size());
      program_.step_arguments.insert(program_.step_arguments.end(), planned.arguments.begin(),
                                     planned.arguments.end());
      step.b = static_cast<uint32_t>(program_.step_arguments.size());
    }
    program_.steps.push_back(step);
  }

  // A comparison with a constant asks whether a number lies in a range.
  static void set_range(const LiveNode& made, LiveStep& step) {
    const int64_t number = made.number;
    step.low = INT64_MIN;
    step.high = INT64_MAX;
    step.outside = made.op == Op::kNotEqual || made.op == Op::kLess || made.op == Op::kGreater;
    switch (made.op) {
      case Op::kLess:  // not at or above
      case Op::kGreaterEqual:
        step.low = number;
        return;
      case Op::kGreater:  // not at or below
      case Op::kLessEqual:
        step.high = number;
        return;
      default:
        step.low = step.high = number;
    }
  }

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
  program.spans_of.resize(program.plan->events.size());
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
