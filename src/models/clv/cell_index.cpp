#include "models/clv/cell_index.h"

#include <bit>

#include "base/random.h"

namespace regulars::models {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

uint64_t hash_of(const BuyingCell& cell) {
  // Adding 0 makes one zero of the two.
  const auto bits = [](double v) { return std::bit_cast<uint64_t>(v + 0.0); };
  return mix(bits(cell.x) + mix(bits(cell.t_x) + mix(bits(cell.T))));
}

// Open addressing with linear steps, at most half full.
class Places {
 public:
  explicit Places(const std::vector<BuyingCell>& cells) : cells_(cells), slots_(1024, kNone) {}

  // The slot of this cell, or an empty one.
  uint32_t& slot(const BuyingCell& cell) {
    size_t i = hash_of(cell) & (slots_.size() - 1);
    while (slots_[i] != kNone && cells_[slots_[i]] != cell) i = (i + 1) & (slots_.size() - 1);
    return slots_[i];
  }
  void grow_beyond_half() {
    if (2 * cells_.size() < slots_.size()) return;
    slots_.assign(4 * slots_.size(), kNone);
    for (size_t i = 0; i < cells_.size(); ++i) slot(cells_[i]) = static_cast<uint32_t>(i);
  }

 private:
  const std::vector<BuyingCell>& cells_;
  std::vector<uint32_t> slots_;
};

}  // namespace

CellIndex index_cells(std::span<const BuyingCell> customers) {
  CellIndex index;
  index.cell_of.reserve(customers.size());
  Places places(index.cells);
  for (const BuyingCell& cell : customers) {
    uint32_t& place = places.slot(cell);
    if (place != kNone) {
      index.cell_of.push_back(place);
      continue;
    }
    place = static_cast<uint32_t>(index.cells.size());
    index.cell_of.push_back(place);
    index.cells.push_back(cell);
    places.grow_beyond_half();
  }
  return index;
}

}  // namespace regulars::models
