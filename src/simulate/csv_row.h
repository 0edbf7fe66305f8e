// Cells of comma-separated text, quickly: each call appends one cell to a buffer.
//
// Thread-safety: one CsvRow per thread; DayTexts may be shared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/season.h"

namespace regulars::simulate {

// "2024-05-14" for each day of a range, made once.
class DayTexts {
 public:
  DayTexts(Day first, Day last);
  void append(Day day, std::string& out) const;

 private:
  Day first_;
  std::vector<std::string> texts_;
};

class CsvRow {
 public:
  CsvRow(const WallClock& clock, const DayTexts& days, std::string& out)
      : clock_(clock), days_(days), out_(out) {}

  CsvRow& text(std::string_view value);   // quoted where it must be
  CsvRow& plain(std::string_view value);  // known to need no quotes: our ids, several cells at once
  CsvRow& integer(int64_t value);
  CsvRow& money(int64_t cents);
  CsvRow& real(double value);  // four decimals
  CsvRow& boolean(bool value) { return plain(value ? "true" : "false"); }
  CsvRow& time(Instant t);  // empty for kNever
  CsvRow& date(Day day);
  CsvRow& blank() { return plain({}); }
  void end();

 private:
  void comma() {
    if (!first_) out_ += ',';
    first_ = false;
  }

  const WallClock& clock_;
  const DayTexts& days_;
  std::string& out_;
  bool first_ = true;
};

}  // namespace regulars::simulate
