#include "evaluate/block.h"

#include <algorithm>
#include <array>

#include "evaluate/fold_events.h"
#include "evaluate/scalar.h"

namespace regulars::evaluate {
namespace {

// An aggregate over nothing, when the event type has no events at all here.
Vector of_nothing(const Slot& slot) {
  using Kind = AggregateKind;
  constexpr std::array kZeros = {Kind::kCount,       Kind::kSum,          Kind::kDistinct,
                                 Kind::kSpacedCount, Kind::kSessions,     Kind::kLongestStreak,
                                 Kind::kDecayed,     Kind::kCurrentStreak};
  const bool zero = std::find(kZeros.begin(), kZeros.end(), slot.kind) != kZeros.end();
  if (!zero) return Vector::unknown(slot.type);
  Literal literal;
  literal.type = slot.type.value;
  literal.scale = slot.type.scale;
  return Vector::constant(literal);
}

}  // namespace

Block::Block(const Binding& binding, size_t first_customer, size_t customers)
    : binding_(binding),
      plan_(binding.plan()),
      first_customer_(first_customer),
      customers_(customers),
      selected_(plan_.selections.size()),
      series_(plan_.series.size()),
      among_ends_(plan_.events.size()) {
  for (uint32_t event = 0; event < plan_.events.size(); ++event) {
    rows_.emplace_back(binding, binding.stream(event), first_customer, customers);
  }
}

void Block::forget_moment() {
  nodes_.clear();
  before_ends_.assign(plan_.selections.size(), {});
  kept_.clear();
  for (size_t i = 0; i < series_.size(); ++i) {
    if (plan_.selections[plan_.series[i].selection].depends_on_as_of) series_[i].reset();
  }
  for (size_t i = 0; i < selected_.size(); ++i) {
    if (plan_.selections[i].depends_on_as_of) selected_[i].reset();
  }
}

uint32_t Block::Selected::before(uint32_t row) const {
  if (all) return row;
  return static_cast<uint32_t>(std::lower_bound(rows.begin(), rows.end(), row) - rows.begin());
}

Result<Block::Selected> Block::select(const Selection& selection) {
  Selected made;
  made.all = true;
  if (selection.where == nullptr) return made;
  Rows& rows = rows_[selection.event];
  const size_t count = rows.count(selection.items);
  REGULARS_ASSIGN(const Vector where,
                  rows.value(*selection.where, selection.items, moment(selection.shift)));
  made.all = all_true(where, count);
  if (made.all || where.is_constant()) return made;
  made.rows.resize(count);
  const Truth* truths = where.truths().data();
  uint32_t found = 0;
  for (uint32_t row = 0; row < count; ++row) {
    made.rows[found] = row;  // overwritten unless this row is taken
    found += truths[row] == kTrue ? 1 : 0;
  }
  made.rows.resize(found);
  return made;
}

Result<const Block::Selected*> Block::selected(uint32_t selection) {
  if (!selected_[selection]) {
    REGULARS_ASSIGN(selected_[selection], select(plan_.selections[selection]));
  }
  return &*selected_[selection];
}

Result<const SeriesValues*> Block::series(uint32_t index) {
  if (series_[index]) return &*series_[index];
  const Series& what = plan_.series[index];
  REGULARS_ASSIGN(const Selected* selected_rows, selected(what.selection));
  Vector values;
  if (what.value.kind != AggregateValue::Kind::kNone) {
    const Selection& selection = plan_.selections[what.selection];
    Rows& rows = rows_[selection.event];
    if (what.value.expression != nullptr) {
      REGULARS_ASSIGN(
          values, rows.computed(*what.value.expression, selection.items, moment(selection.shift)));
    } else {
      values = what.own_zone ? Vector::own({ValueType::kDay, 0, false}, rows.days(own_zones()))
                             : rows.value(what.value);
      const bool of_items = what.value.kind == AggregateValue::Kind::kItemColumn;
      if (selection.items && !of_items) values = rows.for_items(values);
    }
    if (!selected_rows->all) values = gathered(values, selected_rows->rows);
  }
  series_[index].emplace(std::move(values));
  return &*series_[index];
}

Result<Vector> Block::slot(const Slot& slot) {
  const Series& what = plan_.series[slot.series];
  if (rows_[plan_.selections[what.selection].event].events() == 0) {
    const PlannedWindow& planned = plan_.windows[slot.window];
    if (planned.window.anchor == nullptr) return of_nothing(slot);
    return without(of_nothing(slot), own_bounds(planned).unknown);
  }
  if (slot.session != kNoSeries) {
    REGULARS_ASSIGN(const Ranges range, session_ranges(slot));
    return fold(slot, range);
  }
  REGULARS_ASSIGN(const Ranges range, ranges(what.selection, slot.window));
  return fold(slot, range);
}

Result<Vector> Block::fold(const Slot& slot, const Ranges& ranges) {
  REGULARS_ASSIGN(const SeriesValues* values, series(slot.series));
  if (!folds_events(slot.kind) && ranges.unknown.empty()) return folded(slot, *values, ranges);
  REGULARS_ASSIGN(Vector result, folds_events(slot.kind) ? event_fold(slot, *values, ranges)
                                                         : folded(slot, *values, ranges));
  return without(std::move(result), ranges.unknown);
}

Result<Vector> Block::event_fold(const Slot& slot, const SeriesValues& values,
                                 const Ranges& ranges) {
  const Vector* second = nullptr;
  if (slot.second != kNoSeries) {
    REGULARS_ASSIGN(const SeriesValues* other, series(slot.second));
    second = &other->values();
  }
  const bool own_zone = slot.rule.own_zone;
  const std::vector<int64_t> days = today(own_zone, plan_.windows[slot.window].shift);
  return folded_events({slot, values.values(), second, ranges, days});
}

Vector Block::attribute(const std::string& name) const {
  return slice(binding_.attribute(name), first_customer_, customers_);
}

Result<Vector> Block::node(const Node& node) {
  const Expression& e = *node.expression;
  Literal now;
  switch (e.op) {
    case Op::kLiteral:
      return Vector::constant(e.literal);
    case Op::kAggregate:
      return slot(plan_.slots[node.slot]);
    case Op::kSequence:
      return sequence(plan_.sequences[node.slot]);
    case Op::kAttribute:
      return attribute(e.name);
    case Op::kAsOf:
      now.type = ValueType::kInstant;
      now.number = moment(node.shift).now.micros;
      return Vector::constant(now);
    case Op::kAsOfDay:
      now.type = ValueType::kDay;
      now.number = moment(node.shift).today.number;
      return Vector::constant(now);
    case Op::kOfUnit:
      return binding_.units(node.slot).vector(node.type, moment_, first_customer_, customers_);
    case Op::kEver:
    case Op::kEntered:
    case Op::kSince:
      return over_time(node);
    case Op::kSnapshotText:
      return Vector::unknown(node.type);
    default:
      break;
  }
  if (is_scalar(e.op)) return scalar(node);
  std::vector<const Vector*> arguments;
  for (const uint32_t argument : node.arguments) arguments.push_back(&nodes_[argument]);
  if (e.op == Op::kPosition) return positions(e, arguments, customers_);
  return apply(e.op, arguments, customers_, moment(node.shift));
}

Result<std::vector<const Vector*>> Block::answers(size_t moment_index) {
  moment_ = moment_index;
  forget_moment();
  nodes_.reserve(plan_.nodes.size());
  for (const Node& one : plan_.nodes) {
    REGULARS_ASSIGN(Vector made, node(one));
    nodes_.push_back(std::move(made));
  }
  std::vector<const Vector*> result;
  for (const uint32_t root : plan_.roots) result.push_back(&nodes_[root]);
  return result;
}

}  // namespace regulars::evaluate
