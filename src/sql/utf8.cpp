#include "sql/utf8.h"

#include <cstdint>
#include <cstring>

namespace regulars::sql {
namespace {

// Bytes of a sequence by its first byte, 0 when no sequence begins so; `low` and `high` bound the
// second byte.
size_t sequence_length(uint8_t first, uint8_t& low, uint8_t& high) {
  low = 0x80;
  high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    return 4;
  }
  return 0;
}

size_t ascii_prefix(std::string_view text, size_t from) {
  while (from + 8 <= text.size()) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + from, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
    from += 8;
  }
  while (from < text.size() && static_cast<uint8_t>(text[from]) < 0x80) ++from;
  return from;
}

}  // namespace

bool is_utf8(std::string_view text) {
  size_t at = 0;
  while ((at = ascii_prefix(text, at)) < text.size()) {
    uint8_t low = 0;
    uint8_t high = 0;
    const size_t length = sequence_length(static_cast<uint8_t>(text[at]), low, high);
    if (length == 0 || at + length > text.size()) return false;
    for (size_t i = 1; i < length; ++i) {
      const auto byte = static_cast<uint8_t>(text[at + i]);
      if (byte < low || byte > high) return false;
      low = 0x80;
      high = 0xBF;
    }
    at += length;
  }
  return true;
}

}  // namespace regulars::sql
