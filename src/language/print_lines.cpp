// A rule over several lines: broken at `and` and `or`.
//
//   count(purchase) over last 30 days >= 3
//   and (life_cycle = 'active'
//        or life_cycle = 'new')
#include "language/print.h"
#include "language/printer.h"
#include "language/utf8.h"

namespace regulars::language {
namespace {

size_t width_of_text(const std::string& text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) {
    const Character character = character_at(text, i);
    width += static_cast<size_t>(width_of(character.code));
    i += character.bytes;
  }
  return width;
}

class Lines {
 public:
  explicit Lines(size_t width) : width_(width) {}

  // `column`: where the part begins; `tail`: what closes after it on its last line.
  std::string part(const Node& node, Level least, size_t column, size_t tail) {
    std::string whole = print_at(node, least);
    if (column + width_of_text(whole) + tail <= width_) return whole;
    if (level_of(node) < least) {
      return '(' + part(node, Level::kRule, column + 1, tail + 1) + ')';
    }
    switch (node.kind) {
      case Node::Kind::kAnd:
        return joined(node, "and ", Level::kNot, column, tail);
      case Node::Kind::kOr:
        return joined(node, "or ", Level::kAnd, column, tail);
      case Node::Kind::kNot:
        return "not " + part(*node.arguments[0], Level::kNot, column + 4, tail);
      default:
        return whole;
    }
  }

 private:
  std::string joined(const Node& node, const std::string& word, Level least, size_t column,
                     size_t tail) {
    std::string result;
    for (size_t i = 0; i < node.arguments.size(); ++i) {
      const std::string lead = i > 0 ? word : "";
      if (i > 0) result += '\n' + std::string(column, ' ') + lead;
      const size_t after = i + 1 == node.arguments.size() ? tail : 0;
      result += part(*node.arguments[i], least, column + lead.size(), after);
    }
    return result;
  }

  size_t width_;
};

}  // namespace

std::string print_lines(const Node& node, size_t width) {
  return Lines(width).part(node, Level::kRule, 0, 0);
}

}  // namespace regulars::language
