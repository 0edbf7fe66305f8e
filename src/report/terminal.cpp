#include "report/terminal.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/terminal_segments.h"
#include "report/terminal_source.h"

namespace regulars::report {
namespace {

constexpr size_t kWatchLines = 5;
constexpr size_t kLateCustomers = 3;
constexpr size_t kCards = 3;

size_t line_count(const std::vector<TerminalBlock>& blocks) {
  size_t lines = 0;
  for (const TerminalBlock& block : blocks) lines += block.size();
  return lines;
}

// The blocks in order; an empty block is a blank line's place.
std::vector<TerminalBlock> all_blocks(const AnalysisView& view, size_t width, size_t watch_lines,
                                      size_t late_customers) {
  const TerminalBlock blank = {{"", ""}};
  return {
      title_block(view, width),
      read_as_block(view, width),
      ties_out_block(view, width),
      watch_block(view, width, watch_lines),
      blank,
      who_pays_block(view, width),
      ladder_block(view, width),
      blank,
      life_cycle_block(view, width),
      rfm_block(view, width),
      blank,
      late_block(view, width, late_customers),
      next_block(view, width, kCards),
      wrote_block(view, width),
  };
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

std::string terminal_summary(const AnalysisView& view, const TerminalOptions& options) {
  const size_t width = std::max<size_t>(options.width, 80);
  size_t watch = kWatchLines;
  size_t late = kLateCustomers;
  std::vector<TerminalBlock> blocks = all_blocks(view, width, watch, late);
  while (line_count(blocks) > options.max_lines && (watch > 2 || late > 1)) {
    if (watch > 2) {
      --watch;
    } else {
      --late;
    }
    blocks = all_blocks(view, width, watch, late);
  }
  std::string out;
  for (const TerminalBlock& block : blocks) {
    for (const TerminalLine& line : block) {
      const bool coloured = options.colour && !line.name.empty();
      out += without_trailing_blanks(
          coloured ? fmt::format("\x1b[1;36m{}\x1b[0m{}", line.name, line.text)
                   : line.name + line.text);
      out += '\n';
    }
  }
  return out;
}

}  // namespace regulars::report
