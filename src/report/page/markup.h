// HTML that cannot be broken by what stands in a file: text becomes markup only through text(),
// which escapes it, and elements only through tag(), which closes them.
//
//   tag("td.n", text(id)) + tag("p#total.note", "as text")
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regulars::report {

class Markup {
 public:
  Markup() = default;
  // `html` is trusted: from this module, never from a file.
  static Markup trusted(std::string html);

  Markup& operator+=(const Markup& other) {
    html_ += other.html_;
    return *this;
  }
  friend Markup operator+(Markup a, const Markup& b) { return a += b; }
  const std::string& html() const { return html_; }
  bool empty() const { return html_.empty(); }

 private:
  std::string html_;
};

// & < > " ' escaped, control characters dropped; "17 %" does not break before its sign.
Markup text(std::string_view text);
// The same with `words between backticks` as code.
Markup text_with_code(std::string_view text);

using Attributes = std::vector<std::pair<std::string_view, std::string>>;

// `selector` is a name with ".class" and "#id" parts; the rest of the attributes are escaped here.
Markup tag(std::string_view selector, const Markup& content, const Attributes& attributes = {});
Markup tag(std::string_view selector, std::string_view content, const Attributes& attributes = {});
Markup all(std::initializer_list<Markup> parts);

// Link to a name's definition in the Method section.
Markup term(std::string_view definition, std::string_view shown);

}  // namespace regulars::report
