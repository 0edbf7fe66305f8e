// Which customers are equal: predictions are made once for each different cell.
//
// Thread-safety: plain values, pure function.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/clv/buying_cell.h"

namespace regulars::models {

struct CellIndex {
  std::vector<BuyingCell> cells;  // different ones, in order of their first customer
  std::vector<uint32_t> cell_of;  // of each customer, its place in `cells`
};
CellIndex index_cells(std::span<const BuyingCell> customers);

}  // namespace regulars::models
