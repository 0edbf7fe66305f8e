#include "language/words.h"

#include <algorithm>

#include "language/utf8.h"

namespace regulars::language {
namespace {

constexpr std::array<std::string_view, 8> kUnits = {"second", "minute", "hour",    "day",
                                                    "week",   "month",  "quarter", "year"};

struct Operator {
  std::string_view text;
  Binding binding;
};
constexpr std::array<Operator, 15> kOperators = {{
    {"=", Binding::kComparison},
    {"!=", Binding::kComparison},
    {"<", Binding::kComparison},
    {"<=", Binding::kComparison},
    {">", Binding::kComparison},
    {">=", Binding::kComparison},
    {"like", Binding::kComparison},
    {"matches", Binding::kComparison},
    {"contains", Binding::kComparison},
    {"starts with", Binding::kComparison},
    {"ends with", Binding::kComparison},
    {"+", Binding::kSum},
    {"-", Binding::kSum},
    {"*", Binding::kProduct},
    {"/", Binding::kProduct},
}};

// The end of the word that begins at `offset`; `offset` itself when none does.
size_t end_of_word(std::string_view text, size_t offset) {
  size_t at = offset;
  while (at < text.size()) {
    const Character character = character_at(text, at);
    if (!character.valid) break;
    if (!(at == offset ? begins_name(character.code) : continues_name(character.code))) break;
    at += character.bytes;
  }
  return at;
}

}  // namespace

const std::vector<std::string>& reserved_words() {
  static const std::vector<std::string> reserved = {
      "and",  "as",   "between", "contains", "distinct", "else",  "false", "has",
      "if",   "in",   "is",      "like",     "matches",  "not",   "null",  "or",
      "over", "then", "true",    "unknown",  "where",    "within"};
  return reserved;
}

bool is_reserved(std::string_view lower_case) {
  const auto& words = reserved_words();
  return std::find(words.begin(), words.end(), lower_case) != words.end();
}

bool is_name(std::string_view text) {
  const size_t first = end_of_word(text, 0);
  if (first == 0) return false;
  size_t at = first;
  while (at < text.size()) {
    if (text[at] != '.') return false;
    const size_t next = end_of_word(text, at + 1);
    if (next == at + 1) return false;
    at = next;
  }
  return first < text.size() || !is_reserved(lower(text));
}

bool is_plain_name(std::string_view text) {
  return text.find('.') == std::string_view::npos && is_name(text);
}

bool is_call_name(std::string_view text) { return is_name(text) && lower(text) != "sequence"; }

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string call_name(std::string_view name) {
  const size_t point = name.rfind('.');
  const size_t begin = point == std::string_view::npos ? 0 : point + 1;
  return std::string(name.substr(0, begin)) + lower(name.substr(begin));
}

std::optional<Unit> unit_of(std::string_view word) {
  if (!word.empty() && word.back() == 's') word.remove_suffix(1);
  const auto* found = std::find(kUnits.begin(), kUnits.end(), word);
  if (found == kUnits.end()) return std::nullopt;
  return static_cast<Unit>(found - kUnits.begin());
}

std::string_view name_of(Unit unit) { return kUnits.at(static_cast<size_t>(unit)); }

const std::vector<std::string>& unit_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const std::string_view unit : kUnits) all.push_back(std::string(unit) + 's');
    for (const std::string_view unit : kUnits) all.emplace_back(unit);
    return all;
  }();
  return words;
}

std::string_view length_unit_of(std::string_view word) {
  if (word == "m") return "m";
  if (word == "km") return "km";
  if (word == "mile" || word == "miles") return "miles";
  return {};
}

Binding binding_of(std::string_view op) {
  for (const Operator& known : kOperators) {
    if (known.text == op) return known.binding;
  }
  return Binding::kNone;
}

bool is_text_operator(std::string_view op) {
  return binding_of(op) == Binding::kComparison && op[0] >= 'a';
}

bool is_writable_text(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const Character character = character_at(text, i);
    if (!character.valid || character.code == 0x7F) return false;
    if (character.code < 0x20 && character.code != '\t') return false;
    i += character.bytes;
  }
  return true;
}

}  // namespace regulars::language
