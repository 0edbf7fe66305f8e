#include "models/clv/buying_cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "models/clv/cell_index.h"

namespace regulars::models {
namespace {

auto in_order(const BuyingCell& cell) { return std::tie(cell.x, cell.t_x, cell.T); }

}  // namespace

Result<void> check_cell(const BuyingCell& cell, size_t index) {
  const auto wrong = [&](std::string_view why) {
    return Error(ErrorCode::kBadData,
                 fmt::format("customer {}: x = {}, t_x = {}, T = {}: {}", index, cell.x, cell.t_x,
                             cell.T, why),
                 "x counts repeat purchases, t_x and T are times since the first purchase");
  };
  if (!std::isfinite(cell.x) || !std::isfinite(cell.t_x) || !std::isfinite(cell.T))
    return wrong("not a finite number");
  if (cell.x < 0 || cell.x != std::floor(cell.x)) return wrong("x must be 0, 1, 2, ...");
  if (cell.t_x < 0) return wrong("t_x must not be negative");
  if (cell.t_x > cell.T) return wrong("the last purchase is later than the end (t_x > T)");
  if (cell.x > 0 && cell.t_x == 0) return wrong("repeat purchases need a later time (t_x > 0)");
  if (cell.x == 0 && cell.t_x > 0) return wrong("without repeat purchases t_x must be 0");
  return {};
}

Result<CellTable> CellTable::of(std::span<const BuyingCell> customers) {
  return of_counted(customers, {});
}

Result<CellTable> CellTable::of_counted(std::span<const BuyingCell> cells,
                                        std::span<const uint64_t> counts) {
  for (size_t i = 0; i < cells.size(); ++i)
    if (Result<void> checked = check_cell(cells[i], i); !checked) return checked.error();
  const CellIndex index = index_cells(cells);
  std::vector<uint64_t> sums(index.cells.size());
  for (size_t i = 0; i < cells.size(); ++i)
    sums[index.cell_of[i]] += counts.empty() ? 1 : counts[i];
  return of_different(index.cells, sums);
}

CellTable CellTable::of_different(const std::vector<BuyingCell>& cells,
                                  const std::vector<uint64_t>& counts) {
  std::vector<std::pair<BuyingCell, uint64_t>> rows(cells.size());
  for (size_t i = 0; i < cells.size(); ++i) rows[i] = {cells[i], counts[i]};
  std::ranges::sort(rows, {}, [](const auto& row) { return in_order(row.first); });
  CellTable table;
  table.cells_.reserve(rows.size());
  table.counts_.reserve(rows.size());
  for (const auto& [cell, count] : rows) {
    if (count == 0) continue;
    table.cells_.push_back(cell);
    table.counts_.push_back(count);
    table.customers_ += count;
  }
  return table;
}

void CellTable::merge(const CellTable& other) {
  CellTable both;
  size_t a = 0;
  size_t b = 0;
  while (a < size() || b < other.size()) {
    const bool ours =
        b == other.size() || (a < size() && in_order(cells_[a]) <= in_order(other.cells_[b]));
    const bool theirs =
        a == size() || (b < other.size() && in_order(other.cells_[b]) <= in_order(cells_[a]));
    both.cells_.push_back(ours ? cells_[a] : other.cells_[b]);
    both.counts_.push_back((ours ? counts_[a] : 0) + (theirs ? other.counts_[b] : 0));
    a += ours ? 1 : 0;
    b += theirs ? 1 : 0;
  }
  both.customers_ = customers_ + other.customers_;
  *this = std::move(both);
}

}  // namespace regulars::models
