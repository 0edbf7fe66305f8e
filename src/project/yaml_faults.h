// Private to project: places in the text of a YAML file, and what its parser says in words that
// help.
#pragma once

#include <yaml-cpp/mark.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regulars::project {

struct YamlNode;

// From bytes of a text to lines and columns (characters).
class TextPlaces {
 public:
  TextPlaces(std::string_view text, std::string file);

  size_t size() const { return text_.size(); }
  Place at(size_t offset) const;
  // The quote (' or ") with which the scalar begins, when nothing ends it.
  std::optional<char> unfinished_quote(const YamlNode& scalar) const;

 private:
  std::string_view text_;
  std::string file_;
  std::vector<size_t> line_starts_;
};

// The fault of a file that is not UTF-8 text.
std::optional<Error> no_text(std::string_view text, const std::string& file);

// What the YAML parser found wrong, with what is usually meant.
Error yaml_fault(std::string_view text, const std::string& file, const YAML::Mark& mark,
                 const std::string& message);

}  // namespace regulars::project
