#include "report/page/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace regulars::report {
namespace {

Markup heading(const TableColumn& column) {
  const Markup title =
      column.definition.empty() ? text(column.title) : term(column.definition, column.title);
  return tag(column.number ? "th.n" : "th", title, {{"scope", "col"}});
}

Markup body_cell(const TableColumn& column, const TableCell& cell, bool names_row) {
  std::string classes = column.number ? "n" : "";
  if (!cell.classes.empty()) classes += (classes.empty() ? "" : " ") + cell.classes;
  Attributes attributes;
  if (!classes.empty()) attributes.emplace_back("class", classes);
  if (names_row) {
    attributes.emplace_back("scope", "row");
    return tag("th", cell.content, attributes);
  }
  if (!column.title.empty()) attributes.emplace_back("data-label", column.title);
  return tag("td", cell.content, attributes);
}

std::string per_cent_of_width(double share) {
  return fmt::format("{:.2f}%", std::clamp(share, 0.0, 1.0) * 100);
}

}  // namespace

TableCell cell(std::string_view content) { return {text(content), {}}; }
TableCell cell(Markup content, std::string classes) {
  return {std::move(content), std::move(classes)};
}

Markup render(const Table& table) {
  Markup head;
  for (const TableColumn& column : table.columns) head += heading(column);
  Markup body;
  for (const TableRow& row : table.rows) {
    Markup cells;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      cells += body_cell(table.columns[i], row.cells[i], i == 0);
    }
    Attributes attributes;
    if (!row.classes.empty()) attributes.emplace_back("class", row.classes);
    body += tag("tr", cells, attributes);
  }
  Attributes attributes;
  if (!table.classes.empty()) attributes.emplace_back("class", table.classes);
  Markup whole = table.caption.empty() ? Markup() : tag("caption", table.caption);
  whole += tag("thead", tag("tr", head));
  whole += tag("tbody", body);
  // Reachable by keyboard, because it may scroll.
  return tag("div.scroll", tag("table", whole, attributes), {{"tabindex", "0"}});
}

Markup interval_bar(const segments::Share& share, double mark) {
  if (share.of == 0) return {};
  Markup parts;
  if (mark >= 0) parts += tag("u", "", {{"style", "left:" + per_cent_of_width(mark)}});
  parts += tag("i", "",
               {{"style", fmt::format("left:{};width:{}", per_cent_of_width(share.low),
                                      per_cent_of_width(share.high - share.low))}});
  parts += tag("b", "", {{"style", "left:" + per_cent_of_width(share.value)}});
  return tag("span.interval", parts, {{"aria-hidden", "true"}});
}

Markup meter(double share) {
  return tag("span.meter", tag("i", "", {{"style", "width:" + per_cent_of_width(share)}}),
             {{"aria-hidden", "true"}});
}

std::string heat_class(double value, double max) {
  const int step =
      value <= 0 || max <= 0 ? 0 : std::min(6, 1 + static_cast<int>(std::floor(value / max * 6)));
  return fmt::format("heat s{}", step);
}

}  // namespace regulars::report
