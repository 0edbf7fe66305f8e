// Private to store: identity and content of events as 64-bit hashes (rules: delivery.h).
//
// Two different events of one customer get the same id with a probability of about n^2 / 2^65 for
// n events of that customer: 1e-11 for 20,000.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/history.h"
#include "store/delivery.h"

namespace regulars::store {

struct Fingerprints {
  std::vector<uint64_t> id;       // distinct within a customer
  std::vector<uint64_t> content;  // without derived columns
  std::vector<uint64_t> derived;  // 0: the derived columns say nothing
};

// `by_customer` lists the batch's rows customer by customer (row_order.h).
Fingerprints fingerprint(const Delivery& delivery, const EventBatch& batch,
                         std::span<const uint32_t> by_customer);

}  // namespace regulars::store
