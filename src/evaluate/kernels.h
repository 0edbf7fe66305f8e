// Private to evaluate: the loops in which batch evaluation spends its time, over plain arrays.
#pragma once

#include <cstdint>
#include <span>

#include "evaluate/expression.h"
#include "evaluate/vector.h"

namespace regulars::evaluate::kernels {

// out[i] = numbers[i] op right, unknown where the number is kMissing; right is known.
void compare(Op op, std::span<const int64_t> numbers, int64_t right, std::span<Truth> out);
// The same with a number for each, unknown where either is.
void compare(Op op, std::span<const int64_t> left, std::span<const int64_t> right,
             std::span<Truth> out);

// out[i] += instant < at[i]
void add_later(std::span<const Instant> at, Instant instant, std::span<uint32_t> out);

// The table's rows are as long as `first`: each element becomes the largest of it, those above it
// and first's.
void raise_rows(std::span<uint32_t> table, std::span<const uint32_t> first);
// The largest of each column and of what is in `most` already.
void largest_of_columns(std::span<const uint32_t> table, std::span<uint32_t> most);

// out[c] = end[c] - begin[c]
void lengths(std::span<const uint32_t> begin, std::span<const uint32_t> end,
             std::span<int64_t> out);
// out[c] = running[end[c]] - running[begin[c]]
void differences(std::span<const uint64_t> running, std::span<const uint32_t> begin,
                 std::span<const uint32_t> end, std::span<int64_t> out);

// Flags and whether they are known, of truths; numbers (0 where unknown) likewise.
void split(std::span<const Truth> truths, uint8_t* flags, uint8_t* known);
void split(std::span<const int64_t> numbers, int64_t* values, uint8_t* known);

}  // namespace regulars::evaluate::kernels
