#include "connect/duplicates.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace regulars::connect {
namespace {

constexpr int kBucketBits = 10;

struct Entry {
  uint64_t hash;
  uint64_t row;
};

// Entries spread by their top bits, so that each bucket's table stays in the cache; within a
// bucket rows keep their order.
std::vector<Entry> spread(std::span<const uint64_t> hashes, std::vector<size_t>& begin) {
  begin.assign((size_t{1} << kBucketBits) + 1, 0);
  for (const uint64_t hash : hashes) ++begin[(hash >> (64 - kBucketBits)) + 1];
  for (size_t b = 1; b < begin.size(); ++b) begin[b] += begin[b - 1];
  std::vector<size_t> next(begin.begin(), begin.end() - 1);
  std::vector<Entry> entries(hashes.size());
  for (size_t row = 0; row < hashes.size(); ++row) {
    entries[next[hashes[row] >> (64 - kBucketBits)]++] = {hashes[row], row};
  }
  return entries;
}

}  // namespace

Repeats find_repeats(std::span<const uint64_t> row_hashes, bool mark_rows) {
  Repeats repeats;
  if (mark_rows) repeats.is_repeat.assign(row_hashes.size(), 0);
  std::vector<size_t> begin;
  const std::vector<Entry> entries = spread(row_hashes, begin);
  std::vector<uint64_t> table;
  for (size_t b = 0; b + 1 < begin.size(); ++b) {
    const size_t count = begin[b + 1] - begin[b];
    if (count < 2) continue;
    table.assign(std::bit_ceil(count * 2), 0);
    bool zero_seen = false;  // a hash of 0 cannot be told from a free place
    for (size_t i = begin[b]; i < begin[b + 1]; ++i) {
      const uint64_t hash = entries[i].hash;
      size_t place = hash & (table.size() - 1);
      while (table[place] != 0 && table[place] != hash) place = (place + 1) & (table.size() - 1);
      const bool repeat = hash == 0 ? std::exchange(zero_seen, true) : table[place] == hash;
      table[place] = hash;
      if (!repeat) continue;
      ++repeats.count;
      if (mark_rows) repeats.is_repeat[entries[i].row] = 1;
    }
  }
  return repeats;
}

}  // namespace regulars::connect
