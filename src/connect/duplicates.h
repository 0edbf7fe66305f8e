// Rows that repeat an earlier row in every column, found by 64-bit hashes of whole rows (two
// different rows among five million share a hash with probability below 1e-6).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace regulars::connect {

struct Repeats {
  int64_t count = 0;
  std::vector<uint8_t> is_repeat;  // per row; empty unless asked for
};

Repeats find_repeats(std::span<const uint64_t> row_hashes, bool mark_rows);

}  // namespace regulars::connect
