#include "report/page/markup.h"

#include <algorithm>

namespace regulars::report {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default: {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 || c == '\n' || c == '\t') out += c;
      }
    }
  }
  return out;
}

struct Selector {
  std::string name, id, classes;
};

Selector parsed(std::string_view selector) {
  Selector out;
  std::string* part = &out.name;
  for (const char c : selector) {
    if (c == '.') {
      part = &out.classes;
      if (!part->empty()) *part += ' ';
    } else if (c == '#') {
      part = &out.id;
    } else {
      *part += c;
    }
  }
  return out;
}

void append_attribute(std::string& html, std::string_view name, std::string_view value) {
  html += ' ';
  html += name;
  html += "=\"" + escaped(value) + '"';
}

}  // namespace

Markup Markup::trusted(std::string html) {
  Markup made;
  made.html_ = std::move(html);
  return made;
}

Markup text(std::string_view text) {
  std::string html = escaped(text);
  constexpr std::string_view kPerCent = " %";
  for (size_t at = html.find(kPerCent); at != std::string::npos; at = html.find(kPerCent, at)) {
    html.replace(at, 1, "&nbsp;");
  }
  return Markup::trusted(std::move(html));
}

Markup text_with_code(std::string_view whole) {
  Markup out;
  bool code = false;
  for (size_t at = 0; at <= whole.size(); code = !code) {
    const size_t end = std::min(whole.find('`', at), whole.size());
    const std::string_view part = whole.substr(at, end - at);
    out += code ? tag("code.option", part) : text(part);
    at = end + 1;
  }
  return out;
}

Markup tag(std::string_view selector, const Markup& content, const Attributes& attributes) {
  const Selector parts = parsed(selector);
  std::string html = "<" + parts.name;
  if (!parts.id.empty()) append_attribute(html, "id", parts.id);
  if (!parts.classes.empty()) append_attribute(html, "class", parts.classes);
  for (const auto& [name, value] : attributes) append_attribute(html, name, value);
  html += '>' + content.html() + "</" + parts.name + '>';
  return Markup::trusted(std::move(html));
}

Markup tag(std::string_view selector, std::string_view content, const Attributes& attributes) {
  return tag(selector, text(content), attributes);
}

Markup all(std::initializer_list<Markup> parts) {
  Markup joined;
  for (const Markup& part : parts) joined += part;
  return joined;
}

Markup term(std::string_view definition, std::string_view shown) {
  return tag("a.def", shown, {{"href", "#def-" + std::string(definition)}});
}

}  // namespace regulars::report
