// Which refunds take back which purchases. Internal to assemble_orders.
#pragma once

#include <cstdint>
#include <vector>

#include "data/history.h"

namespace regulars {

// `target` has one element per refund: the row in `purchases` that it gives back, or kNoCode. A
// refund that is not earlier than its purchase is marked as linked and applies at the purchase's
// instant; the one that makes a purchase nothing sets its undone_at. Columns as in Assembled.
void link_refunds(const std::vector<uint32_t>& target, EventBatch& purchases, EventBatch& refunds);

}  // namespace regulars
