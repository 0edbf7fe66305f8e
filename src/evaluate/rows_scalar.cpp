// The scalar operations over the events and items of a block.
#include <numeric>

#include "evaluate/customer_zone.h"
#include "evaluate/number.h"
#include "evaluate/parts.h"
#include "evaluate/rows.h"
#include "evaluate/scalar.h"
#include "evaluate/vector_scalar.h"

namespace regulars::evaluate {

// Marks where customers begin and adds up the marks: no loop per customer, most have few events.
std::span<const uint32_t> Rows::owners() {
  if (owners_.size() == events()) return owners_;
  owners_.assign(events() + 1, 0);
  for (size_t c = 1; c + 1 < customer_offset_.size(); ++c) ++owners_[first_event(c)];
  std::inclusive_scan(owners_.begin(), owners_.end(), owners_.begin());
  owners_.pop_back();
  return owners_;
}

Vector Rows::customer_ids() {
  std::vector<uint32_t> codes;
  for (const uint32_t owner : owners()) {
    codes.push_back(static_cast<uint32_t>(first_customer_) + owner);
  }
  return Vector::own({ValueType::kText, 0, false}, std::move(codes), binding_.customer_ids());
}

std::vector<const Zone*> Rows::zones(bool of_items) {
  const auto customers = zones_of(binding_.zone_attribute(), first_customer_,
                                  customer_offset_.size() - 1, binding_.plan().zone);
  std::vector<const Zone*> result;
  if (!of_items) {
    for (const uint32_t owner : owners()) result.push_back(customers[owner]);
    return result;
  }
  const auto of_event = owners();
  for (const uint32_t event : parents()) result.push_back(customers[of_event[event]]);
  return result;
}

Result<Vector> Rows::scalar(const Expression& e, bool of_items, const Moment& moment) {
  std::vector<Vector> values;
  const auto add = [&](Vector of_events) {
    values.push_back(of_items ? gathered(of_events, parents()) : std::move(of_events));
  };
  if (e.op == Op::kBucket || e.op == Op::kCustomerId) add(customer_ids());
  if (e.op == Op::kCustomerId) return std::move(values[0]);
  if (e.arguments.empty()) {  // month, weekday, hour of the event
    add(Vector::own({ValueType::kInstant, 0, false}, instants()));
  }
  for (const ExpressionPtr& argument : e.arguments) {
    REGULARS_ASSIGN(Vector made, value(*argument, of_items, moment));
    values.push_back(std::move(made));
  }
  Arguments arguments;
  for (const Vector& one : values) arguments.push_back(&one);
  ScalarPlace place{&moment, &binding_.plan().zone, {}, &binding_.texts()};
  if (asks_own_zone(e)) place.zones = zones(of_items);
  return apply_scalar(e, arguments, count(of_items), place);
}

Result<Vector> Rows::linked_sums(const Expression& e, const Moment& moment) const {
  const Stream* other = binding_.stream_of(e.literal.text);
  const Column* column = other == nullptr ? nullptr : find_column(other->columns, e.name);
  const Type value = column == nullptr ? untyped() : type_of(*column);
  REGULARS_ASSIGN(const Type type, aggregate_type(AggregateKind::kSum, value));
  std::vector<Int128> sums(events());
  for (const EventLinks& links : stream_->links) {
    if (links.type != e.literal.text || column == nullptr) continue;
    for (uint32_t event = 0; event < events(); ++event) {
      const uint32_t end = links.offset[first_ + event + 1];
      for (uint32_t i = links.offset[first_ + event]; i < end; ++i) {
        const uint32_t linked = links.rows[i];
        const bool counts = other->at[linked] <= moment.now && column->known(linked);
        if (counts) sums[event] += column->numbers[linked];
      }
    }
  }
  std::vector<int64_t> out;
  for (const Int128 sum : sums) {
    if (!is_storable(sum)) return overflow("a sum");
    out.push_back(static_cast<int64_t>(sum));
  }
  return Vector::own(type, std::move(out));
}

Result<Vector> Rows::computed(const Expression& e, bool of_items, const Moment& moment) {
  REGULARS_ASSIGN(Vector made, value(e, of_items, moment));
  return spread(std::move(made), count(of_items), binding_.texts());
}

}  // namespace regulars::evaluate
