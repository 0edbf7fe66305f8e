// Private to the script tests: lines, words and values of a script.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "data/column.h"

namespace regulars::evaluate {

struct Line {
  size_t number = 0;
  bool indented = false;
  std::string text;
  std::vector<std::string> words;  // separated by blanks; "two words" is one
};

Error bad(const Line& line, const std::string& what);

// Without the empty ones.
std::vector<Line> lines_of(std::string_view text);

bool read_number(std::string_view text, int64_t& number);
std::optional<Day> read_day(std::string_view text);
// 2024-01-31, T10:20, :30 and .000001 may be added; by the zone's clock, or UTC with a final Z.
std::optional<Instant> read_instant(std::string_view text, const Zone& zone);
// name:type
std::optional<Column> read_column(const std::string& word);
// Appends the value a word stands for; "?" is unknown.
bool append(Column& column, const std::string& word, const Zone& zone);
// As many values as there are columns, from word `next` on.
Result<void> append_values(const Line& line, size_t& next, std::vector<Column>& columns,
                           const Zone& zone);

}  // namespace regulars::evaluate
