#include "store/delivery.h"

#include <utility>

namespace regulars::store {

TypeReport IngestReport::total() const {
  TypeReport sum;
  for (const TypeReport& type : types) {
    sum.added += type.added;
    sum.known += type.known;
    sum.revised += type.revised;
    sum.withdrawn += type.withdrawn;
  }
  return sum;
}

Delivery delivery_of_orders(std::string source, Assembled orders, const Intake& intake) {
  Delivery delivery;
  delivery.source = std::move(source);
  delivery.files = intake.sources;
  delivery.customers = std::move(orders.customers);
  delivery.events = std::move(orders.events);
  delivery.rejects = intake.rejects;
  // Intake counts what was read, the assembly what became of it.
  delivery.rows = orders.rows;
  delivery.rows.read = intake.rows.read;
  delivery.rows.rejected = intake.rows.rejected;
  delivery.rows.duplicates = intake.rows.duplicates;
  delivery.rows.other_events = intake.rows.other_events;
  return delivery;
}

Delivery delivery_of_source(std::string source, SourceContents contents) {
  Delivery delivery;
  delivery.source = std::move(source);
  delivery.files = std::move(contents.files);
  delivery.customers = std::move(contents.customers);
  delivery.events = std::move(contents.events);
  delivery.rejects = std::move(contents.rejects);
  delivery.rows = contents.rows;
  delivery.key_column = std::move(contents.key_column);
  return delivery;
}

}  // namespace regulars::store
