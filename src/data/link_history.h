// Refunds joined to the purchases they give back, over a whole history: also those that arrived in
// another file than their order.
//
// Thread-safety: plain functions.
#pragma once

#include "data/history.h"

namespace regulars {

// A refund belongs to the customer's latest purchase, not later than itself, whose `order` is what
// its `refund_of` (else its own `order`) names; a refund that its file linked without naming an
// order belongs to the purchase at its `applies_at`. Such refunds become linked and apply at their
// purchase's instant; the one that makes a purchase nothing sets its undone_at. The purchases get
// EventLinks "refund". Columns that refunds or purchases lack for this are added. A history without
// purchases or refunds stays as it is.
History link_refunds(History history);

}  // namespace regulars
