#include "connect/json_layout.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace regulars::connect {
namespace {

constexpr auto kNone = std::string_view::npos;

// Names of the array that matters, when an object has several; best first.
constexpr std::array<std::string_view, 10> kUsualMembers = {
    "orders", "transactions", "purchases", "sales", "events",
    "data",   "results",      "records",   "rows",  "items"};

size_t rank_of(std::string_view name) {
  const auto* found = std::find(kUsualMembers.begin(), kUsualMembers.end(), name);
  return static_cast<size_t>(found - kUsualMembers.begin());
}

char at(std::string_view text, size_t position) {
  return position < text.size() ? text[position] : '\0';
}

// Behind the string at `from`, or npos.
size_t string_end(std::string_view text, size_t from) {
  for (size_t i = from + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return kNone;
}

size_t value_end(std::string_view text, size_t from) {
  if (at(text, from) == '"') return string_end(text, from);
  if (at(text, from) == '{' || at(text, from) == '[') return find_json_end(text, from);
  return text.find_first_of(",}", from);
}

// The members of the object at `from` that are arrays of objects, as far as the text goes; the one
// with the best name.
std::optional<JsonLayout> find_member(std::string_view text, size_t from) {
  std::optional<JsonLayout> best;
  size_t position = from;
  while (position < text.size() && (at(text, position) == '{' || at(text, position) == ',')) {
    const size_t name = skip_json_space(text, position + 1);
    if (at(text, name) != '"') break;
    const size_t name_end = string_end(text, name);
    if (name_end == kNone) break;
    const size_t colon = skip_json_space(text, name_end);
    const size_t value = skip_json_space(text, colon + 1);
    if (at(text, colon) != ':') break;
    const std::string member(text.substr(name + 1, name_end - name - 2));
    const bool objects =
        at(text, value) == '[' && at(text, skip_json_space(text, value + 1)) == '{';
    if (objects && (!best || rank_of(member) < rank_of(best->member))) {
      best = JsonLayout{.in_array = true, .start = value + 1, .member = member};
    }
    const size_t end = value_end(text, value);
    if (end == kNone) break;
    position = skip_json_space(text, end);
  }
  return best;
}

}  // namespace

size_t skip_json_space(std::string_view text, size_t from) {
  return std::min(text.find_first_not_of(" \t\n\r", from), text.size());
}

size_t find_json_end(std::string_view text, size_t from) {
  int64_t depth = 0;
  for (size_t i = from; i < text.size(); ++i) {
    switch (text[i]) {
      case '"': {
        const size_t end = string_end(text, i);
        if (end == kNone) return kNone;
        i = end - 1;
        break;
      }
      case '{':
      case '[':
        ++depth;
        break;
      case '}':
      case ']':
        if (--depth <= 0) return i + 1;
        break;
      default:
        break;
    }
  }
  return kNone;
}

std::optional<JsonLayout> find_json_layout(std::string_view text, bool complete) {
  const size_t first = skip_json_space(text, 0);
  const char inside = at(text, skip_json_space(text, first + 1));
  if (at(text, first) == '[') {
    if (inside != '{' && inside != ']') return std::nullopt;
    return JsonLayout{.in_array = true, .start = first + 1, .member = {}};
  }
  if (at(text, first) != '{' || (inside != '"' && inside != '}')) return std::nullopt;
  const JsonLayout sequence{.in_array = false, .start = first, .member = {}};
  const size_t end = find_json_end(text, first);
  const bool single = end == kNone || (complete && skip_json_space(text, end) == text.size());
  return single ? find_member(text, first).value_or(sequence) : sequence;
}

}  // namespace regulars::connect
