#include "evaluate/live_evaluator.h"

#include <algorithm>

#include "evaluate/customer_zone.h"
#include "evaluate/number.h"
#include "evaluate/period.h"
#include "evaluate/shift.h"

namespace regulars::evaluate {
namespace {

// Windows whose bounds stay the same for a local day, but for those that end at the as-of.
bool lasts_a_day(const Window& window) {
  switch (window.kind) {
    case Window::Kind::kCalendarDays:
    case Window::Kind::kThisPeriod:
    case Window::Kind::kLastPeriod:
    case Window::Kind::kCalendarPeriods:
    case Window::Kind::kPastPeriods:
      return !window.own_zone;
    default:
      return false;
  }
}

}  // namespace

LiveEvaluator::LiveEvaluator(const LiveProgram& program)
    : program_(program),
      plan_(*program.plan),
      types_(program.types.size()),
      own_(program.types.size()),
      moments_(plan_.shifts.size()),
      bounds_(plan_.windows.size()),
      unknown_window_(plan_.windows.size()),
      picked_(plan_.selections.size()),
      spans_(program.spans.size()),
      clocked_rows_(plan_.selections.size()),
      codes_(program.texts.size(), kNoCode),
      code_sizes_(program.texts.size(), SIZE_MAX),
      day_bounds_(plan_.windows.size()),
      numbers_(plan_.nodes.size(), kMissing),
      reals_(plan_.nodes.size(), kUnknownReal),
      texts_(plan_.nodes.size()),
      kept_texts_(plan_.nodes.size()),
      answers_(plan_.roots.size()),
      ahead_(program.watch.ahead.size()) {
  for (size_t i = 0; i < types_.size(); ++i) {
    if (program.types[i].type == LiveLayout::kNoType) continue;
    types_[i].events = &program.layout.events(program.types[i].type);
    types_[i].items = &program.layout.items(program.types[i].type);
  }
  for (const uint32_t node : program.order) {
    if (program.nodes[node].way != LiveWay::kConstant) continue;
    if (plan_.nodes[node].expression->op == Op::kSnapshotText) continue;
    set_literal(node, plan_.nodes[node].expression->literal);
  }
}

void LiveEvaluator::set_literal(uint32_t node, const Literal& literal) {
  const bool unknown = literal.type == ValueType::kBoolean && literal.number == kMissing;
  numbers_[node] = literal.number;
  reals_[node] = literal.real;
  texts_[node] = literal.text;
  if (literal.type == ValueType::kBoolean) {
    numbers_[node] = unknown ? kUnknownTruth : literal.number != 0 ? kTrue : kFalse;
  }
}

// What she has of an event type.
void LiveEvaluator::see(size_t event) {
  Here& here = types_[event];
  here.count = here.item_count = here.reached_now = 0;
  here.rows = nullptr;
  if (here.events == nullptr) return;
  TypeRows* rows = customer_->find(program_.types[event].type);
  if (rows == nullptr || rows->events.rows == 0) return;
  here.rows = rows;
  here.count = rows->events.rows;
  here.item_count = rows->items.rows;
  here.at = LiveCustomer::column<Instant>(rows->events, here.events->at);
  sync(event);
}

void LiveEvaluator::begin(LiveCustomer& customer, Instant as_of) {
  customer_ = &customer;
  now_ = as_of;
  overflow_ = false;
  error_.reset();
  block_made_ = false;
  history_.reset();
  own_zone_ = nullptr;
  for (Picked& one : picked_) one.made = false;
  if (as_of < day_begin_ || as_of >= day_end_) {
    day_ = plan_.zone.day_of(as_of);
    day_begin_ = plan_.zone.start_of(day_);
    day_end_ = plan_.zone.start_of(day_ + 1);
    for (auto& kept : day_bounds_) kept.reset();
  }
  moments_[0] = {as_of, day_};
  see_shifts();
  for (size_t event = 0; event < types_.size(); ++event) see(event);
}

// From the as-of's moment.
void LiveEvaluator::see_shifts() {
  for (size_t i = 1; i < moments_.size(); ++i) {
    const PlannedShift& planned = plan_.shifts[i];
    const Instant then = shifted_instant(planned.shift, moments_[planned.from].now, plan_.zone);
    moments_[i] = {then, plan_.zone.day_of(then)};
  }
}

const Zone& LiveEvaluator::own_zone() {
  if (own_zone_ != nullptr) return *own_zone_;
  own_zone_ = &plan_.zone;
  if (program_.zone_attribute == SIZE_MAX) return *own_zone_;
  const Column& head = program_.layout.schema().attributes[program_.zone_attribute];
  const int64_t code = customer_->attributes_[program_.zone_attribute];
  if (head.type != ValueType::kText || head.is_set || code == kMissing) return *own_zone_;
  const Zone* zone = kept_zone(head.dictionary->text(static_cast<uint32_t>(code)));
  if (zone != nullptr) own_zone_ = zone;
  return *own_zone_;
}

Bounds LiveEvaluator::bounds_of_window(uint32_t index) {
  const PlannedWindow& planned = plan_.windows[index];
  const Instant now = moments_[planned.shift].now;
  if (planned.shift != 0 || !lasts_a_day(planned.window)) {
    return bounds_of(planned.window, now, zone_for(planned.window.own_zone));
  }
  // Kept for the day, seen from its last instant.
  std::optional<Bounds>& kept = day_bounds_[index];
  if (!kept) kept = bounds_of(planned.window, day_end_ - microseconds(1), plan_.zone);
  Bounds bounds{kept->after, std::min(kept->upto, now)};
  bounds.after = std::min(bounds.after, bounds.upto);
  return bounds;
}

void LiveEvaluator::find_bounds() {
  for (const uint32_t index : program_.windows) {
    unknown_window_[index] = 0;
    if (plan_.windows[index].window.kind == Window::Kind::kAnchored) continue;
    bounds_[index] = bounds_of_window(index);
  }
}

// The anchor's node has been computed.
void LiveEvaluator::find_anchored(uint32_t index) {
  const PlannedWindow& planned = plan_.windows[index];
  const Node& anchor = plan_.nodes[planned.anchor];
  const int64_t number = numbers_[planned.anchor];
  unknown_window_[index] = number == kMissing || anchor.type.untyped ? 1 : 0;
  if (unknown_window_[index] != 0) return;
  const bool day = anchor.type.value == ValueType::kDay;
  const Instant at =
      day ? beginning_of(number, zone_for(planned.window.own_zone)) : Instant{number};
  bounds_[index] = anchored_bounds(planned.window, at, moments_[planned.shift].now);
}

Result<void> LiveEvaluator::look(LiveCustomer& customer, Instant as_of) {
  begin(customer, as_of);
  find_bounds();
  for (size_t event = 0; event < types_.size(); ++event) {
    if (types_[event].count == 0) continue;
    for (const uint32_t span : program_.spans_of[event]) find_span(span);
  }
  if (overflow_) fail(overflow("a result of arithmetic"));
  for (const LiveStep& step : program_.steps) run_step(step);
  if (overflow_) fail(overflow("a result of arithmetic"));
  if (error_) return *error_;
  return {};
}

std::span<const LiveAnswer> LiveEvaluator::answers() {
  for (size_t i = 0; i < answers_.size(); ++i) {
    const uint32_t root = plan_.roots[i];
    const Type& type = plan_.nodes[root].type;
    LiveAnswer& answer = answers_[i];
    answer.type = type.value;
    answer.scale = type.scale;
    answer.known = is_known(root);
    answer.number =
        form_of(type) == Form::kTruths ? (numbers_[root] == kTrue ? 1 : 0) : numbers_[root];
    answer.real = reals_[root];
    answer.text = texts_[root];
  }
  return answers_;
}

bool LiveEvaluator::is_known(uint32_t node) const {
  switch (program_.nodes[node].form) {
    case Form::kNumbers:
      return numbers_[node] != kMissing;
    case Form::kReals:
      return reals_[node] == reals_[node];
    case Form::kTexts:
      return texts_[node].data() != nullptr;
    case Form::kTruths:
      break;
  }
  return numbers_[node] != kUnknownTruth;
}

}  // namespace regulars::evaluate
