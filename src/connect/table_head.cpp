#include "connect/table_head.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "connect/text.h"

namespace regulars::connect {
namespace {

enum class Look { kEmpty, kValue, kCode, kWord };  // kValue: number or date; kCode: has a digit

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// Letters that numbers and dates hold: T, Z, AM, months, EUR, e+05. Words are longer or more.
bool few_letters(std::string_view text) {
  size_t longest = 0;
  size_t letters = 0;
  size_t run = 0;
  for (const char c : text) {
    run = is_letter(c) ? run + 1 : 0;
    letters += is_letter(c) ? 1 : 0;
    longest = std::max(longest, run);
  }
  return longest <= 3 && letters <= 5;
}

Look look_of(std::string_view cell) {
  cell = trimmed(cell);
  if (cell.empty()) return Look::kEmpty;
  const size_t digits = static_cast<size_t>(std::count_if(cell.begin(), cell.end(), is_digit));
  if (digits == 0) return Look::kWord;
  const bool plain = std::all_of(cell.begin(), cell.end(), [](char c) {
    return is_digit(c) || is_letter(c) || is_beyond_ascii(c) ||
           std::string_view(" .,:/-+%()'$#").find(c) != std::string_view::npos;
  });
  const bool number_first = is_digit(cell.front()) || !is_letter(cell.front());
  const bool month_first = digits >= 5 && cell.find(' ') != std::string_view::npos;
  if (plain && few_letters(cell) && (number_first || month_first)) return Look::kValue;
  return Look::kCode;
}

size_t filled(const SampleRow& row) {
  return static_cast<size_t>(std::count_if(row.cells.begin(), row.cells.end(), [](const auto& c) {
    return look_of(c) != Look::kEmpty;
  }));
}

// Cells up to the last that is not empty.
size_t used_width(const SampleRow& row) {
  size_t width = row.cells.size();
  while (width > 0 && look_of(row.cells[width - 1]) == Look::kEmpty) --width;
  return width;
}

struct UsualWidth {
  size_t width = 1;
  double share = 1;  // of the rows with several cells
};

// The number of cells that most rows have; `used` leaves out empty cells at their ends.
UsualWidth count_widths(const std::vector<SampleRow>& rows, bool used) {
  std::map<size_t, size_t> rows_by_width;
  size_t several = 0;
  for (const SampleRow& row : rows) {
    const size_t width = used ? used_width(row) : row.cells.size();
    if (width < 2) continue;
    ++rows_by_width[width];
    ++several;
  }
  UsualWidth usual;
  size_t most = 0;
  for (const auto& [cells, count] : rows_by_width) {
    if (count >= most) usual.width = cells;
    most = std::max(most, count);
  }
  if (several > 0) usual.share = static_cast<double>(most) / static_cast<double>(several);
  return usual;
}

UsualWidth usual_width(const std::vector<SampleRow>& rows) {
  UsualWidth usual = count_widths(rows, /*used=*/false);
  if (usual.share < 0.5) {
    const UsualWidth by_use = count_widths(rows, /*used=*/true);
    if (by_use.share > usual.share) return by_use;
  }
  // Delimiters that end every row stand for no column.
  size_t used = 1;
  for (const SampleRow& row : rows) {
    if (row.cells.size() == usual.width) used = std::max(used, used_width(row));
  }
  usual.width = used;
  return usual;
}

// The first row that may be the table's: as wide as the usual row, and not mostly empty before
// rows that are full.
size_t first_of_table(const std::vector<SampleRow>& rows, size_t width) {
  if (width < 2) return 0;
  constexpr size_t kMostNotes = 50;
  for (size_t i = 0; i < std::min(rows.size(), kMostNotes); ++i) {
    if (rows[i].cells.size() < width || used_width(rows[i]) > width) continue;
    const size_t here = filled(rows[i]);
    size_t next = 0;
    for (size_t j = i + 1; j < std::min(rows.size(), i + 5); ++j) {
      next = std::max(next, filled(rows[j]));
    }
    if (here * 2 < width && next > here) continue;
    return i;
  }
  return 0;
}

struct ColumnLook {
  size_t values = 0;
  size_t codes = 0;
  size_t words = 0;
  bool mostly_values() const { return values > 0 && values >= 4 * (codes + words); }
  bool mostly_codes() const { return values + codes > 0 && values + codes >= 4 * words; }
};

ColumnLook look_below(const std::vector<SampleRow>& rows, size_t head, size_t column) {
  ColumnLook found;
  for (size_t i = head + 1; i < rows.size(); ++i) {
    if (column >= rows[i].cells.size() || rows[i].cells == rows[head].cells) continue;
    switch (look_of(rows[i].cells[column])) {
      case Look::kValue:
        ++found.values;
        break;
      case Look::kCode:
        ++found.codes;
        break;
      case Look::kWord:
        ++found.words;
        break;
      case Look::kEmpty:
        break;
    }
  }
  return found;
}

// Names of columns do not come again below, and no two are the same.
bool distinct_words(const std::vector<SampleRow>& rows, size_t head) {
  std::set<std::string> seen;
  const std::vector<std::string>& names = rows[head].cells;
  for (size_t column = 0; column < names.size(); ++column) {
    if (look_of(names[column]) == Look::kEmpty) continue;
    if (!seen.insert(names[column]).second) return false;
    for (size_t i = head + 1; i < rows.size(); ++i) {
      if (column >= rows[i].cells.size() || rows[i].cells == names) continue;
      if (rows[i].cells[column] == names[column]) return false;
    }
  }
  return !seen.empty();
}

// A header differs in kind from what stands below it: words above numbers, dates or codes.
bool looks_like_header(const std::vector<SampleRow>& rows, size_t head) {
  const std::vector<std::string>& names = rows[head].cells;
  size_t contrasts = 0;
  bool any_values = false;
  for (size_t column = 0; column < names.size(); ++column) {
    const Look name = look_of(names[column]);
    const ColumnLook below = look_below(rows, head, column);
    if (name == Look::kValue && (below.mostly_values() || rows.size() == head + 1)) return false;
    any_values = any_values || below.mostly_values();
    const bool differs = (name == Look::kWord && below.mostly_codes()) ||
                         (name == Look::kCode && below.mostly_values());
    contrasts += differs ? 1 : 0;
  }
  if (contrasts > 0) return true;
  return !any_values && distinct_words(rows, head);
}

// R leaves out the name of the row names, which it puts in quotes.
bool lacks_row_names(const std::vector<SampleRow>& rows, size_t width) {
  if (rows.size() < 2 || rows[0].cells.size() + 1 != width) return false;
  return std::all_of(rows.begin() + 1, rows.end(), [&](const SampleRow& row) {
    return row.first_quoted && row.cells.size() == width;
  });
}

size_t find_short_width(const std::vector<SampleRow>& rows, size_t from, size_t width) {
  size_t shorter = 0;
  size_t cells = 0;
  for (size_t i = from; i < rows.size(); ++i) {
    const size_t count = rows[i].cells.size();
    if (count >= width) continue;
    if (shorter > 0 && count != cells) return 0;
    cells = count;
    ++shorter;
  }
  const bool a_habit = shorter >= 3 && shorter * 20 >= rows.size() - from;
  return a_habit && cells >= 2 ? cells : 0;
}

// A row of words above rows of another width is a header all the same: better to reject those rows
// than to take their cells for other columns'.
bool is_row_of_words(const SampleRow& row) {
  return row.cells.size() > 1 && std::all_of(row.cells.begin(), row.cells.end(), [](const auto& c) {
           return look_of(c) == Look::kWord;
         });
}

}  // namespace

std::vector<std::string> unique_names(const std::vector<std::string>& names) {
  std::vector<std::string> result;
  std::set<std::string> taken;
  for (size_t i = 0; i < names.size(); ++i) {
    std::string name(trimmed(names[i]));
    if (name.empty()) name = "column" + std::to_string(i + 1);
    std::string candidate = name;
    for (int n = 2; !taken.insert(candidate).second; ++n)
      candidate = name + "_" + std::to_string(n);
    result.push_back(candidate);
  }
  return result;
}

TableHead find_head(const std::vector<SampleRow>& rows, int header) {
  constexpr size_t kLeastForLists = 5;
  TableHead head;
  if (rows.empty()) return head;
  const UsualWidth usual = usual_width(rows);
  size_t width = usual.width;
  size_t first = first_of_table(rows, width);
  std::vector<std::string> names;
  head.lists = usual.share < 0.5 && header != 1 && rows.size() >= kLeastForLists;
  if (lacks_row_names(rows, width) && header != 0) {
    head.has_header = true;
    names = rows[0].cells;
    names.insert(names.begin(), std::string());
  } else if (head.lists) {
    for (const SampleRow& row : rows) width = std::max(width, row.cells.size());
  } else if (header != 0) {
    head.has_header = header == 1 || looks_like_header(rows, first);
    if (!head.has_header && first > 0 && is_row_of_words(rows[first - 1])) {
      head.has_header = true;
      width = rows[--first].cells.size();
    }
    // Rows above the table are left out only when a header says where it begins.
    if (head.has_header) {
      head.skipped = first;
      names = rows[first].cells;
      width = std::max(width, used_width(rows[first]));
    }
  }
  names.resize(width);
  head.names = unique_names(names);
  head.short_width = find_short_width(rows, head.skipped, head.names.size());
  return head;
}

}  // namespace regulars::connect
