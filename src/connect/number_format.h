// Numbers as people and programs write them: decimal point or comma, thousands marks (comma, point,
// space, no-break space, apostrophe), currency signs and codes, percent, a trailing minus,
// parentheses for negatives, exponents. What the marks mean is decided from a whole column: one
// cell "1,234" cannot say.
//
// Thread-safety: plain functions and values.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "data/source_spec.h"

namespace regulars::connect {

// units * 10^-scale, exact; digits beyond the 18th significant one after the point are cut.
struct Number {
  int64_t units = 0;
  int scale = 0;  // 0..18
};

// What one cell shows about the meaning of its marks.
enum NumberSign : uint8_t {
  kPointDecimal = 1,
  kCommaDecimal = 2,
  kPointThousands = 4,
  kCommaThousands = 8,
  kPointUnclear = 16,  // "1.234": one mark, three digits after it
  kCommaUnclear = 32,  // "1,234"
  kSpaceThousands = 64,
  kApostropheThousands = 128,
};

struct NumberLook {
  bool is_number = false;
  uint8_t signs = 0;  // NumberSign bits
  bool negative = false;
  bool point_zero = false;    // "17850.0": a whole number with an idle fraction
  bool leading_zero = false;  // "00123"
  bool exponent = false;      // "1.23E+12"
  bool percent = false;
  uint8_t decimals = 0;  // digits after the decimal mark, as the cell alone suggests
  uint8_t whole_digits = 0;
  double value = 0;           // as the cell alone suggests
  std::string_view currency;  // ISO code of the sign or code beside it, or empty
};

NumberLook look_at_number(std::string_view cell);

// How often each sign was seen in a column, or in several.
struct NumberEvidence {
  std::array<int64_t, 8> seen{};  // by bit of NumberSign
  void add(uint8_t signs, int64_t times);
  void add(const NumberEvidence& other);
  int64_t of(NumberSign sign) const;
};

struct NumberDecision {
  NumberFormat format;
  bool certain = false;      // some cell could be read in one way only
  bool ambiguous = false;    // every cell with a mark could be read in two ways
  bool conflicting = false;  // cells contradict each other; the majority decides
};
NumberDecision decide_number_format(const NumberEvidence& evidence);

// Reads a cell under a decided format: marks other than the decimal one must stand where thousands
// marks stand. Percent signs are ignored. False: not a number.
bool read_number(std::string_view cell, NumberFormat format, Number& out);

// A number in form, with more digits than 64 bits hold.
bool is_too_large(std::string_view cell, NumberFormat format);

// The number at a scale, rounded half-even; false when it leaves 64 bits.
bool to_scale(const Number& number, int scale, int64_t& units);

}  // namespace regulars::connect
