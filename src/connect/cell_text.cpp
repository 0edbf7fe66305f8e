#include "connect/cell_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace regulars::connect {
namespace {

template <class T>
std::string_view text_of_number(T value, NumberBuffer& buffer) {
  if (std::isnan(value)) return {};
  const T size = std::abs(value);
  const bool readable = value == 0 || (size >= static_cast<T>(1e-7) && size < static_cast<T>(1e18));
  const std::to_chars_result end =
      readable ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                               std::chars_format::fixed)
               : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  const std::string_view text(buffer.data(), static_cast<size_t>(end.ptr - buffer.data()));
  return text == "-0" ? std::string_view("0") : text;
}

void append_json(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

std::string_view number_text(double value, NumberBuffer& buffer) {
  return text_of_number(value, buffer);
}

std::string_view number_text(float value, NumberBuffer& buffer) {
  return text_of_number(value, buffer);
}

std::string cells_as_json(const std::vector<std::string>& names,
                          const std::vector<std::string_view>& cells) {
  std::string out = "{";
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    append_json(out, names[i]);
    out += ':';
    if (cells[i].data() == nullptr) {
      out += "null";
    } else {
      append_json(out, cells[i]);
    }
  }
  return out + "}";
}

}  // namespace regulars::connect
