// Small helpers on the text of cells and column names: trimming, folding of case and accents.
// All texts are UTF-8.
//
// Thread-safety: plain functions.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace regulars::connect {

// Without spaces, tabs, line ends and no-break spaces at both ends.
std::string_view trimmed(std::string_view text);

// Lower case, accents of Latin letters removed. The German umlauts and sharp s are written out as
// people without the keys do: ae, oe, ue, ss.
std::string folded(std::string_view text);

// ASCII letters only; for e-mail addresses and statuses.
void lower_ascii(std::string_view text, std::string& out);

// A column name as words: "CustomerID" -> customer, id; "Lineitem_price (EUR)" -> lineitem, price,
// eur. Folded; digits stay with their letters.
std::vector<std::string> words_of(std::string_view name);

// True where a cell says nothing: empty, or one of the ways programs write an absent value ("NULL",
// "NA", "N/A", "None", "nan", "NaT", "\N", "#N/A", "-").
bool says_nothing(std::string_view cell);

// "a, b and c".
std::string enumerate(const std::vector<std::string>& parts);

// Cut to at most `most` bytes at a letter's edge, with "..." where something was cut.
std::string shortened(std::string_view text, size_t most);

// A fast 64-bit hash of a cell, not stable across versions: for counting within one run.
inline uint64_t quick_hash(std::string_view text) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15ULL;
  const auto fold = [](uint64_t a, uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide{a} * b;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  };
  const char* bytes = text.data();
  size_t left = text.size();
  uint64_t hash = 0x2545F4914F6CDD1DULL ^ (left * kFactor);
  uint64_t word = 0;
  for (; left >= 8; left -= 8, bytes += 8) {
    std::memcpy(&word, bytes, 8);
    hash = fold(hash ^ word, kFactor);
  }
  word = 0;
  if (left > 0) std::memcpy(&word, bytes, left);
  return fold(hash ^ word ^ 0xD6E8FEB86659FD93ULL, kFactor | 1);
}

}  // namespace regulars::connect
