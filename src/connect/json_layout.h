// Where the objects of a JSON text lie.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace regulars::connect {

struct JsonLayout {
  bool in_array = false;  // objects separated by commas up to a ']'; else one after the other
  size_t start = 0;       // of the first object or what stands before it
  std::string member;     // {"orders": [...]}: the name of the array that was taken
};

// Position of the first byte that is not white space, or the text's size.
size_t skip_json_space(std::string_view text, size_t from);

// Position behind the object or array that begins at text[from]; npos when the text ends before.
// Only brackets and strings are looked at.
size_t find_json_end(std::string_view text, size_t from);

// `text` is the beginning of a file, or all of it; empty when it does not look like JSON objects.
std::optional<JsonLayout> find_json_layout(std::string_view text, bool complete);

}  // namespace regulars::connect
