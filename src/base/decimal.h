// Exact decimal numbers: a 64-bit count of units of 10^-scale. Amounts of money, quantities and
// decimal attributes use this type or, in columns, its units with the scale declared once.
// No binary floating point takes part in any sum.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace regulars {

__extension__ using Int128 = __int128;

constexpr int kMaxScale = 6;

// 10^exponent for exponent in 0..18.
int64_t power_of_ten(int exponent);

struct Decimal {
  int64_t units = 0;
  int scale = 0;  // 0..kMaxScale digits after the point

  // Plain form only: optional sign, digits, optional point and digits ("-12.50"). Text of a file
  // goes through connect/number_format.h, which knows thousands marks and decimal commas.
  static Result<Decimal> parse(std::string_view text);

  // Exactly `scale` digits after the point: {1250, 2} is "12.50".
  std::string to_string() const;
  double to_double() const;
};

// Compares values, not representations: 1.5 == 1.50.
std::strong_ordering compare(Decimal a, Decimal b);

// units * 10^-from_scale rounded half to even at to_scale; kOverflow when it leaves 64 bits.
Result<int64_t> rescale_half_even(Int128 units, int from_scale, int to_scale);

// Narrows a 128-bit sum; kOverflow when it leaves 64 bits.
Result<int64_t> narrow(Int128 sum);

// "8,911,407.90": for people. Files carry Decimal::to_string.
std::string with_thousands(Decimal value);
std::string with_thousands(int64_t value);

}  // namespace regulars
