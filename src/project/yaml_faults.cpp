#include "project/yaml_faults.h"

#include <fmt/format.h>

#include <algorithm>

#include "project/yaml_scalars.h"
#include "project/yaml_tree.h"

namespace regulars::project {
namespace {

bool continues_a_character(char byte) { return (static_cast<uint8_t>(byte) & 0xC0U) == 0x80U; }

std::string_view line_at(std::string_view text, size_t line) {
  size_t begin = 0;
  for (size_t l = 0; l < line; ++l) {
    const size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return {};
    begin = end + 1;
  }
  return text.substr(begin, text.find('\n', begin) - begin);
}

// How many bytes the character that begins here has; 0: it is none. (RFC 3629)
size_t character_length(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<uint8_t>(text[at + i]) : uint8_t{0};
  };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xF5   ? 0
                        : first >= 0xF0 ? 4
                        : first >= 0xE0 ? 3
                        : first >= 0xC2 ? 2
                                        : 0;
  for (size_t i = 1; i < length; ++i) {
    if (!continues_a_character(static_cast<char>(byte(i)))) return 0;
  }
  if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) >= 0xA0)) return 0;
  if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) >= 0x90)) return 0;
  return length;
}

}  // namespace

TextPlaces::TextPlaces(std::string_view text, std::string file)
    : text_(text), file_(std::move(file)), line_starts_{0} {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') line_starts_.push_back(i + 1);
  }
}

Place TextPlaces::at(size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const size_t start = *(after - 1);
  const std::string_view before = text_.substr(start, offset - start);
  const auto characters =
      std::count_if(before.begin(), before.end(), [](char c) { return !continues_a_character(c); });
  return {.file = file_,
          .line = static_cast<uint64_t>(after - line_starts_.begin()),
          .column = static_cast<uint32_t>(characters) + 1,
          .field = {}};
}

std::optional<char> TextPlaces::unfinished_quote(const YamlNode& scalar) const {
  if (scalar.plain || scalar.offset >= text_.size()) return {};
  const char quote = text_[scalar.offset];
  if (quote != '\'' && quote != '"') return {};
  const Alignment alignment = align(scalar, text_);
  // At the end of the file the parser may put in a byte of its own.
  if (!alignment.complete && alignment.end < text_.size()) return {};
  size_t at = alignment.end;
  while (at < text_.size() && is_blank(text_[at])) ++at;
  return at < text_.size() ? std::optional<char>() : quote;
}

std::optional<Error> no_text(std::string_view text, const std::string& file) {
  const auto refuse = [&](size_t at, const char* message) {
    return Error(ErrorCode::kBadDefinition, message, "save the file as text in UTF-8")
        .at(TextPlaces(text, file).at(at));
  };
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\0') return refuse(at, "the file holds bytes that are no text");
    const size_t length = character_length(text, at);
    if (length == 0) return refuse(at, "the file is not UTF-8");
    at += length;
  }
  return {};
}

Error yaml_fault(std::string_view text, const std::string& file, const YAML::Mark& mark,
                 const std::string& message) {
  const size_t offset = mark.is_null() ? 0 : static_cast<size_t>(std::max(mark.pos, 0));
  const auto line_number = mark.is_null() ? size_t{0} : static_cast<size_t>(mark.line);
  const std::string_view line = line_at(text, line_number);
  const auto fault = [&](std::string what, std::string hint) {
    return Error(ErrorCode::kBadDefinition, std::move(what), std::move(hint))
        .at(TextPlaces(text, file).at(offset));
  };
  const auto has = [&](const char* part) { return message.find(part) != std::string::npos; };
  const size_t first = line.find_first_not_of(" \t");
  const std::string_view indentation = line.substr(0, std::min(first, line.size()));
  if (indentation.find('\t') != std::string_view::npos) {
    return fault("the line is indented with a tab", "YAML is indented with blanks");
  }
  if (has("illegal map value")) {
    return fault(
        "':' does not fit here: the line stands at the wrong indentation, or a text holds "
        "': '",
        "align the line with those beside it, or put the text into quotes");
  }
  if (has("EOF in scalar")) {
    return fault("a text that begins with a quote never ends", "put the same quote at its end");
  }
  if (has("unknown token")) {
    const char at = offset < text.size() ? text[offset] : ' ';
    return fault(fmt::format("a text cannot begin with '{}'", at), "put it into quotes");
  }
  if (has("end of sequence flow")) {
    return fault("a list that began with '[' does not end before here", "put ']' at its end");
  }
  if (has("end of map flow")) {
    return fault("keys and values that began with '{' do not end before here",
                 "put '}' at their end");
  }
  if (has("end of map not found")) {
    return fault("the line fits neither the keys above nor what is around them",
                 "align it with the keys it belongs to");
  }
  if (has("end of sequence not found")) {
    return fault("the line fits neither the list above nor what is around it",
                 "align it with the '-' of the list, or with the key");
  }
  if (has("anchor is not defined")) {
    return fault("this alias stands for nothing", "put the text into quotes if it begins with '*'");
  }
  return fault("this is no YAML: " + message, "");
}

}  // namespace regulars::project
