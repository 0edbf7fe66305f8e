// Private to store: customers and their numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"
#include "sql/connection.h"

namespace regulars::store {

struct StoredCustomers {
  std::vector<uint32_t> numbers;  // stored number per code of the table; kNoCode: not seen
  size_t next = 0;                // all stored numbers are below this
  int64_t added = 0;
};

// Numbers new customers and records when they were first known.
Result<StoredCustomers> store_customers(sql::Connection& connection, const CustomerTable& table,
                                        Instant recorded_at, uint32_t run);

// Customers recorded by `known_at`, numbered 0 .. n-1 in the order of their stored numbers.
struct LoadedCustomers {
  CustomerTable table;            // without attributes
  std::vector<uint32_t> numbers;  // place in the table per stored number; kNoCode: none
};
Result<LoadedCustomers> load_customers(sql::Connection& connection,
                                       std::optional<Instant> known_at);

}  // namespace regulars::store
