// Where an error stands: line, column, and the line itself with a caret under the part meant.
#include <algorithm>

#include "language/parse.h"
#include "language/utf8.h"

namespace regulars::language {
namespace {

constexpr size_t kLongestShown = 90;  // characters of a line
constexpr size_t kShownBefore = 50;   // of them before the caret, when the line is longer

// One character as it is shown: no control characters, no broken bytes.
void show(std::string_view text, size_t offset, const Character& character, std::string& out) {
  if (!character.valid) {
    out += "\xEF\xBF\xBD";
  } else if (character.code < 0x20 || character.code == 0x7F) {
    out += character.code == '\t' ? " " : "\xEF\xBF\xBD";
  } else {
    out += text.substr(offset, character.bytes);
  }
}

struct Line {
  size_t begin = 0, end = 0;
  uint64_t number = 1;
};

Line line_of(std::string_view text, size_t offset) {
  Line line;
  for (size_t i = 0; i < offset; ++i) {
    if (text[i] == '\n') line = {i + 1, 0, line.number + 1};
  }
  line.end = std::min(text.find('\n', line.begin), text.size());
  if (line.end > line.begin && text[line.end - 1] == '\r' && offset < line.end) --line.end;
  return line;
}

// The line and, below it, the carets.
std::string with_caret(std::string_view text, const Line& line, Extent extent) {
  std::vector<size_t> offsets;  // of the line's characters, and its end
  size_t at_begin = 0;          // numbers of characters
  size_t at_end = 0;
  for (size_t i = line.begin; i < line.end; i += character_at(text, i).bytes) {
    if (i < extent.begin) at_begin = offsets.size() + 1;
    if (i < extent.end) at_end = offsets.size() + 1;
    offsets.push_back(i);
  }
  size_t first = 0;
  size_t last = offsets.size();
  if (last > kLongestShown) {
    first = at_begin > kShownBefore ? at_begin - kShownBefore : 0;
    first = std::min(first, last - kLongestShown);
    last = first + kLongestShown;
  }
  std::string shown = first > 0 ? "..." : "";
  std::string carets(shown.size(), ' ');
  for (size_t i = first; i < last; ++i) {
    const Character character = character_at(text, offsets[i]);
    show(text, offsets[i], character, shown);
    const auto width = static_cast<size_t>(width_of(character.code));
    if (i < at_end) carets.append(width, i < at_begin ? ' ' : '^');
  }
  if (at_begin >= at_end) carets += '^';
  if (last < offsets.size()) shown += "...";
  return shown + '\n' + carets;
}

}  // namespace

Error error_at(std::string_view text, Extent extent, std::string message, const std::string& hint) {
  extent.begin = std::min(extent.begin, static_cast<uint32_t>(text.size()));
  extent.end = std::min(std::max(extent.end, extent.begin), static_cast<uint32_t>(text.size()));
  const Line line = line_of(text, extent.begin);
  Place place;
  place.line = line.number;
  place.column = 1;
  for (size_t i = line.begin; i < extent.begin; i += character_at(text, i).bytes) ++place.column;
  std::string shown = with_caret(text, line, extent);
  if (!hint.empty()) shown += "  " + hint;
  return Error(ErrorCode::kBadDefinition, std::move(message), std::move(shown)).at(place);
}

}  // namespace regulars::language
