#include "store/row_order.h"

#include <numeric>

namespace regulars::store {

std::vector<uint32_t> rows_by_number(const std::vector<uint32_t>& number, size_t numbers) {
  std::vector<uint32_t> next(numbers + 1, 0);
  for (const uint32_t n : number) ++next[n + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<uint32_t> rows(number.size());
  for (uint32_t row = 0; row < rows.size(); ++row) rows[next[number[row]]++] = row;
  return rows;
}

}  // namespace regulars::store
