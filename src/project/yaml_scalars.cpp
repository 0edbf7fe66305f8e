#include "project/yaml_scalars.h"

#include <algorithm>
#include <utility>

#include "project/yaml_faults.h"

namespace regulars::project {
namespace {

bool continues_a_character(char byte) { return (static_cast<uint8_t>(byte) & 0xC0U) == 0x80U; }

// Length of an escape in double quotes that begins with this backslash.
size_t escape_length(std::string_view text, size_t at) {
  switch (at + 1 < text.size() ? text[at + 1] : '\0') {
    case 'x':
      return 4;
    case 'u':
      return 6;
    case 'U':
      return 10;
    default:
      return 2;
  }
}

class Aligner {
 public:
  Aligner(const YamlNode& scalar, std::string_view file) : text_(scalar.text), file_(file) {
    at_ = std::min(scalar.offset, file.size());
    const char first = at_ < file.size() ? file[at_] : '\0';
    if (!scalar.plain && (first == '|' || first == '>')) {
      at_ = std::min(file.find('\n', at_), file.size());
    } else if (!scalar.plain && (first == '\'' || first == '"')) {
      quote_ = first;
      ++at_;
    }
  }

  Alignment run() && {
    size_t offset = 0;
    while (offset < text_.size()) {
      if (is_blank(text_[offset])) {
        ++offset;
        continue;
      }
      if (!skip_to_next()) break;
      const size_t length = take(offset);
      if (length == 0) break;
      offset += length;
    }
    result_.end = std::min(at_, file_.size());
    result_.complete = offset >= text_.size();
    return std::move(result_);
  }

 private:
  // Over blanks, breaks, indentation and escaped breaks to the next character of the text.
  bool skip_to_next() {
    while (at_ < file_.size()) {
      if (is_blank(file_[at_])) {
        new_line_ = new_line_ || file_[at_] == '\n';
        ++at_;
      } else if (quote_ == '"' && file_[at_] == '\\' && at_ + 1 < file_.size() &&
                 is_blank(file_[at_ + 1])) {
        ++at_;
      } else {
        return true;
      }
    }
    return false;
  }

  // One character of the text, at its spelling in the file; its length in bytes, 0: no match.
  size_t take(size_t offset) {
    size_t length = 1;
    while (offset + length < text_.size() && continues_a_character(text_[offset + length])) {
      ++length;
    }
    size_t spelled = length;
    if (quote_ == '"' && file_[at_] == '\\') {
      spelled = escape_length(file_, at_);
    } else if (file_.substr(at_, length) != text_.substr(offset, length)) {
      return 0;
    } else if (quote_ == '\'' && text_[offset] == '\'') {
      spelled = 2;
    }
    const bool goes_on = !std::exchange(new_line_, false) && !result_.runs.empty() &&
                         offset - result_.runs.back().offset == at_ - result_.runs.back().at;
    if (!goes_on) result_.runs.push_back({offset, at_});
    at_ += spelled;
    return length;
  }

  std::string_view text_;
  std::string_view file_;
  size_t at_ = 0;
  char quote_ = '\0';
  bool new_line_ = false;
  Alignment result_;
};

}  // namespace

Alignment align(const YamlNode& scalar, std::string_view file_text) {
  return Aligner(scalar, file_text).run();
}

definitions::TextOrigin origin_of(const YamlNode& scalar, std::string_view file_text) {
  if (file_text.starts_with("\xEF\xBB\xBF")) file_text.remove_prefix(3);
  const TextPlaces places(file_text, {});
  definitions::TextOrigin origin;
  for (const Alignment::Run& run : align(scalar, file_text).runs) {
    const Place place = places.at(run.at);
    origin.pieces.push_back({run.offset, place.line, place.column});
  }
  return origin;
}

}  // namespace regulars::project
