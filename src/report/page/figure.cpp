#include "report/page/figure.h"

#include <fmt/format.h>

namespace regulars::report {

Markup Charts::add(Figure figure) {
  all_[figure.key] = std::move(figure.data);
  const std::string caption = "caption-" + figure.key;
  const std::string sub = "sub-" + figure.key;
  Markup inner = tag("figcaption", figure.title, {{"id", caption}});
  if (!figure.sub.empty()) inner += tag("p.sub", figure.sub, {{"id", sub}});
  if (!figure.legend.empty()) {
    Markup entries;
    for (const LegendEntry& entry : figure.legend) {
      entries += tag("li", entry.text, {{"class", entry.classes}});
    }
    inner += tag("ul.legend", entries);
  }
  Attributes chart = {{"role", "img"},
                      {"aria-labelledby", caption},
                      {"data-chart", figure.key},
                      {"style", fmt::format("height:{}px", figure.height)}};
  if (!figure.sub.empty()) chart.emplace_back("aria-describedby", sub);
  inner += tag(figure.square ? "div.chart.square" : "div.chart", "", chart);
  Attributes open;
  if (figure.table_open) open.emplace_back("open", "");
  inner += tag("details", tag("summary", "The same as a table") + render(figure.table), open);
  return tag("figure", inner);
}

std::string Charts::data() const {
  std::string out;
  for (const char c : all_.dump(-1, ' ', true, Json::error_handler_t::replace)) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace regulars::report
