#include "app/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/csv.h"

namespace regulars::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kGap = 2;            // blanks between columns
constexpr size_t kNarrowestText = 8;  // a text column is never cut below this

size_t display_width(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// At most `width` code points; "..." stands for the rest.
std::string shortened(const std::string& text, size_t width) {
  if (display_width(text) <= width) return text;
  std::string cut;
  size_t points = 0;
  for (const char c : text) {
    if ((c & 0xC0) != 0x80 && ++points + 3 > width) break;
    cut += c;
  }
  return cut + "...";
}

bool is_share(const Cell& cell) { return cell.kind == Cell::Kind::kNumber && cell.integer == 1; }
bool is_decimal(const Cell& cell) { return cell.kind == Cell::Kind::kText && cell.integer == 1; }

std::string for_people(const Cell& cell) {
  if (!cell.people.empty()) return cell.people;
  switch (cell.kind) {
    case Cell::Kind::kEmpty:
      return "-";
    case Cell::Kind::kInteger:
      return with_thousands(cell.integer);
    case Cell::Kind::kBoolean:
      return cell.integer != 0 ? "yes" : "no";
    case Cell::Kind::kNumber:
      return is_share(cell) ? fmt::format("{:.1f} %", 100 * std::stod(cell.text)) : cell.text;
    case Cell::Kind::kText:
      break;
  }
  if (!is_decimal(cell)) return cell.text;
  const auto parsed = Decimal::parse(cell.text);
  return parsed ? with_thousands(*parsed) : cell.text;
}

Json json_of(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::kEmpty:
      return nullptr;
    case Cell::Kind::kInteger:
      return cell.integer;
    case Cell::Kind::kBoolean:
      return cell.integer != 0;
    case Cell::Kind::kNumber:
      return std::stod(cell.text);
    case Cell::Kind::kText:
      break;
  }
  return cell.text;
}

// What the table looks like before it is put together.
struct Layout {
  std::vector<std::vector<std::string>> texts;
  std::vector<size_t> widths;
  std::vector<bool> right;
  bool wrap_last = false;
};

// The columns that people see.
std::vector<size_t> shown_columns(const Listing& listing) {
  std::vector<size_t> shown;
  for (size_t k = 0; k < listing.columns.size(); ++k) {
    if (!listing.columns[k].title.empty()) shown.push_back(k);
  }
  return shown;
}

Layout layout_of(const Listing& listing) {
  Layout layout;
  layout.wrap_last = listing.wrap_last;
  const std::vector<size_t> shown = shown_columns(listing);
  for (const size_t k : shown) {
    layout.widths.push_back(display_width(listing.columns[k].title));
    layout.right.push_back(true);
  }
  for (const std::vector<Cell>& row : listing.rows) {
    std::vector<std::string> texts;
    for (size_t i = 0; i < shown.size(); ++i) {
      const Cell& cell = row[shown[i]];
      texts.push_back(for_people(cell));
      layout.widths[i] = std::max(layout.widths[i], display_width(texts.back()));
      const bool words = (cell.kind == Cell::Kind::kText && !is_decimal(cell)) ||
                         cell.kind == Cell::Kind::kBoolean;
      if (words) layout.right[i] = false;
    }
    layout.texts.push_back(std::move(texts));
  }
  return layout;
}

// Takes from the widest column of words until the row fits.
void fit(Layout& layout, size_t width) {
  const auto total = [&] {
    size_t sum = 0;
    for (const size_t w : layout.widths) sum += w + kGap;
    return sum - kGap;
  };
  while (!layout.widths.empty() && total() > width) {
    size_t widest = layout.widths.size();
    for (size_t k = 0; k < layout.widths.size(); ++k) {
      const bool candidate = !layout.right[k] && layout.widths[k] > kNarrowestText;
      if (candidate && (widest == layout.widths.size() || layout.widths[k] > layout.widths[widest]))
        widest = k;
    }
    if (widest == layout.widths.size()) return;
    layout.widths[widest] -= std::min(layout.widths[widest] - kNarrowestText, total() - width);
  }
}

// Lines after the first, and those after a line break of the text, begin under `indent` blanks.
std::string wrapped(const std::string& text, size_t width, size_t indent = 0) {
  std::string out;
  const size_t room = width > indent + kNarrowestText ? width - indent : kNarrowestText;
  size_t used = 0;
  const auto new_line = [&] {
    out += "\n" + std::string(indent, ' ');
    used = 0;
  };
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    if (used != 0 && used + 1 + display_width(word) > room) new_line();
    out += (used == 0 ? "" : " ") + word;
    used += (used == 0 ? 0 : 1) + display_width(word);
    if (end < text.size() && text[end] == '\n') new_line();
    begin = end + 1;
  }
  return out;
}

void append_row(const Layout& layout, const std::vector<std::string>& texts, std::string& out) {
  std::string line;
  for (size_t k = 0; k < texts.size(); ++k) {
    if (layout.wrap_last && k != 0 && k + 1 == texts.size()) {
      const size_t indent = display_width(line) + kGap;
      line += std::string(kGap, ' ') + wrapped(texts[k], indent + layout.widths[k], indent);
      break;
    }
    const std::string text = shortened(texts[k], layout.widths[k]);
    const std::string blanks(layout.widths[k] - display_width(text), ' ');
    line +=
        (k == 0 ? "" : std::string(kGap, ' ')) + (layout.right[k] ? blanks + text : text + blanks);
  }
  while (line.ends_with(' ')) line.pop_back();
  out += line + "\n";
}

void append_table(const Listing& listing, size_t width, std::string& out) {
  if (listing.columns.empty()) return;
  if (listing.rows.empty()) {
    if (!listing.if_empty.empty()) out += listing.if_empty + "\n";
    return;
  }
  Layout layout = layout_of(listing);
  fit(layout, width);
  std::vector<std::string> titles;
  for (const size_t k : shown_columns(listing)) titles.push_back(listing.columns[k].title);
  append_row(layout, titles, out);
  for (size_t i = 0; i < layout.texts.size(); ++i) {
    for (const Listing::Group& group : listing.groups) {
      if (group.first_row == i) out += (i == 0 ? "" : "\n") + group.title + "\n";
    }
    append_row(layout, layout.texts[i], out);
  }
}

}  // namespace

std::string plain_text(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::kInteger:
      return std::to_string(cell.integer);
    case Cell::Kind::kBoolean:
      return cell.integer != 0 ? "true" : "false";
    default:
      return cell.text;
  }
}

std::string json_text(const Cell& cell) {
  return json_of(cell).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Cell Cell::share(double value) {
  if (!std::isfinite(value)) return {};
  return {Kind::kNumber, 1, fmt::format("{}", std::round(value * 1e4) / 1e4), {}};
}

Cell Cell::real(double value) {
  if (!std::isfinite(value)) return {};
  return {Kind::kNumber, 0, fmt::format("{}", value), {}};
}

Cell Cell::moment(Instant value, const Zone& zone) {
  const Day day = zone.day_of(value);
  if (value == zone.end_of(day)) {
    return {Kind::kText, 0, to_iso(value), to_iso(day) + ", end of the day, " + zone.name()};
  }
  const int64_t seconds = zone.micros_of_day(value) / 1'000'000;
  return {Kind::kText, 0, to_iso(value),
          fmt::format("{} {:02}:{:02}:{:02}, {}", to_iso(day), seconds / 3600, seconds / 60 % 60,
                      seconds % 60, zone.name())};
}

std::string listing_text(const Listing& listing, size_t width) {
  std::string out;
  size_t longest = 0;
  for (const Listing::Fact& fact : listing.facts) {
    longest = std::max(longest, display_width(fact.title));
  }
  for (const Listing::Fact& fact : listing.facts) {
    if (fact.title.empty()) continue;
    const std::string blanks(longest - display_width(fact.title) + kGap, ' ');
    out += fact.title + blanks + wrapped(for_people(fact.value), width, longest + kGap) + "\n";
  }
  if (!out.empty() && !listing.columns.empty()) out += "\n";
  append_table(listing, width, out);
  if (!listing.notes.empty() && !out.empty()) out += "\n";
  for (const std::string& note : listing.notes) out += wrapped(note, width) + "\n";
  return out;
}

std::string listing_csv(const Listing& listing) {
  std::string out;
  for (size_t k = 0; k < listing.columns.size(); ++k) {
    if (k != 0) out += ',';
    append_csv_field(out, listing.columns[k].key);
  }
  out += '\n';
  for (const std::vector<Cell>& row : listing.rows) {
    for (size_t k = 0; k < row.size(); ++k) {
      if (k != 0) out += ',';
      append_csv_field(out, plain_text(row[k]));
    }
    out += '\n';
  }
  return out;
}

std::string listing_json(const Listing& listing) {
  Json json = Json::object();
  for (const Listing::Fact& fact : listing.facts) json[fact.key] = json_of(fact.value);
  if (!listing.columns.empty()) {
    Json rows = Json::array();
    for (const std::vector<Cell>& row : listing.rows) {
      Json object = Json::object();
      for (size_t k = 0; k < row.size(); ++k) object[listing.columns[k].key] = json_of(row[k]);
      rows.push_back(std::move(object));
    }
    json[listing.rows_key] = std::move(rows);
  }
  if (!listing.notes.empty()) json["notes"] = listing.notes;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string show(const Listing& listing, Format format, size_t width) {
  if (format == Format::kCsv) return listing_csv(listing);
  return format == Format::kJson ? listing_json(listing) : listing_text(listing, width);
}

}  // namespace regulars::app
