// A few lines of the terminal summary under one name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regulars::report {

constexpr size_t kMargin = 10;  // where text begins, right of the names

struct TerminalLine {
  std::string name;  // coloured; empty on lines that go on
  std::string text;  // begins where `name` ends
};
using TerminalBlock = std::vector<TerminalLine>;

// "Name      text", the text wrapped at `separator` into at most `max_lines` lines; what does not
// fit is counted where there is room for it: "3 more".
TerminalBlock wrapped_block(std::string_view name, const std::vector<std::string>& parts,
                            std::string_view separator, size_t width, size_t max_lines);
// One line; cut when too long.
TerminalLine block_line(std::string_view name, std::string_view text, size_t width);
std::string padded(std::string_view text, size_t width);         // blanks on the right
std::string right_aligned(std::string_view text, size_t width);  // blanks on the left

}  // namespace regulars::report
