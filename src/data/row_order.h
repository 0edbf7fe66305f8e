// Private to data: rows of a stream in another order, or some of them.
#pragma once

#include <cstdint>
#include <vector>

#include "data/column.h"

namespace regulars {

using RowOrder = std::vector<uint32_t>;

template <class T>
std::vector<T> permuted(const std::vector<T>& values, const RowOrder& order) {
  std::vector<T> result(order.size());
  for (size_t i = 0; i < order.size(); ++i) result[i] = values[order[i]];
  return result;
}

Column permuted(const Column& column, const RowOrder& order);
void permute(Column& column, const RowOrder& order);

// The items of the rows in `order`; `begins` becomes where each row's begin.
RowOrder items_of_rows(const std::vector<uint32_t>& offset, const RowOrder& order,
                       std::vector<uint32_t>& begins);

}  // namespace regulars
