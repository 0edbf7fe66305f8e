#include "evaluate/text_ops.h"

#include <re2/re2.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "evaluate/expression.h"

namespace regulars::evaluate {
namespace {

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string result;
  text.toUTF8String(result);
  return result;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

// Decomposed, without marks.
icu::UnicodeString stripped(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decomposition = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) return text;  // the data is linked in: cannot happen
  const icu::UnicodeString parts = decomposition->normalize(text, status);
  icu::UnicodeString result;
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const UChar32 c = parts.char32At(i);
    if ((U_GET_GC_MASK(c) & U_GC_M_MASK) == 0) result.append(c);
  }
  return result;
}

// Where the character after the one at i begins.
size_t after_character(std::string_view text, size_t i) {
  ++i;
  while (i < text.size() && (text[i] & 0xC0) == 0x80) ++i;
  return i;
}

std::string_view next_part(std::string_view& version) {
  const size_t end = std::min(version.find('.'), version.size());
  const std::string_view part = version.substr(0, end);
  version.remove_prefix(std::min(end + 1, version.size()));
  return part;
}

// The digits a part begins with, without leading zeros; they are taken from the part.
std::string_view leading_number(std::string_view& part) {
  size_t end = 0;
  while (end < part.size() && part[end] >= '0' && part[end] <= '9') ++end;
  std::string_view digits = part.substr(0, end);
  part.remove_prefix(end);
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

int sign(int order) { return (order > 0) - (order < 0); }

int compare_parts(std::string_view a, std::string_view b) {
  const std::string_view x = leading_number(a);
  const std::string_view y = leading_number(b);
  if (x.size() != y.size()) return x.size() < y.size() ? -1 : 1;
  if (const int order = x.compare(y); order != 0) return sign(order);
  return sign(a.compare(b));
}

}  // namespace

std::string lower_text(std::string_view text) {
  if (is_ascii(text)) return lower_ascii(text);
  return to_utf8(from_utf8(text).toLower(icu::Locale::getRoot()));
}

std::string folded_text(std::string_view text) {
  if (is_ascii(text)) return lower_ascii(text);
  icu::UnicodeString folded = stripped(from_utf8(text)).foldCase(U_FOLD_CASE_DEFAULT);
  return to_utf8(stripped(folded));  // folding may bring forth marks
}

int64_t code_points(std::string_view text) {
  int64_t count = 0;
  for (size_t i = 0; i < text.size(); i = after_character(text, i)) ++count;
  return count;
}

bool is_like(std::string_view text, std::string_view pattern) {
  size_t t = 0;
  size_t p = 0;
  // Where to go on after the latest %: it takes one character more each time.
  size_t retry_text = 0;
  size_t retry_pattern = std::string_view::npos;
  while (t < text.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '%') {
      retry_text = t;
      retry_pattern = ++p;
      continue;
    }
    if (p < pattern.size() && t < text.size()) {
      if (pattern[p] == '_') {
        t = after_character(text, t);
        ++p;
        continue;
      }
      const size_t exact = pattern[p] == '\\' && p + 1 < pattern.size() ? p + 1 : p;
      if (pattern[exact] == text[t]) {
        ++t;
        p = exact + 1;
        continue;
      }
    }
    if (retry_pattern == std::string_view::npos || retry_text >= text.size()) return false;
    retry_text = after_character(text, retry_text);
    t = retry_text;
    p = retry_pattern;
  }
  return true;
}

int compare_versions(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    if (const int order = compare_parts(next_part(a), next_part(b)); order != 0) return order;
  }
  return 0;
}

bool has_element(std::string_view set, std::string_view element) {
  while (!set.empty()) {
    const size_t end = std::min(set.find(kSetSeparator), set.size());
    if (set.substr(0, end) == element) return true;
    set.remove_prefix(std::min(end + 1, set.size()));
  }
  return false;
}

int64_t set_size(std::string_view set) {
  return set.empty() ? 0 : 1 + std::count(set.begin(), set.end(), kSetSeparator);
}

Pattern::Pattern(std::shared_ptr<const re2::RE2> expression) : expression_(std::move(expression)) {}

Result<Pattern> Pattern::make(const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  auto expression = std::make_shared<const RE2>(pattern, options);
  if (!expression->ok()) {
    return Error(ErrorCode::kBadDefinition,
                 "'" + pattern + "' is no regular expression: " + expression->error(),
                 "The syntax is that of RE2; for plain parts of a text there is contains.");
  }
  return Pattern(std::move(expression));
}

bool Pattern::found_in(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *expression_);
}

}  // namespace regulars::evaluate
