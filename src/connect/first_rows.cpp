#include "connect/first_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "connect/text.h"

namespace regulars::connect {
namespace {

// To the width of a terminal's column, counted in letters.
std::string padded(std::string_view text, size_t width) {
  std::string cell = shortened(text, width);
  const auto letters = static_cast<size_t>(std::count_if(cell.begin(), cell.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
  if (letters < width) cell.append(width - letters, ' ');
  return cell;
}

}  // namespace

std::string first_rows(const SourceProfile& source) {
  constexpr size_t kName = 24;
  constexpr size_t kCell = 18;
  constexpr size_t kMostColumns = 20;
  std::string table;
  const size_t rows = std::min<size_t>(3, source.sample.rows());
  for (size_t c = 0; c < std::min(source.columns.size(), kMostColumns); ++c) {
    std::string line = "    " + padded(source.columns[c].name, kName);
    for (size_t row = 0; row < rows; ++row) {
      line += "  " + padded(trimmed(source.sample.cell(c, row)), kCell);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    table += (c > 0 ? "\n" : "") + line;
  }
  if (source.columns.size() > kMostColumns) {
    table += fmt::format("\n    ... and {} more columns", source.columns.size() - kMostColumns);
  }
  return table;
}

}  // namespace regulars::connect
