#include "data/row_order.h"

namespace regulars {
namespace {

template <class T>
Packed<T> in_order(const Packed<T>& values, const RowOrder& order) {
  if (!values.is_packed()) {
    const std::span<const T> all = values.span();
    std::vector<T> result(order.size());
    for (size_t i = 0; i < order.size(); ++i) result[i] = all[order[i]];
    return result;
  }
  Packed<T> result;
  result.reserve(order.size());
  for (const uint32_t row : order) result.push_back(values[row]);
  result.pack();
  return result;
}

}  // namespace

Column permuted(const Column& column, const RowOrder& order) {
  Column result{column.name, column.type, column.scale, {}, {}, column.dictionary, column.is_set};
  if (column.type == ValueType::kText) {
    result.codes = in_order(column.codes, order);
  } else {
    result.numbers = in_order(column.numbers, order);
  }
  return result;
}

void permute(Column& column, const RowOrder& order) { column = permuted(column, order); }

RowOrder items_of_rows(const std::vector<uint32_t>& offset, const RowOrder& order,
                       std::vector<uint32_t>& begins) {
  RowOrder items;
  begins.clear();
  begins.reserve(order.size() + 1);
  begins.push_back(0);
  for (const uint32_t row : order) {
    for (uint32_t i = offset[row]; i < offset[row + 1]; ++i) items.push_back(i);
    begins.push_back(static_cast<uint32_t>(items.size()));
  }
  return items;
}

}  // namespace regulars
