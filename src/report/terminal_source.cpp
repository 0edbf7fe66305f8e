#include "report/terminal_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/tie_out.h"
#include "report/words.h"

namespace regulars::report {
namespace {

const FoundColumn* column_of(const AnalysisView& view, std::string_view role) {
  for (const FoundColumn& found : view.intake.columns) {
    if (found.role == role) return &found;
  }
  return nullptr;
}

std::string net_sentence(const AnalysisView& view) {
  if (view.refunds == 0) {
    return fmt::format("{} net revenue, no refunds found", money(view, view.net));
  }
  return fmt::format("{} - {} {} = {} net", money(view, view.gross), money(view, view.refunds),
                     refund_word(view), money(view, view.net));
}

}  // namespace

TerminalBlock title_block(const AnalysisView& view, size_t width) {
  const std::string period = fmt::format("{} - {}", for_people(view.from), for_people(view.to));
  std::string command = view.command;
  for (const SourceInfo& source : view.intake.sources) {
    const size_t folder = source.path.find_last_of("/\\") + 1;
    const size_t at = command.find(source.path);
    if (at != std::string::npos) command.erase(at, folder);
  }
  command = shortened(command, width - display_width(period) - 2);
  return {{command, right_aligned(period, width - display_width(command))}};
}

TerminalBlock read_as_block(const AnalysisView& view, size_t width) {
  std::vector<std::string> parts;
  if (!view.intake.spec.shape.empty()) parts.push_back(view.intake.spec.shape);
  const std::vector<std::string> first = {"customer", "order", "time", "product", "amount"};
  for (const std::string& role : first) {
    const FoundColumn* found = column_of(view, role);
    if (found != nullptr) parts.push_back(fmt::format("{} {}", role, shortened(found->column, 40)));
  }
  if (const std::string& prefix = view.intake.spec.cancellation_prefix; !prefix.empty()) {
    const FoundColumn* order = column_of(view, "order");
    parts.push_back(
        fmt::format("cancellations {} {}...", order == nullptr ? "order" : order->column, prefix));
  }
  parts.push_back(fmt::format("{}, {}", view.time_zone,
                              view.currency.empty() ? "currency not given" : view.currency));
  const std::vector<std::string> parts_of_others = {"quantity", "price"};
  for (const FoundColumn& found : view.intake.columns) {
    const bool shown = std::ranges::count(first, found.role) > 0 ||
                       std::ranges::count(parts_of_others, found.role) > 0;
    if (!shown) parts.push_back(fmt::format("{} {}", found.role, shortened(found.column, 40)));
  }
  return wrapped_block("Read as", parts, " | ", width, 2);
}

TerminalBlock ties_out_block(const AnalysisView& view, size_t width) {
  std::vector<std::string> parts;
  for (const RowPart& part : row_parts(view)) {
    if (part.rows > 0) parts.push_back(fmt::format("{} {}", count(part.rows), part.words));
  }
  const bool ties = view.intake.rows.ties_out();
  std::string head = fmt::format("{} {} ", counted(view.intake.rows.read, "row", "rows"),
                                 ties ? "=" : "read, but the parts do not add up:");
  if (parts.empty()) {
    head += "none of any use";
  } else {
    parts.front() = head + parts.front();
  }
  TerminalBlock block =
      wrapped_block("Ties out", parts.empty() ? std::vector{head} : parts, " + ", width, 3);
  const std::string people = fmt::format("{}, {}", counted(view.customers, "customer", "customers"),
                                         counted(view.orders, "order", "orders"));
  block.push_back(block_line("", fmt::format("{}; {}", net_sentence(view), people), width));
  return block;
}

TerminalBlock watch_block(const AnalysisView& view, size_t width, size_t max_lines) {
  const std::vector<Notice>& notices = view.notices;
  if (notices.empty()) return {block_line("Watch", "nothing out of the ordinary found", width)};
  const size_t room = width - kMargin;
  const bool all = notices.size() <= max_lines;
  std::vector<std::string> lines;
  for (size_t i = 0; i < std::min(notices.size(), max_lines); ++i) {
    const Notice& notice = notices[i];
    const std::string option = notice.option.empty() ? "" : fmt::format(" ({})", notice.option);
    const bool fits = display_width(notice.text) + option.size() <= room &&
                      notice.text.find(notice.option) == std::string::npos;
    lines.push_back(shortened(fits ? notice.text + option : notice.text, room));
  }
  if (!all) {
    const std::string rest = fmt::format("({} more in the report)", notices.size() - lines.size());
    if (display_width(lines.back()) + 1 + rest.size() <= room) {
      lines.back() += " " + rest;
    } else {
      lines.back() = fmt::format("{} more in the report", notices.size() - lines.size() + 1);
    }
  }
  TerminalBlock block;
  for (const std::string& line : lines) {
    block.push_back(block_line(block.empty() ? "Watch" : "", line, width));
  }
  return block;
}

}  // namespace regulars::report
