// Private to evaluate: the events of one type that a block of customers owns, and the values of
// conditions over them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "evaluate/binding.h"

namespace regulars::evaluate {

// Indices of events and items count from the block's first.
class Rows {
 public:
  Rows(const Binding& binding, const Stream* stream, size_t first_customer, size_t customers);

  std::span<const Instant> at() const;  // of each event
  size_t events() const { return last_ - first_; }
  size_t items() const { return items_last_ - items_first_; }
  size_t count(bool of_items) const { return of_items ? items() : events(); }
  // The item with which the event begins; events() is allowed.
  uint32_t item_of(uint32_t event) const;
  // Of a customer, counted from the block's first; the one after the last is allowed.
  uint32_t first_event(size_t customer) const { return customer_offset_[customer] - first_; }
  // The event after a customer's last one at or before the limit.
  uint32_t reached(size_t customer, Instant limit) const;
  // The customer of each event, counted from the block's first.
  std::span<const uint32_t> owners();
  // The event of each item.
  std::span<const uint32_t> parents();

  // A column, an instant or a day of each event, or of each item.
  Vector value(const AggregateValue& what);
  Vector column(const std::string& name) const;
  Vector item_column(const std::string& name) const;
  // Local day number of each event.
  std::span<const int64_t> days();
  // The same by each customer's own clock; zones of the block's customers.
  std::vector<int64_t> days(const std::vector<const Zone*>& zones) const;
  // A value of each event, for each of its items.
  Vector for_items(const Vector& of_events) { return gathered(of_events, parents()); }

  // The value of a condition, or a part of one, for each event or item.
  Result<Vector> value(const Expression& e, bool of_items, const Moment& moment);
  // The same with an element for each, as an aggregate reads them.
  Result<Vector> computed(const Expression& e, bool of_items, const Moment& moment);

 private:
  Vector kept_slice(const Column& column, size_t first, size_t count) const;
  Vector event_leaf(const Expression& e);
  Result<Vector> item_test(const Expression& e, const Moment& moment);
  Result<Vector> scalar(const Expression& e, bool of_items, const Moment& moment);
  Result<Vector> linked_sums(const Expression& e, const Moment& moment) const;
  Vector customer_ids();
  std::vector<const Zone*> zones(bool of_items);
  Vector per_event(const Column& attribute);
  std::vector<int64_t> instants() const;

  const Binding& binding_;
  const Stream* stream_;
  size_t first_customer_;
  std::span<const uint32_t> customer_offset_;
  uint32_t first_ = 0;
  uint32_t last_ = 0;
  uint32_t items_first_ = 0;
  uint32_t items_last_ = 0;
  mutable std::map<const Column*, Vector> slices_;  // of packed columns
  std::vector<int64_t> days_;
  std::vector<uint32_t> owners_;
  std::vector<uint32_t> parents_;  // the event of each item
};

}  // namespace regulars::evaluate
