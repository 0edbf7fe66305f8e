#include "evaluate/kernels.h"

#include <algorithm>
#include <functional>

#include "base/vectorized.h"
#include "evaluate/number.h"

namespace regulars::evaluate::kernels {
namespace {

// Without branches: 0 or 2 where known, else 1.
template <class Test>
__attribute__((always_inline)) inline void compare_each(const int64_t* numbers, int64_t right,
                                                        Truth* out, size_t count, Test test) {
  for (size_t i = 0; i < count; ++i) {
    const unsigned truth = static_cast<unsigned>(test(numbers[i], right)) * 2U;
    out[i] = static_cast<Truth>(numbers[i] != kMissing ? truth : 1U);
  }
}

template <class Test>
__attribute__((always_inline)) inline void compare_pairs(const int64_t* left, const int64_t* right,
                                                         Truth* out, size_t count, Test test) {
  for (size_t i = 0; i < count; ++i) {
    const unsigned truth = static_cast<unsigned>(test(left[i], right[i])) * 2U;
    const bool unknown = (left[i] == kMissing) | (right[i] == kMissing);
    out[i] = static_cast<Truth>(unknown ? 1U : truth);
  }
}

}  // namespace

REGULARS_VECTORIZED
void compare(Op op, std::span<const int64_t> numbers, int64_t right, std::span<Truth> out) {
  const int64_t* x = numbers.data();
  Truth* to = out.data();
  const size_t n = out.size();
  switch (op) {
    case Op::kEqual:
      return compare_each(x, right, to, n, std::equal_to<>());
    case Op::kNotEqual:
      return compare_each(x, right, to, n, std::not_equal_to<>());
    case Op::kLess:
      return compare_each(x, right, to, n, std::less<>());
    case Op::kLessEqual:
      return compare_each(x, right, to, n, std::less_equal<>());
    case Op::kGreater:
      return compare_each(x, right, to, n, std::greater<>());
    default:
      return compare_each(x, right, to, n, std::greater_equal<>());
  }
}

REGULARS_VECTORIZED
void compare(Op op, std::span<const int64_t> left, std::span<const int64_t> right,
             std::span<Truth> out) {
  const int64_t* x = left.data();
  const int64_t* y = right.data();
  Truth* to = out.data();
  const size_t n = out.size();
  switch (op) {
    case Op::kEqual:
      return compare_pairs(x, y, to, n, std::equal_to<>());
    case Op::kNotEqual:
      return compare_pairs(x, y, to, n, std::not_equal_to<>());
    case Op::kLess:
      return compare_pairs(x, y, to, n, std::less<>());
    case Op::kLessEqual:
      return compare_pairs(x, y, to, n, std::less_equal<>());
    case Op::kGreater:
      return compare_pairs(x, y, to, n, std::greater<>());
    default:
      return compare_pairs(x, y, to, n, std::greater_equal<>());
  }
}

REGULARS_VECTORIZED
void add_later(std::span<const Instant> at, Instant instant, std::span<uint32_t> out) {
  const Instant* times = at.data();
  uint32_t* to = out.data();
  const size_t n = out.size();
  for (size_t i = 0; i < n; ++i) to[i] += instant.micros < times[i].micros ? 1 : 0;
}

REGULARS_VECTORIZED
void raise_rows(std::span<uint32_t> table, std::span<const uint32_t> first) {
  const size_t width = first.size();
  const uint32_t* before = first.data();
  for (size_t row = 0; row < table.size(); row += width) {
    uint32_t* own = table.data() + row;
    for (size_t c = 0; c < width; ++c) own[c] = std::max(own[c], before[c]);
    before = own;
  }
}

REGULARS_VECTORIZED
void largest_of_columns(std::span<const uint32_t> table, std::span<uint32_t> most) {
  const size_t width = most.size();
  uint32_t* to = most.data();
  for (size_t row = 0; row < table.size(); row += width) {
    const uint32_t* own = table.data() + row;
    for (size_t c = 0; c < width; ++c) to[c] = std::max(to[c], own[c]);
  }
}

REGULARS_VECTORIZED
void lengths(std::span<const uint32_t> begin, std::span<const uint32_t> end,
             std::span<int64_t> out) {
  const uint32_t* from = begin.data();
  const uint32_t* upto = end.data();
  int64_t* to = out.data();
  const size_t n = out.size();
  for (size_t c = 0; c < n; ++c) to[c] = upto[c] - from[c];
}

REGULARS_VECTORIZED
void differences(std::span<const uint64_t> running, std::span<const uint32_t> begin,
                 std::span<const uint32_t> end, std::span<int64_t> out) {
  const uint64_t* sums = running.data();
  const uint32_t* from = begin.data();
  const uint32_t* upto = end.data();
  int64_t* to = out.data();
  const size_t n = out.size();
  for (size_t c = 0; c < n; ++c) to[c] = static_cast<int64_t>(sums[upto[c]] - sums[from[c]]);
}

REGULARS_VECTORIZED
void split(std::span<const Truth> truths, uint8_t* flags, uint8_t* known) {
  const Truth* from = truths.data();
  const size_t n = truths.size();
  for (size_t i = 0; i < n; ++i) {
    flags[i] = from[i] == kTrue ? 1 : 0;
    known[i] = from[i] == kUnknownTruth ? 0 : 1;
  }
}

REGULARS_VECTORIZED
void split(std::span<const int64_t> numbers, int64_t* values, uint8_t* known) {
  const int64_t* from = numbers.data();
  const size_t n = numbers.size();
  for (size_t i = 0; i < n; ++i) {
    values[i] = from[i] == kMissing ? 0 : from[i];
    known[i] = from[i] == kMissing ? 0 : 1;
  }
}

}  // namespace regulars::evaluate::kernels
