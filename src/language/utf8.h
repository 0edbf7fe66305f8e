// Characters of a text: what a message counts and a name may hold.
#pragma once

#include <cstddef>
#include <string_view>

namespace regulars::language {

struct Character {
  char32_t code = 0;
  size_t bytes = 1;
  bool valid = false;  // otherwise one byte that is no part of UTF-8
};

// The character at `offset`, which must be inside the text.
Character character_at(std::string_view text, size_t offset);

// Columns of a terminal: 0 for combining marks, 2 for wide East Asian characters and emoji.
int width_of(char32_t code);

// ASCII letters, underscore, and letters of other scripts.
bool begins_name(char32_t code);
bool continues_name(char32_t code);

// Blanks and line ends, also those that word processors and web pages bring along.
bool is_blank(char32_t code);

}  // namespace regulars::language
