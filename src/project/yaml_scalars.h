// Private to project: a scalar's text beside its spelling in the file, where it may be indented,
// folded, quoted or escaped.
#pragma once

#include <string_view>
#include <vector>

#include "project/yaml_tree.h"

namespace regulars::project {

struct Alignment {
  // From this byte of the text on, bytes stand one after the other from `at` of the file on.
  struct Run {
    size_t offset = 0;
    size_t at = 0;
  };
  std::vector<Run> runs;
  size_t end = 0;         // of the file's text: after the last byte aligned
  bool complete = false;  // to the end of the text
};
Alignment align(const YamlNode& scalar, std::string_view file_text);

inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace regulars::project
