#include "connect/text.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace regulars::connect {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; }

// Bytes of the no-break space at the front or back of a text: 2 for U+00A0, 3 for U+202F, else 0.
size_t no_break_space(std::string_view text, bool front) {
  for (const std::string_view space : {"\xC2\xA0", "\xE2\x80\xAF"}) {
    if (front ? text.starts_with(space) : text.ends_with(space)) return space.size();
  }
  return 0;
}

// The Latin-1 supplement, U+00C0..U+00FF, without case and accents.
constexpr std::array<std::string_view, 64> kLatin1 = {
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o", "oe", "x", "o", "u", "u", "u", "ue", "y", "th", "ss",
    "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",
    "d", "n", "o", "o", "o",  "o", "oe", "-", "o", "u", "u", "u", "ue", "y", "th", "y"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A word begins at an upper letter after a lower one ("orderId") and at the last of several upper
// letters before a lower one ("SKUCode").
bool begins_word(std::string_view name, size_t i) {
  if (i == 0 || !is_upper(name[i])) return false;
  if (is_lower(name[i - 1]) || is_digit(name[i - 1])) return true;
  return is_upper(name[i - 1]) && i + 1 < name.size() && is_lower(name[i + 1]);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  for (bool again = true; again && !text.empty();) {
    again = false;
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    if (text.empty() || (text.front() >= 0 && text.back() >= 0)) break;
    if (const size_t n = no_break_space(text, true); n > 0) text.remove_prefix(n), again = true;
    if (const size_t n = no_break_space(text, false); n > 0) text.remove_suffix(n), again = true;
  }
  return text;
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const unsigned next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    if (c == 0xC3 && next >= 0x80 && next < 0xC0) {
      out += kLatin1[next - 0x80];
      ++i;
    } else {
      out += lower(text[i]);
    }
  }
  return out;
}

void lower_ascii(std::string_view text, std::string& out) {
  out.resize(text.size());
  std::transform(text.begin(), text.end(), out.begin(), lower);
}

std::vector<std::string> words_of(std::string_view name) {
  std::string spaced;
  for (size_t i = 0; i < name.size(); ++i) {
    if (begins_word(name, i)) spaced += ' ';
    spaced += name[i];
  }
  std::vector<std::string> words;
  std::string word;
  for (const char c : folded(spaced)) {
    if (is_lower(c) || is_digit(c) || c < 0 || c == '$' || c == '#') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

bool says_nothing(std::string_view cell) {
  if (cell.size() > 8) return trimmed(cell).empty();
  const std::string_view text = trimmed(cell);
  if (text.empty()) return true;
  // Most cells leave here, without a copy.
  constexpr std::string_view kFirst = "nN\\#-(";
  if (kFirst.find(text.front()) == std::string_view::npos) return false;
  char small[8];
  std::transform(text.begin(), text.end(), small, lower);
  const std::string_view low(small, text.size());
  constexpr std::array<std::string_view, 14> kNothing = {"null", "na",  "n/a",    "none", "nan",
                                                         "nat",  "nil", "\\n",    "#n/a", "#na",
                                                         "-",    "--",  "(null)", "n.a."};
  return std::find(kNothing.begin(), kNothing.end(), low) != kNothing.end();
}

std::string enumerate(const std::vector<std::string>& parts) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

std::string shortened(std::string_view text, size_t most) {
  if (text.size() <= most) return std::string(text);
  size_t end = most > 3 ? most - 3 : 0;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace regulars::connect
