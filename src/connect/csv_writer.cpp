#include "connect/csv_writer.h"

#include <charconv>

namespace regulars::connect {
namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r";
constexpr std::string_view kMustBeQuoted = ",\"\r\n";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// [+-]digits[.digits]
bool is_plain_number(std::string_view text) {
  if (text.front() == '+' || text.front() == '-') text.remove_prefix(1);
  size_t digits = 0;
  size_t points = 0;
  for (const char c : text) {
    if (!is_digit(c) && c != '.') return false;
    ++(c == '.' ? points : digits);
  }
  return digits > 0 && points <= 1 && is_digit(text.front()) && is_digit(text.back());
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

void CsvWriter::separate() {
  if (in_row_) text_ += ',';
  in_row_ = true;
}

CsvWriter& CsvWriter::cell(std::string_view text) {
  separate();
  if (text.empty()) return *this;
  const bool formula =
      kFormulaStarts.find(text.front()) != std::string_view::npos && !is_plain_number(text);
  const bool quoted = text.find_first_of(kMustBeQuoted) != std::string_view::npos ||
                      is_blank(text.front()) || is_blank(text.back());
  if (!quoted) {
    if (formula) text_ += '\'';
    text_ += text;
    return *this;
  }
  text_ += '"';
  if (formula) text_ += '\'';
  for (const char c : text) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

CsvWriter& CsvWriter::cell(int64_t number) {
  separate();
  char digits[24];
  const std::to_chars_result end = std::to_chars(digits, digits + sizeof(digits), number);
  text_.append(digits, end.ptr);
  return *this;
}

CsvWriter& CsvWriter::cell(Decimal number) {
  separate();
  text_ += number.to_string();
  return *this;
}

void CsvWriter::end_row() {
  // A row of one empty cell would read as a blank line.
  if (text_.empty() || text_.back() == '\n') text_ += "\"\"";
  text_ += '\n';
  in_row_ = false;
}

void CsvWriter::row(std::initializer_list<std::string_view> cells) {
  for (const std::string_view text : cells) cell(text);
  end_row();
}

void CsvWriter::row(const std::vector<std::string>& cells) {
  for (const std::string& text : cells) cell(text);
  end_row();
}

}  // namespace regulars::connect
