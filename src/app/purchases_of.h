// What value models see of a history: purchases with their net amounts.
//
// Thread-safety: pure functions.
#pragma once

#include "base/time.h"
#include "data/history.h"
#include "models/clv/purchase_summary.h"

namespace regulars::app {

// Purchases at or before `until` with what linked refunds up to then have left of them, and free
// orders with 0. A purchase of which nothing is left is none. Refunds that point at no purchase
// are left aside (`unlinked_refunds` counts them): value models look at single purchases.
struct ModelPurchases {
  models::Purchases purchases;
  uint64_t undone = 0;
  uint64_t unlinked_refunds = 0;
};
ModelPurchases purchases_of(const History& history, Instant until);

}  // namespace regulars::app
