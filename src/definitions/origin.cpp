#include <algorithm>

#include "definitions/definitions.h"

namespace regulars::definitions {
namespace {

bool continues_a_character(char byte) { return (static_cast<uint8_t>(byte) & 0xC0U) == 0x80U; }

// Characters of text[from, to).
uint32_t characters(std::string_view text, size_t from, size_t to) {
  const std::string_view part = text.substr(from, to - from);
  return static_cast<uint32_t>(
      std::count_if(part.begin(), part.end(), [](char c) { return !continues_a_character(c); }));
}

// Byte offset of a line and column (characters), both from 1.
size_t offset_of(std::string_view text, uint64_t line, uint32_t column) {
  size_t at = 0;
  for (uint64_t l = 1; l < line; ++l) {
    const size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  for (uint32_t c = 1; c < column && at < text.size() && text[at] != '\n'; ++c) {
    do ++at;
    while (at < text.size() && continues_a_character(text[at]));
  }
  return at;
}

}  // namespace

Place place_in_file(const Place& start, const TextOrigin& origin, std::string_view text,
                    size_t offset) {
  offset = std::min(offset, text.size());
  const size_t previous_break = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const size_t line_start = previous_break == std::string_view::npos ? 0 : previous_break + 1;
  Place place = start;
  if (origin.pieces.empty()) {
    const auto before = text.substr(0, line_start);
    place.line += static_cast<uint64_t>(std::count(before.begin(), before.end(), '\n'));
    if (line_start > 0) place.column = 1;
    place.column += characters(text, line_start, offset);
    return place;
  }
  auto piece = std::upper_bound(
      origin.pieces.begin(), origin.pieces.end(), offset,
      [](size_t wanted, const TextOrigin::Piece& one) { return wanted < one.offset; });
  if (piece != origin.pieces.begin()) --piece;
  place.line = piece->line;
  place.column = piece->column;
  if (offset > piece->offset) place.column += characters(text, piece->offset, offset);
  return place;
}

Error moved_to_file(Error error, const Place& start, const TextOrigin& origin,
                    std::string_view text) {
  const Place inside = error.place();
  if (inside.line == 0) return std::move(error).at(start);
  return std::move(error).at(
      place_in_file(start, origin, text, offset_of(text, inside.line, inside.column)));
}

}  // namespace regulars::definitions
