// What numbers mean, one value at a time: exact arithmetic over whole units, and the single
// division that makes a real number.
#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <limits>
#include <span>

#include "base/decimal.h"
#include "data/column.h"

namespace regulars::evaluate {

constexpr double kUnknownReal = std::numeric_limits<double>::quiet_NaN();

// kMissing marks the unknown, so it is no number either.
inline bool is_storable(Int128 value) {
  return value > std::numeric_limits<int64_t>::min() &&
         value <= std::numeric_limits<int64_t>::max();
}

inline Error overflow(const char* what) {
  return Error(ErrorCode::kOverflow, std::string(what) + " does not fit into 64 bits",
               "Are the amounts in the right unit?");
}

inline Int128 rescaled_up(int64_t units, int from_scale, int to_scale) {
  return Int128{units} * power_of_ten(to_scale - from_scale);
}

inline double to_real(int64_t units, int scale) {
  return static_cast<double>(units) / static_cast<double>(power_of_ten(scale));
}

// units / (divisor * 10^scale) in one division of exact integers.
inline double quotient(Int128 units, int64_t divisor, int scale) {
  return static_cast<double>(units) / static_cast<double>(Int128{divisor} * power_of_ten(scale));
}

// a / b of decimals; b must not be zero.
inline double quotient(int64_t a, int a_scale, int64_t b, int b_scale) {
  const int scale = std::max(a_scale, b_scale);
  return static_cast<double>(rescaled_up(a, a_scale, scale)) /
         static_cast<double>(rescaled_up(b, b_scale, scale));
}

inline std::strong_ordering compare_units(int64_t a, int a_scale, int64_t b, int b_scale) {
  if (a_scale == b_scale) return a <=> b;
  const int scale = std::max(a_scale, b_scale);
  const Int128 left = rescaled_up(a, a_scale, scale);
  const Int128 right = rescaled_up(b, b_scale, scale);
  if (left < right) return std::strong_ordering::less;
  return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

// Sample standard deviation of at least two positive numbers, divided by their mean.
inline double relative_spread(std::span<const double> numbers) {
  const auto count = static_cast<double>(numbers.size());
  double sum = 0;
  for (const double number : numbers) sum += number;
  const double mean = sum / count;
  double squares = 0;
  for (const double number : numbers) squares += (number - mean) * (number - mean);
  return std::sqrt(squares / (count - 1)) / mean;
}

// What is left of 1 after so many days.
inline double decay(int64_t days, int half_life_days) {
  return std::exp2(-static_cast<double>(days) / half_life_days);
}

// An overflowing or undefined real is unknown.
inline double finite_or_unknown(double value) {
  return std::isfinite(value) ? value : kUnknownReal;
}

// Whole days of 24 hours; rounds down, so an instant still to come is at least -1 days since.
inline int64_t days_between(int64_t from_micros, int64_t to_micros) {
  constexpr int64_t kDay = 86'400'000'000;
  int64_t elapsed = 0;
  if (!__builtin_sub_overflow(to_micros, from_micros, &elapsed)) {
    return elapsed / kDay - (elapsed % kDay < 0 ? 1 : 0);
  }
  const Int128 exact = Int128{to_micros} - from_micros;
  return static_cast<int64_t>(exact / kDay - (exact % kDay < 0 ? 1 : 0));
}

// Units of a scale as whole numbers: half away from zero, and down.
inline int64_t rounded(int64_t units, int scale) {
  const int64_t one = power_of_ten(scale);
  const int64_t rest = units % one;
  const int64_t away = rest >= one - rest ? 1 : rest <= -one - rest ? -1 : 0;
  return units / one + away;
}

inline int64_t floored(int64_t units, int scale) {
  const int64_t one = power_of_ten(scale);
  return units / one - (units % one < 0 ? 1 : 0);
}

// kMissing where the whole number does not fit into 64 bits.
inline int64_t whole_or_missing(double value) {
  constexpr double kLimit = 9'223'372'036'854'775'808.0;  // 2^63
  return value > -kLimit && value < kLimit ? static_cast<int64_t>(value) : kMissing;
}
inline int64_t rounded(double value) { return whole_or_missing(std::round(value)); }
inline int64_t floored(double value) { return whole_or_missing(std::floor(value)); }

}  // namespace regulars::evaluate
