#include "sql/quote.h"

namespace regulars::sql {
namespace {

std::string quote(std::string_view text, char mark, std::string_view for_nul) {
  std::string quoted(1, mark);
  for (const char c : text) {
    if (c == '\0') {
      quoted += for_nul;
      continue;
    }
    if (c == mark) quoted += mark;
    quoted += c;
  }
  quoted += mark;
  return quoted;
}

}  // namespace

std::string quote_identifier(std::string_view name) { return quote(name, '"', "\xEF\xBF\xBD"); }

std::string quote_literal(std::string_view text) {
  std::string quoted = quote(text, '\'', "' || chr(0) || '");
  // Parentheses keep the spelled-out form one operand wherever it stands.
  return text.find('\0') == std::string_view::npos ? quoted : "(" + quoted + ")";
}

}  // namespace regulars::sql
