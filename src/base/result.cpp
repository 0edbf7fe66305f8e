#include "base/result.h"

namespace regulars {

std::string Error::to_string() const {
  std::string text = place_.file;
  if (place_.line > 0) text += (text.empty() ? "line " : ":") + std::to_string(place_.line);
  if (place_.column > 0) text += (text.empty() ? "column " : ":") + std::to_string(place_.column);
  if (!text.empty()) text += ": ";
  if (!place_.field.empty()) text += place_.field + ": ";
  text += message_;
  if (hint_.empty()) return text;
  text += "\n  ";
  for (const char c : hint_) text += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return text;
}

}  // namespace regulars
