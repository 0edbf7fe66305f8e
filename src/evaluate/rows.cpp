#include "evaluate/rows.h"

#include <algorithm>

#include "evaluate/scalar.h"

namespace regulars::evaluate {
namespace {

Literal number_literal(ValueType type, int64_t number) {
  Literal literal;
  literal.type = type;
  literal.number = number;
  return literal;
}

}  // namespace

Rows::Rows(const Binding& binding, const Stream* stream, size_t first_customer, size_t customers)
    : binding_(binding), stream_(stream), first_customer_(first_customer) {
  if (stream == nullptr) return;
  customer_offset_ = std::span(stream->offset).subspan(first_customer, customers + 1);
  first_ = customer_offset_.front();
  last_ = customer_offset_.back();
  if (stream->item_offset.empty()) return;
  items_first_ = stream->item_offset[first_];
  items_last_ = stream->item_offset[last_];
}

uint32_t Rows::item_of(uint32_t event) const {
  return items() == 0 ? 0 : stream_->item_offset[first_ + event] - items_first_;
}

std::span<const Instant> Rows::at() const {
  if (stream_ == nullptr) return {};
  return std::span(stream_->at).subspan(first_, events());
}

uint32_t Rows::reached(size_t customer, Instant limit) const {
  if (stream_ == nullptr) return 0;
  const auto times = at();
  const auto begin = times.begin() + (customer_offset_[customer] - first_);
  const auto end = times.begin() + (customer_offset_[customer + 1] - first_);
  return static_cast<uint32_t>(std::upper_bound(begin, end, limit) - times.begin());
}

std::vector<int64_t> Rows::days(const std::vector<const Zone*>& zones) const {
  std::vector<int64_t> days;
  days.reserve(events());
  for (size_t c = 0; c + 1 < customer_offset_.size(); ++c) {
    for (uint32_t row = customer_offset_[c]; row < customer_offset_[c + 1]; ++row) {
      days.push_back(zones[c]->day_of(stream_->at[row]).number);
    }
  }
  return days;
}

// Packed columns are read once for all that look at them.
Vector Rows::kept_slice(const Column& column, size_t first, size_t count) const {
  if (!is_packed(column)) return slice(column, first, count);
  const auto [found, fresh] = slices_.try_emplace(&column);
  if (fresh) found->second = slice(column, first, count);
  return view_of(found->second);
}

Vector Rows::column(const std::string& name) const {
  return kept_slice(*find_column(stream_->columns, name), first_, events());
}

Vector Rows::item_column(const std::string& name) const {
  return kept_slice(*find_column(stream_->item_columns, name), items_first_, items());
}

Vector Rows::value(const AggregateValue& what) {
  switch (what.kind) {
    case AggregateValue::Kind::kColumn:
      return column(what.column);
    case AggregateValue::Kind::kItemColumn:
      return item_column(what.column);
    case AggregateValue::Kind::kDay:
      return Vector::view({ValueType::kDay, 0, false}, days());
    default:
      return Vector::own({ValueType::kInstant, 0, false}, instants());
  }
}

std::span<const int64_t> Rows::days() {
  if (days_.size() == events()) return days_;
  days_.resize(events());
  for (size_t i = 0; i < days_.size(); ++i) {
    days_[i] = binding_.plan().zone.day_of(stream_->at[first_ + i]).number;
  }
  return days_;
}

std::vector<int64_t> Rows::instants() const {
  std::vector<int64_t> micros(events());
  for (size_t i = 0; i < micros.size(); ++i) micros[i] = stream_->at[first_ + i].micros;
  return micros;
}

std::span<const uint32_t> Rows::parents() {
  if (parents_.size() == items()) return parents_;
  parents_.reserve(items());
  for (uint32_t event = 0; event < events(); ++event) {
    parents_.resize(item_of(event + 1), event);
  }
  return parents_;
}

Vector Rows::per_event(const Column& attribute) {
  return gathered(slice(attribute, first_customer_, customer_offset_.size() - 1), owners());
}

Vector Rows::event_leaf(const Expression& e) {
  switch (e.op) {
    case Op::kColumn:
      return column(e.name);
    case Op::kAttribute:
      return per_event(binding_.attribute(e.name));
    case Op::kEventDay:
      return Vector::view({ValueType::kDay, 0, false}, days());
    default:
      return Vector::own({ValueType::kInstant, 0, false}, instants());
  }
}

Result<Vector> Rows::item_test(const Expression& e, const Moment& moment) {
  REGULARS_ASSIGN(const Vector items, value(*e.arguments[0], true, moment));
  std::span<const uint32_t> offset;
  if (!stream_->item_offset.empty()) {
    offset = std::span(stream_->item_offset).subspan(first_, events() + 1);
  }
  return e.op == Op::kAnyItem ? any_item(items, offset, events())
                              : all_items(items, offset, events());
}

Result<Vector> Rows::value(const Expression& e, bool of_items, const Moment& moment) {
  switch (e.op) {
    case Op::kLiteral:
      return Vector::constant(e.literal);
    case Op::kAsOf:
      return Vector::constant(number_literal(ValueType::kInstant, moment.now.micros));
    case Op::kAsOfDay:
      return Vector::constant(number_literal(ValueType::kDay, moment.today.number));
    case Op::kSnapshotText:
      return Vector::unknown({ValueType::kText, 0, false});
    case Op::kItemColumn:
      return item_column(e.name);
    case Op::kAnyItem:
    case Op::kAllItems: {
      REGULARS_ASSIGN(Vector tested, item_test(e, moment));
      return of_items ? gathered(tested, parents()) : std::move(tested);
    }
    case Op::kLinkedSum: {
      REGULARS_ASSIGN(Vector sums, linked_sums(e, moment));
      return of_items ? gathered(sums, parents()) : std::move(sums);
    }
    default:
      break;
  }
  if (is_scalar(e.op)) return scalar(e, of_items, moment);
  if (e.arguments.empty()) {
    Vector leaf = event_leaf(e);
    return of_items ? gathered(leaf, parents()) : std::move(leaf);
  }
  std::vector<Vector> values;
  Arguments arguments;
  for (const ExpressionPtr& argument : e.arguments) {
    REGULARS_ASSIGN(Vector made, value(*argument, of_items, moment));
    values.push_back(std::move(made));
  }
  for (const Vector& one : values) arguments.push_back(&one);
  return apply(e.op, arguments, count(of_items), moment);
}

}  // namespace regulars::evaluate
