#include "script_reader.h"

#include <algorithm>
#include <charconv>

#include "base/decimal.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {
namespace {

// Words are separated by blanks; "two words" is one.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] == ' ') {
      ++i;
    } else if (text[i] == '"') {
      const size_t end = std::min(text.find('"', i + 1), text.size());
      words.emplace_back(text.substr(i + 1, end - i - 1));
      i = end + 1;
    } else {
      const size_t end = std::min(text.find(' ', i), text.size());
      words.emplace_back(text.substr(i, end - i));
      i = end;
    }
  }
  return words;
}

}  // namespace

Error bad(const Line& line, const std::string& what) {
  return Error(ErrorCode::kBadData, what + ": " + line.text).at({"", line.number, 0, ""});
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    Line line{number, text.starts_with(' '), std::string(text.substr(0, end)), {}};
    text.remove_prefix(std::min(end + 1, text.size()));
    line.words = words_of(line.text);
    if (!line.words.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

bool read_number(std::string_view text, int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<Day> read_day(std::string_view text) {
  int64_t year = 0;
  int64_t month = 0;
  int64_t date = 0;
  if (text.size() != 10 || !read_number(text.substr(0, 4), year) ||
      !read_number(text.substr(5, 2), month) || !read_number(text.substr(8, 2), date)) {
    return {};
  }
  return to_day({static_cast<int>(year), static_cast<int>(month), static_cast<int>(date)});
}

std::optional<Instant> read_instant(std::string_view text, const Zone& zone) {
  const bool utc = text.ends_with('Z');
  if (utc) text.remove_suffix(1);
  const auto day = read_day(text.substr(0, 10));
  if (!day) return {};
  int64_t hour = 0;
  int64_t minute = 0;
  int64_t second = 0;
  int64_t micros = 0;
  const bool good =
      (text.size() <= 10 ||
       (read_number(text.substr(11, 2), hour) && read_number(text.substr(14, 2), minute))) &&
      (text.size() <= 16 || read_number(text.substr(17, 2), second)) &&
      (text.size() <= 19 || (text.size() == 26 && read_number(text.substr(20), micros)));
  if (!good) return {};
  const int64_t clock = ((hour * 60 + minute) * 60 + second) * 1'000'000 + micros;
  return (utc ? Zone::utc() : zone).at(*day, clock);
}

std::optional<Column> read_column(const std::string& word) {
  const size_t colon = word.find(':');
  if (colon == std::string::npos) return {};
  const std::string name = word.substr(0, colon);
  const std::string type = word.substr(colon + 1);
  if (type.starts_with("decimal") && type.size() == 8) return Column::decimal(name, type[7] - '0');
  if (type == "text") return Column::text(name, std::make_shared<Dictionary>());
  if (type == "set") {
    Column column = Column::text(name, std::make_shared<Dictionary>());
    column.is_set = true;
    return column;
  }
  if (type == "integer") return Column::of(name, ValueType::kInteger);
  if (type == "instant") return Column::of(name, ValueType::kInstant);
  if (type == "day") return Column::of(name, ValueType::kDay);
  if (type == "boolean") return Column::of(name, ValueType::kBoolean);
  return {};
}

bool append(Column& column, const std::string& word, const Zone& zone) {
  if (column.type == ValueType::kText) {
    std::string value = word;
    if (column.is_set) std::replace(value.begin(), value.end(), ';', kSetSeparator);
    column.codes.push_back(word == "?" ? kNoCode : column.dictionary->intern(value));
    return true;
  }
  int64_t number = kMissing;
  bool good = true;
  if (word == "?") {
  } else if (column.type == ValueType::kDecimal) {
    const Result<Decimal> parsed = Decimal::parse(word);
    good = parsed.ok() && parsed->scale <= column.scale;
    if (good) number = parsed->units * power_of_ten(column.scale - parsed->scale);
  } else if (column.type == ValueType::kInstant) {
    const auto found = read_instant(word, zone);
    good = found.has_value();
    if (good) number = found->micros;
  } else if (column.type == ValueType::kDay) {
    const auto found = read_day(word);
    good = found.has_value();
    if (good) number = found->number;
  } else if (column.type == ValueType::kBoolean) {
    good = word == "true" || word == "false";
    number = word == "true" ? 1 : 0;
  } else {
    good = read_number(word, number);
  }
  column.numbers.push_back(number);
  return good;
}

Result<void> append_values(const Line& line, size_t& next, std::vector<Column>& columns,
                           const Zone& zone) {
  for (Column& column : columns) {
    if (next >= line.words.size() || !append(column, line.words[next++], zone)) {
      return bad(line, "no value of column '" + column.name + "'");
    }
  }
  return {};
}

}  // namespace regulars::evaluate
