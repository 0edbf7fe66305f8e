// Rows of purchases sorted by customer in linear time, and those left out counted.
//
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/clv/purchase_summary.h"

namespace regulars::models {

struct PurchaseRow {
  Instant at;
  double amount = 0;
};

// Customers ascending; those of customers[i] are rows[from[i]] up to rows[from[i + 1]], by time,
// then amount.
struct GroupedPurchases {
  std::vector<uint32_t> customers;
  std::vector<uint64_t> from;
  std::vector<PurchaseRow> rows;

  std::span<const PurchaseRow> of(size_t i) const {
    return {rows.data() + from[i], rows.data() + from[i + 1]};
  }
};

// Without rows that do not count, which are counted in `audit`: amounts that are not finite or
// negative, rows after `until`, amounts of zero when they do not count.
GroupedPurchases group_purchases(const Purchases& purchases, const SummaryOptions& options,
                                 SummaryAudit& audit);

}  // namespace regulars::models
