// What a whole column looks like: how many cells say something, how many different values there
// are, whether they are numbers, dates, e-mail addresses, and which marks they are written with.
// Every cell is counted; a cell seen shortly before is recognised and not taken apart again.
//
// Thread-safety: one thread per profile.
#pragma once

#include <tsl/robin_set.h>

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connect/civil_time.h"
#include "connect/number_format.h"

namespace regulars::connect {

// What dates a column holds; counts of cells.
struct TimeEvidence {
  int64_t civil = 0;           // dates of any layout
  int64_t compact = 0;         // of these: digits only (20101201)
  int64_t year_last = 0;       // of these: 1/12/2010, order of day and month open
  int64_t first_over_12 = 0;   // of year_last: 13/1/2010
  int64_t second_over_12 = 0;  // of year_last: 1/13/2010
  int64_t first_over_31 = 0;   // of year_last: 97/1/13, the year stands in front
  int64_t with_time = 0;
  int64_t with_offset = 0;
  int64_t time_of_day = 0;  // no dates: 08:26
};

struct ValueCount {
  std::string value;
  int64_t rows = 0;
};

struct ColumnProfile {
  std::string name;
  int64_t rows = 0;
  int64_t empty = 0;              // says_nothing
  double distinct = 0;            // of the others; exact up to kExactDistinct, then within 1 %
  int64_t repeats_row_above = 0;  // cells equal to the one above
  int64_t numbers = 0;
  int64_t negatives = 0;
  int64_t zeros = 0;
  int64_t fractions = 0;      // numbers with a fraction that is not zero
  int64_t point_zeros = 0;    // "17850.0"
  int64_t leading_zeros = 0;  // "00123"
  int64_t exponents = 0;      // "1.2E+12"
  int64_t percents = 0;
  int64_t with_currency = 0;
  std::vector<ValueCount> currencies;  // signs and codes beside the numbers, most frequent first
  int decimals = 0;                    // most digits after the decimal mark
  int whole_digits = 0;                // most digits before it
  double smallest = std::numeric_limits<double>::infinity();
  double largest = -std::numeric_limits<double>::infinity();
  NumberEvidence number_marks;
  TimeEvidence time;
  int64_t emails = 0;
  int64_t upper_or_spaced = 0;        // e-mails with capitals or spaces around
  int64_t letter_numbers = 0;         // "C536379": one to three letters, then digits
  int64_t longest = 0;                // bytes
  double mean_length = 0;             // bytes, of cells that say something
  std::vector<std::string> examples;  // the first few different values
  std::vector<ValueCount> values;     // all values, most frequent first; empty above kMostValues

  int64_t filled() const { return rows - empty; }
  double share(int64_t count) const {
    return filled() == 0 ? 0 : static_cast<double>(count) / static_cast<double>(filled());
  }
};

class ColumnProfiler {
 public:
  static constexpr size_t kExactDistinct = 100'000;
  static constexpr size_t kMostValues = 200;

  explicit ColumnProfiler(std::string name);

  // Adds cells; adds to row_hash[i] what cell i contributes to the hash of its whole row, in which
  // this column is number `column`.
  void add(std::span<const std::string_view> cells, size_t column, std::span<uint64_t> row_hash);
  ColumnProfile finish();

 private:
  struct Look {  // what one cell is, small enough to keep many
    bool empty = false;
    bool email = false;
    bool email_untidy = false;
    bool letter_number = false;
    bool compact = false;
    bool time_of_day = false;
    bool civil = false;
    CivilParts parts;
    NumberLook number;
    uint32_t length = 0;
  };
  struct Slot {
    uint64_t hash = 0;
    int64_t times = 0;
    Look look;
  };

  static Look look_at(std::string_view cell);
  void miss(Slot& slot, uint64_t hash, std::string_view cell);
  void fold(const Slot& slot);
  void fold_number(const NumberLook& number, int64_t times);
  void fold_time(const Look& look, int64_t times);
  void note_value(uint64_t hash, std::string_view cell);
  void note_distinct(uint64_t hash);

  ColumnProfile profile_;
  std::vector<Slot> slots_;
  uint64_t last_hash_ = 0;
  tsl::robin_set<uint64_t> exact_;
  std::vector<uint8_t> registers_;  // HyperLogLog (Flajolet et al. 2007), once exact_ is full
  std::vector<std::pair<uint64_t, ValueCount>> values_;
  bool many_values_ = false;
  double total_length_ = 0;
};

}  // namespace regulars::connect
