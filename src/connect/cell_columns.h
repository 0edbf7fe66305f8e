// Readers of one column each, a batch at a time into arrays of their own, so that columns can be
// read at the same time by several threads.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connect/column_profile.h"
#include "connect/number_format.h"
#include "connect/time_format.h"
#include "data/dictionary.h"

namespace regulars::connect {

using Cells = std::span<const std::string_view>;

// How the text of ids is tidied before it is looked up.
struct Tidying {
  bool drop_point_zero = false;  // "17850.0" is 17850: the whole column shows it
  bool lower_case = false;       // e-mail addresses
};
// From what the column shows: whole numbers with idle fractions, e-mail addresses.
Tidying tidying_of(const ColumnProfile& column);

// Text as dictionary codes; kNoCode where the cell says nothing.
class TextCells {
 public:
  explicit TextCells(Tidying tidying = {},
                     DictionaryPtr dictionary = std::make_shared<Dictionary>())
      : tidying_(tidying), dictionary_(std::move(dictionary)) {}

  void read(Cells cells);
  uint32_t code(size_t row) const { return codes_[row]; }
  const DictionaryPtr& dictionary() const { return dictionary_; }
  // The text a cell is looked up by; uses `scratch` where it must be changed.
  std::string_view tidy(std::string_view cell, std::string& scratch) const;

 private:
  Tidying tidying_;
  DictionaryPtr dictionary_;
  std::vector<uint32_t> codes_;
  std::string scratch_;
};

enum class CellState : uint8_t { kGood, kEmpty, kBad };

// Numbers, exact; at most 9 digits after the point are kept (rounded half-even beyond).
class NumberCells {
 public:
  NumberCells() = default;
  explicit NumberCells(NumberFormat format) : format_(format) {}

  void read(Cells cells);
  NumberFormat format() const { return format_; }
  CellState state(size_t row) const { return states_[row]; }
  const Number& number(size_t row) const { return numbers_[row]; }

 private:
  NumberFormat format_;
  std::vector<Number> numbers_;
  std::vector<CellState> states_;
};

// Instants, from a column and perhaps a second one with the time of day.
class TimeCells {
 public:
  TimeCells(TimeFormat format, const Zone& zone) : reader_(format, zone) {}

  void read(Cells cells, Cells clocks);  // clocks may be empty
  CellState state(size_t row) const { return states_[row]; }
  Instant at(size_t row) const { return instants_[row]; }

 private:
  TimeReader reader_;
  std::vector<Instant> instants_;
  std::vector<CellState> states_;
};

}  // namespace regulars::connect
