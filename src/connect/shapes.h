// Exports of well-known systems, recognised by their headers. Header names as the systems write
// them: Shopify orders, WooCommerce (Advanced Order Export, Import/Export Suite, CSV Export),
// Square items and transactions, Lightspeed Retail (X-Series sales history, R-Series sale lines),
// Stripe payments, Klaviyo "Placed Order" events.
//
// Thread-safety: plain functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/source_spec.h"

namespace regulars::connect {

struct Shape {
  std::string_view name;       // "Shopify orders export"
  std::string_view signature;  // columns that all must be there, separated by '|'
  // What each role is called: "role=Column|Other column|...;" the first that exists is taken.
  std::string_view columns;
  std::string_view purchase_events;  // values of the event column that are purchases, by '|'
};

// The shape whose signature the names hold, or nullptr. Case and marks do not matter.
const Shape* recognise_shape(const std::vector<std::string>& names);

ColumnMapping shape_mapping(const Shape& shape, const std::vector<std::string>& names);

// By name, as SourceSpec keeps it; nullptr when there is no such shape.
const Shape* find_shape(std::string_view name);

}  // namespace regulars::connect
