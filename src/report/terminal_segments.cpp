#include "report/terminal_segments.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/sentences.h"
#include "report/words.h"

namespace regulars::report {
namespace {

// Below this share the report has them, the summary does not.
constexpr double kProspectsWorthALine = 0.02;

struct CycleRow {
  std::string name, customers, share, net, net_share, test, note;
};

std::string test_cell(const segments::SelfTest& test, std::string_view name) {
  const segments::ClassTest* found = test_of(test, name);
  if (!test.possible || found == nullptr) return "";
  if (found->returned.of == 0) return "nobody then";
  return fmt::format("{} +-{}", percent(found->returned.value), half_width(found->returned));
}

std::vector<CycleRow> cycle_rows(const AnalysisView& view) {
  std::vector<CycleRow> rows;
  for (const segments::ClassSize& size : view.life_cycle_sizes) {
    if (size.name == "prospect" && size.customer_share < kProspectsWorthALine) continue;
    CycleRow row = {size.name,
                    count(size.customers),
                    percent(size.customer_share),
                    whole_money(view, size.net),
                    percent(size.net_share),
                    test_cell(view.life_cycle_test, size.name),
                    ""};
    if (size.name == "prospect") row.share = "-";  // no customers, so no share of them
    if (size.name == "slipping" && view.slipping_repeat_customers > 0) {
      row.note = fmt::format(
          "<- {}, {}", counted(view.slipping_repeat_customers, "repeat buyer", "repeat buyers"),
          whole_money(view, view.slipping_repeat_net));
    }
    if (size.name == "lost" && lost_come_back(view)) row.note = "many come back: read \"quiet\"";
    rows.push_back(std::move(row));
  }
  return rows;
}

size_t widest(const std::vector<CycleRow>& rows, std::string CycleRow::* field, size_t least) {
  for (const CycleRow& row : rows) least = std::max(least, display_width(row.*field));
  return least;
}

std::string test_heading(const AnalysisView& view) {
  const segments::SelfTest& test = view.life_cycle_test;
  if (test.possible) {
    return fmt::format("so called on {}, bought in the {} days after",
                       short_day(view, local_day(view, test.then)), test.horizon_days);
  }
  return untested_sentence(test);
}

// "Champions 690 (60 % of net) | At risk 362 (427,600) | 8 more"
std::string rfm_line(const AnalysisView& view, const std::vector<segments::ClassSize>& shown,
                     bool with_revenue) {
  std::string line;
  for (const segments::ClassSize& size : shown) {
    line += fmt::format("{} {}", size.name, count(size.customers));
    if (with_revenue) {
      line += fmt::format(" ({})", size.name == "Champions" ? percent(size.net_share) + " of net"
                                                            : whole_money(view, size.net));
    }
    line += " | ";
  }
  return line + fmt::format("{} more", view.rfm_sizes.size() - shown.size());
}

// The first variant that fits; the last is cut.
std::string best_fit(const std::vector<std::string>& variants, std::string_view ending,
                     size_t room) {
  for (const std::string& variant : variants) {
    if (display_width(variant) + ending.size() <= room) return variant + std::string(ending);
  }
  return shortened(variants.back(), room - ending.size()) + std::string(ending);
}

std::string card_line(const segments::ActionCard& card, size_t number, size_t room) {
  const std::string head = fmt::format("{} {}: ", number, card.title);
  const auto size = static_cast<int64_t>(card.members.size());
  const std::string who = fmt::format("{} {}", count(size), card.who);
  const std::string people = counted(size, "customer", "customers");
  const std::string effect =
      card.visible_effect > 0 && card.visible_effect < 1
          ? fmt::format("; effect visible from {:.0f} points", card.visible_effect * 100)
          : std::string();
  const std::string brief = effect.empty() ? people
                                           : fmt::format("{}; visible from {:.0f} points",
                                                         count(size), card.visible_effect * 100);
  return best_fit({head + who + effect, head + people + effect, head + brief, head + people},
                  fmt::format(" -> lists/{}.csv", card.key), room);
}

}  // namespace

TerminalBlock who_pays_block(const AnalysisView& view, size_t width) {
  return {block_line("Who pays", who_pays_sentence(view), width)};
}

TerminalBlock ladder_block(const AnalysisView& view, size_t width) {
  return {block_line("Ladder", ladder_sentence(view), width),
          block_line("", second_order_sentence(view), width)};
}

TerminalBlock life_cycle_block(const AnalysisView& view, size_t width) {
  const std::vector<CycleRow> rows = cycle_rows(view);
  const size_t names = widest(rows, &CycleRow::name, 10);
  const size_t customers = widest(rows, &CycleRow::customers, 6);
  const size_t net = widest(rows, &CycleRow::net, 10);
  const size_t test = widest(rows, &CycleRow::test, 8);
  const std::string head = "Life cycle";
  const std::string headings = padded("", names + 2 - head.size()) +
                               right_aligned("customers", customers + 6) + "  " +
                               right_aligned("net revenue", net + 7) + "   ";
  TerminalBlock block = {
      {head,
       headings + shortened(test_heading(view), width - head.size() - display_width(headings))}};
  for (const CycleRow& row : rows) {
    std::string line = "  " + padded(row.name, names) + right_aligned(row.customers, customers) +
                       right_aligned(row.share, 6) + "  " + right_aligned(row.net, net) +
                       right_aligned(row.net_share, 7) + "   " + padded(row.test, test);
    if (!row.note.empty()) line += "  " + row.note;
    block.push_back({"", shortened(line, width)});
  }
  if (view.life_cycle_test.possible && !view.life_cycle_test.separates) {
    block.push_back({"", shortened("  " + view.life_cycle_test.sentence, width)});
  }
  return block;
}

TerminalBlock rfm_block(const AnalysisView& view, size_t width) {
  std::vector<segments::ClassSize> shown;
  for (const char* name : {"Champions", "Cannot lose", "At risk"}) {
    const segments::ClassSize* size = size_of(view.rfm_sizes, name);
    if (size != nullptr && size->customers > 0) shown.push_back(*size);
  }
  if (shown.empty()) {
    shown = view.rfm_sizes;
    std::ranges::sort(shown, std::ranges::greater{}, &segments::ClassSize::net);
    if (shown.size() > 3) shown.resize(3);
  }
  if (shown.empty()) return {block_line("RFM", "nobody bought in " + view.rfm_window, width)};
  std::string line = rfm_line(view, shown, true);
  if (display_width(line) + kMargin > width) line = rfm_line(view, shown, false);
  TerminalBlock block = {block_line("RFM", line, width)};
  const std::string disagreement = disagreement_sentence(view);
  if (!disagreement.empty()) block.push_back(block_line("", disagreement, width));
  return block;
}

TerminalBlock late_block(const AnalysisView& view, size_t width, size_t max_customers) {
  const std::string head = "Late by their own clock";
  if (view.late.empty()) {
    return {{head, "  nobody: no repeat buyer is silent for longer than usual"}};
  }
  const size_t shown = std::min(max_customers, view.late.size());
  const size_t label = width - 2 - 13 - 11 - 15;
  const std::string part =
      fmt::format("({} of {})", count(shown), count(static_cast<int64_t>(view.late.size())));
  const bool narrow = width < 100;
  const std::string which = (narrow ? " " : ", most valuable first ") + part;
  TerminalBlock block = {{head, padded(which, label + 2 - head.size()) +
                                    right_aligned("usual gap", 13) + right_aligned("silent", 11) +
                                    right_aligned("net to date", 15)}};
  for (size_t i = 0; i < shown; ++i) {
    const segments::LateCustomer& late = view.late[i];
    const std::string rfm = singular(class_name(view.rfm.segmentation, late.customer));
    const std::string what = fmt::format("{}{}{}", rfm, rfm.empty() ? "" : ", ",
                                         counted(late.orders, "order", "orders"));
    const std::string who = shortened(customer_label(view, late.customer), 28);
    block.push_back({"", "  " + padded(fmt::format("{}  {}", who, what), label) +
                             right_aligned(day_count(late.usual_gap_days), 13) +
                             right_aligned(day_count(static_cast<double>(late.silent_days)), 11) +
                             right_aligned(whole_money(view, late.net), 15)});
  }
  block.push_back(block_line("", late_test_sentence(view), width));
  return block;
}

TerminalBlock next_block(const AnalysisView& view, size_t width, size_t max_cards) {
  if (view.cards.empty()) return {block_line("Next", "no list is worth an action yet", width)};
  const size_t room = width - kMargin;
  const size_t shown = std::min(max_cards, view.cards.size());
  TerminalBlock block;
  for (size_t i = 0; i < shown; ++i) {
    std::string line = card_line(view.cards[i], i + 1, room);
    if (i + 1 == shown) {
      std::string note = fmt::format("(lists: {} control)", percent(view.inputs.control_share));
      if (shown < view.cards.size()) {
        note = fmt::format("({} more)", view.cards.size() - shown);
      }
      if (display_width(line) + 2 + note.size() <= room) line += "  " + note;
    }
    block.push_back(block_line(i == 0 ? "Next" : "", line, width));
  }
  return block;
}

TerminalBlock wrote_block(const AnalysisView& view, size_t width) {
  if (view.written_files.empty()) return {block_line("Wrote", "no files", width)};
  std::vector<std::string> names;
  const auto add = [&names](const std::string& name) {
    if (std::ranges::count(names, name) == 0) names.push_back(name);
  };
  for (const char* first : {"report.html", "regulars.xlsx", "lists/", "customers.csv"}) {
    const bool written = std::ranges::any_of(
        view.written_files, [first](const std::string& file) { return file.starts_with(first); });
    if (written) add(first);
  }
  for (const std::string& file : view.written_files) {
    const size_t slash = file.find('/');
    add(slash == std::string::npos ? file : file.substr(0, slash + 1));
  }
  std::string directory = view.out_directory;
  if (!directory.ends_with('/')) directory += '/';
  names.front() = directory + ": " + names.front();
  return wrapped_block("Wrote", names, ", ", width, 1);
}

}  // namespace regulars::report
