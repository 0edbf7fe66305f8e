// Questions about several columns at once, answered on the sample of rows.
#pragma once

#include <cstddef>

#include "connect/source_profile.h"
#include "data/source_spec.h"

namespace regulars::connect {

// Share of rows on which `product` is `a` x `b` (within a cent or 0.5 %); 0 when none has all
// three.
double share_of_products(const SourceProfile& source, size_t a, size_t b, size_t product);

// Among ids on several rows: the share whose rows differ in `time`.
double share_at_other_times(const SourceProfile& source, size_t id, size_t time);

// How an amount column behaves within orders of several lines.
struct WithinOrders {
  int64_t orders = 0;          // orders of several lines with amounts
  int64_t constant = 0;        // ... on which the same amount, not zero, stands on every line
  int64_t first_only = 0;      // ... on which only the first line has an amount
  int64_t differing = 0;       // ... constant ones whose lines have other products or quantities
  int64_t is_line_amount = 0;  // ... on which each line is quantity x price
};
WithinOrders look_within_orders(const SourceProfile& source, size_t order, size_t amount,
                                int product, int quantity, int price);

}  // namespace regulars::connect
