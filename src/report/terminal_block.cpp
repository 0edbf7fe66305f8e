#include "report/terminal_block.h"

#include <fmt/format.h>

#include "report/words.h"

namespace regulars::report {

std::string padded(std::string_view text, size_t width) {
  const size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string right_aligned(std::string_view text, size_t width) {
  const size_t used = display_width(text);
  return std::string(used < width ? width - used : 0, ' ') + std::string(text);
}

TerminalLine block_line(std::string_view name, std::string_view text, size_t width) {
  const std::string shown = padded(name, kMargin);
  return {std::string(name),
          shown.substr(name.size()) + shortened(text, width - display_width(shown))};
}

TerminalBlock wrapped_block(std::string_view name, const std::vector<std::string>& parts,
                            std::string_view separator, size_t width, size_t max_lines) {
  const size_t room = width - kMargin;
  std::vector<std::string> lines(1);
  for (size_t i = 0; i < parts.size(); ++i) {
    const std::string part = shortened(parts[i], room);
    std::string& line = lines.back();
    const bool last_line = lines.size() == max_lines;
    const std::string rest = fmt::format("{}{} more", separator, parts.size() - i);
    const size_t joined = display_width(line) + separator.size() + display_width(part);
    if (line.empty() || joined <= room) {
      line += (line.empty() ? "" : std::string(separator)) + part;
    } else if (!last_line) {
      lines.push_back(part);
    } else {
      if (display_width(line + rest) <= room) line += rest;
      break;
    }
  }
  TerminalBlock block;
  for (const std::string& line : lines) {
    block.push_back(block_line(block.empty() ? name : "", line, width));
  }
  return block;
}

}  // namespace regulars::report
