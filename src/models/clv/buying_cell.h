// What buy-till-you-die models see of a customer, and a table of it in which equal customers are
// counted once. Such tables are sufficient for the fit and add up: parts made on other days or
// other machines give, merged, exactly the table of the whole.
//
// Thread-safety: a table is safe for concurrent reading.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace regulars::models {

// x repeat purchases after the first, the last of them t_x time units after the first (0 when
// x = 0), watched until T units after the first. In discrete models (BG/BB) t_x and T count
// opportunities. 0 <= t_x <= T; x > 0 needs t_x > 0.
struct BuyingCell {
  double x = 0;
  double t_x = 0;
  double T = 0;
  bool operator==(const BuyingCell&) const = default;
};

// kBadData naming the customer (its index) when her numbers are impossible or not finite.
Result<void> check_cell(const BuyingCell& cell, size_t index);

class CellTable {
 public:
  CellTable() = default;
  // Errors as of check_cell.
  static Result<CellTable> of(std::span<const BuyingCell> customers);
  // One count to a cell; empty: each once.
  static Result<CellTable> of_counted(std::span<const BuyingCell> cells,
                                      std::span<const uint64_t> counts);

  void merge(const CellTable& other);

  // Different cells in ascending order of (x, t_x, T), and how many customers each has.
  const std::vector<BuyingCell>& cells() const { return cells_; }
  const std::vector<uint64_t>& counts() const { return counts_; }
  size_t size() const { return cells_.size(); }
  uint64_t customers() const { return customers_; }

 private:
  static CellTable of_different(const std::vector<BuyingCell>& cells,
                                const std::vector<uint64_t>& counts);

  std::vector<BuyingCell> cells_;
  std::vector<uint64_t> counts_;
  uint64_t customers_ = 0;
};

}  // namespace regulars::models
