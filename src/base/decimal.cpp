#include "base/decimal.h"

#include <array>
#include <cassert>
#include <limits>

namespace regulars {

int64_t power_of_ten(int exponent) {
  static constexpr auto kPowers = [] {
    std::array<int64_t, 19> powers{};
    int64_t power = 1;
    for (size_t i = 0; i < powers.size(); ++i) {
      powers[i] = power;
      if (i + 1 < powers.size()) power *= 10;
    }
    return powers;
  }();
  assert(exponent >= 0 && exponent < static_cast<int>(kPowers.size()));
  return kPowers[static_cast<size_t>(exponent)];
}

Result<int64_t> narrow(Int128 sum) {
  if (sum > std::numeric_limits<int64_t>::max() || sum < std::numeric_limits<int64_t>::min()) {
    return Error(ErrorCode::kOverflow, "a sum does not fit into 64 bits",
                 "Are the amounts in the right unit?");
  }
  return static_cast<int64_t>(sum);
}

Result<int64_t> rescale_half_even(Int128 units, int from_scale, int to_scale) {
  if (to_scale >= from_scale) return narrow(units * power_of_ten(to_scale - from_scale));
  const Int128 divisor = power_of_ten(from_scale - to_scale);
  Int128 quotient = units / divisor;
  const Int128 remainder = units % divisor;
  const Int128 twice = (remainder < 0 ? -remainder : remainder) * 2;
  const bool odd = quotient % 2 != 0;
  if (twice > divisor || (twice == divisor && odd)) quotient += units < 0 ? -1 : 1;
  return narrow(quotient);
}

Result<Decimal> Decimal::parse(std::string_view text) {
  const auto fail = [&] {
    return Error(ErrorCode::kBadData, "'" + std::string(text) + "' is not a decimal number");
  };
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (!rest.empty() && (rest.front() == '-' || rest.front() == '+')) rest.remove_prefix(1);
  Int128 units = 0;
  int scale = 0;
  bool point = false;
  bool digit = false;
  for (const char c : rest) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return fail();
    digit = true;
    if (point && scale == kMaxScale) {
      if (c != '0') return fail();
      continue;
    }
    units = units * 10 + (c - '0');
    if (units > std::numeric_limits<int64_t>::max()) return fail();
    if (point) ++scale;
  }
  if (!digit) return fail();
  return Decimal{static_cast<int64_t>(negative ? -units : units), scale};
}

namespace {

std::string digits_of(Decimal value, bool thousands) {
  const bool negative = value.units < 0;
  const uint64_t magnitude =
      negative ? ~static_cast<uint64_t>(value.units) + 1 : static_cast<uint64_t>(value.units);
  std::string digits = std::to_string(magnitude);
  const auto scale = static_cast<size_t>(value.scale);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  const size_t whole = digits.size() - scale;
  std::string text = negative ? "-" : "";
  for (size_t i = 0; i < whole; ++i) {
    if (thousands && i > 0 && (whole - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  if (scale > 0) text += "." + digits.substr(whole);
  return text;
}

}  // namespace

std::string Decimal::to_string() const { return digits_of(*this, false); }

double Decimal::to_double() const {
  return static_cast<double>(units) / static_cast<double>(power_of_ten(scale));
}

std::strong_ordering compare(Decimal a, Decimal b) {
  const int scale = a.scale > b.scale ? a.scale : b.scale;
  const Int128 left = Int128{a.units} * power_of_ten(scale - a.scale);
  const Int128 right = Int128{b.units} * power_of_ten(scale - b.scale);
  if (left < right) return std::strong_ordering::less;
  return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::string with_thousands(Decimal value) { return digits_of(value, true); }
std::string with_thousands(int64_t value) { return digits_of({value, 0}, true); }

}  // namespace regulars
