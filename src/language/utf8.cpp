#include "language/utf8.h"

#include <algorithm>
#include <array>

namespace regulars::language {
namespace {

struct Range {
  char32_t first, last;
};

template <size_t N>
bool in_ranges(const std::array<Range, N>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
    return code >= range.first && code <= range.last;
  });
}

constexpr std::array<Range, 9> kWide = {{{0x1100, 0x115F},
                                         {0x2E80, 0x303E},
                                         {0x3041, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFE30, 0xFE6F},
                                         {0xFF00, 0xFF60},
                                         {0x1F300, 0x1FAFF},
                                         {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 6> kMarks = {{{0x0300, 0x036F},
                                          {0x1AB0, 0x1AFF},
                                          {0x200B, 0x200F},
                                          {0x20D0, 0x20FF},
                                          {0xFE00, 0xFE0F},
                                          {0xFE20, 0xFE2F}}};

// Beyond ASCII everything may stand in a name but punctuation, signs, private use and emoji.
constexpr std::array<Range, 14> kNotInNames = {{{0x80, 0xA9},
                                                {0xAB, 0xB4},
                                                {0xB6, 0xB9},
                                                {0xBB, 0xBF},
                                                {0xD7, 0xD7},
                                                {0xF7, 0xF7},
                                                {0x2000, 0x2BFF},
                                                {0x2E00, 0x2E7F},
                                                {0x3000, 0x303F},
                                                {0xD800, 0xF8FF},
                                                {0xFE00, 0xFE6F},
                                                {0xFF00, 0xFF20},
                                                {0xFFF0, 0xFFFF},
                                                {0x1F000, 0x1FAFF}}};

}  // namespace

Character character_at(std::string_view text, size_t offset) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  size_t bytes = 0;
  char32_t code = 0;
  char32_t least = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    bytes = 2, code = first & 0x1FU, least = 0x80;
  } else if (first >= 0xE0 && first <= 0xEF) {
    bytes = 3, code = first & 0x0FU, least = 0x800;
  } else if (first >= 0xF0 && first <= 0xF4) {
    bytes = 4, code = first & 0x07U, least = 0x10000;
  }
  if (bytes == 0 || offset + bytes > text.size()) return {first, 1, false};
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {first, 1, false};
    code = (code << 6) | (byte(i) & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < least || code > 0x10FFFF || surrogate) return {first, 1, false};
  return {code, bytes, true};
}

int width_of(char32_t code) {
  if (in_ranges(kMarks, code)) return 0;
  return in_ranges(kWide, code) ? 2 : 1;
}

bool begins_name(char32_t code) {
  if (code < 0x80) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_';
  }
  return !in_ranges(kNotInNames, code);
}

bool continues_name(char32_t code) { return begins_name(code) || (code >= '0' && code <= '9'); }

bool is_blank(char32_t code) {
  return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xA0 ||
         (code >= 0x2000 && code <= 0x200B) || code == 0x2028 || code == 0x2029 || code == 0x202F ||
         code == 0x3000 || code == 0xFEFF;
}

}  // namespace regulars::language
