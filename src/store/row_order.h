// Private to store: rows of a batch customer by customer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace regulars::store {

// Row numbers ordered by number[row] (below `numbers`), rows of one number in their order.
std::vector<uint32_t> rows_by_number(const std::vector<uint32_t>& number, size_t numbers);

}  // namespace regulars::store
