#include "models/clv/buying_cell.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace regulars::models {
namespace {

auto in_order(const BuyingCell& cell) { return std::tie(cell.x, cell.t_x, cell.T); }

Result<void> check(const BuyingCell& cell, size_t index) {
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

}  // namespace

Result<CellTable> CellTable::of(std::span<const BuyingCell> customers) {
  return of_counted(customers, std::vector<uint64_t>(customers.size(), 1));
}

Result<CellTable> CellTable::of_counted(std::span<const BuyingCell> cells,
                                        std::span<const uint64_t> counts) {
  struct Row {  // sorted as a whole: reaching for cells by their index costs twice the time
    BuyingCell cell;
    uint64_t count;
  };
  std::vector<Row> rows;
  rows.reserve(cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    if (Result<void> checked = check(cells[i], i); !checked) return checked.error();
    if (counts[i] > 0) rows.push_back({cells[i], counts[i]});
  }
  std::ranges::sort(rows,
                    [](const Row& a, const Row& b) { return in_order(a.cell) < in_order(b.cell); });
  CellTable table;
  for (const Row& row : rows) {
    if (table.cells_.empty() || table.cells_.back() != row.cell) {
      table.cells_.push_back(row.cell);
      table.counts_.push_back(0);
    }
    table.counts_.back() += row.count;
    table.customers_ += row.count;
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
