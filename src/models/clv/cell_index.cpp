#include "models/clv/cell_index.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/random.h"

namespace regulars::models {
namespace {

constexpr uint32_t kNone = UINT32_MAX;
// Customers whose places are fetched while those before are looked up: a table of millions of cells
// is not in the cache, and waiting for memory one by one costs three times the time.
constexpr size_t kAhead = 32;

uint64_t hash_of(const BuyingCell& cell) {
  // Adding 0 makes one zero of the two.
  const auto bits = [](double v) { return std::bit_cast<uint64_t>(v + 0.0); };
  constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;
  return mix((bits(cell.x) * kOdd + bits(cell.t_x)) * kOdd + bits(cell.T));
}

// Open addressing with linear steps, at most half full.
class Places {
 public:
  Places() : slots_(1024) {}

  void fetch(uint64_t hash) const { __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]); }

  // The cell's number, the next one when it is new.
  uint32_t number_of(const BuyingCell& cell, uint64_t hash) {
    Slot& slot = slot_of(cell, hash);
    if (slot.number != kNone) return slot.number;
    slot = {cell, count_++};
    const uint32_t number = slot.number;
    if (2 * size_t{count_} >= slots_.size()) grow();
    return number;
  }

 private:
  struct Slot {
    BuyingCell cell;
    uint32_t number = kNone;
  };

  Slot& slot_of(const BuyingCell& cell, uint64_t hash) {
    size_t i = hash & (slots_.size() - 1);
    while (slots_[i].number != kNone && slots_[i].cell != cell) i = (i + 1) & (slots_.size() - 1);
    return slots_[i];
  }
  void grow() {
    std::vector<Slot> before(4 * slots_.size());
    before.swap(slots_);
    for (const Slot& slot : before)
      if (slot.number != kNone) slot_of(slot.cell, hash_of(slot.cell)) = slot;
  }

  std::vector<Slot> slots_;
  uint32_t count_ = 0;
};

}  // namespace

CellIndex index_cells(std::span<const BuyingCell> customers) {
  CellIndex index;
  index.cell_of.resize(customers.size());
  Places places;
  std::array<uint64_t, kAhead> hashes{};
  for (size_t from = 0; from < customers.size(); from += kAhead) {
    const size_t some = std::min(kAhead, customers.size() - from);
    for (size_t i = 0; i < some; ++i) {
      hashes[i] = hash_of(customers[from + i]);
      places.fetch(hashes[i]);
    }
    for (size_t i = 0; i < some; ++i) {
      const BuyingCell& cell = customers[from + i];
      const uint32_t number = places.number_of(cell, hashes[i]);
      if (number == index.cells.size()) index.cells.push_back(cell);
      index.cell_of[from + i] = number;
    }
  }
  return index;
}

}  // namespace regulars::models
