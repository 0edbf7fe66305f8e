#include "connect/cell_columns.h"

#include <algorithm>

#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr int kMostDecimals = 9;

// "17850.0" -> "17850"; other texts as they are.
std::string_view without_point_zero(std::string_view text) {
  const size_t point = text.rfind('.');
  if (point == std::string_view::npos || point == 0 || point + 1 == text.size()) return text;
  const bool idle = text.find_first_not_of('0', point + 1) == std::string_view::npos;
  return idle ? text.substr(0, point) : text;
}

bool has_upper(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

Tidying tidying_of(const ColumnProfile& column) {
  Tidying tidying;
  tidying.drop_point_zero = column.point_zeros > 0 && column.fractions == 0;
  tidying.lower_case = column.share(column.emails) >= 0.5;
  return tidying;
}

std::string_view TextCells::tidy(std::string_view cell, std::string& scratch) const {
  std::string_view text = trimmed(cell);
  if (tidying_.drop_point_zero) text = without_point_zero(text);
  if (tidying_.lower_case && has_upper(text)) {
    lower_ascii(text, scratch);
    return scratch;
  }
  return text;
}

void TextCells::read(Cells cells) {
  codes_.resize(cells.size());
  for (size_t row = 0; row < cells.size(); ++row) {
    const std::string_view cell = cells[row];
    if (row > 0 && cell == cells[row - 1]) {
      codes_[row] = codes_[row - 1];
    } else {
      codes_[row] = says_nothing(cell) ? kNoCode : dictionary_->intern(tidy(cell, scratch_));
    }
  }
}

void NumberCells::read(Cells cells) {
  numbers_.resize(cells.size());
  states_.resize(cells.size());
  for (size_t row = 0; row < cells.size(); ++row) {
    const std::string_view cell = cells[row];
    Number& number = numbers_[row];
    if (read_number(cell, format_, number)) {
      states_[row] = CellState::kGood;
      if (number.scale <= kMostDecimals) continue;
      if (!to_scale(number, kMostDecimals, number.units)) states_[row] = CellState::kBad;
      number.scale = kMostDecimals;
    } else {
      states_[row] = says_nothing(cell) ? CellState::kEmpty : CellState::kBad;
    }
  }
}

void TimeCells::read(Cells cells, Cells clocks) {
  instants_.resize(cells.size());
  states_.resize(cells.size());
  for (size_t row = 0; row < cells.size(); ++row) {
    const std::string_view clock = clocks.empty() ? std::string_view() : clocks[row];
    if (reader_.read(cells[row], clock, instants_[row])) {
      states_[row] = CellState::kGood;
    } else {
      states_[row] = says_nothing(cells[row]) ? CellState::kEmpty : CellState::kBad;
    }
  }
}

}  // namespace regulars::connect
