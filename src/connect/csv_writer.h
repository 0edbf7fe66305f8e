// Writes CSV that every program reads back: comma, quotes only where needed, "\n" at line ends,
// UTF-8. The same cells always give the same bytes.
//
//   CsvWriter csv;
//   csv.row({"customer_id", "orders", "net_revenue"});
//   csv.cell(id).cell(orders).cell(net).end_row();
//   REGULARS_TRY(files.write(path, csv.text()));
//
// A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage
// return and is no plain number) gets an apostrophe in front (OWASP, "CSV Injection").
//
// Thread-safety: one thread at a time.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace regulars::connect {

class CsvWriter {
 public:
  CsvWriter& cell(std::string_view text);
  CsvWriter& cell(const std::string& text) { return cell(std::string_view(text)); }
  CsvWriter& cell(const char* text) { return cell(std::string_view(text)); }
  CsvWriter& cell(int64_t number);
  CsvWriter& cell(Decimal number);
  void end_row();

  void row(std::initializer_list<std::string_view> cells);
  void row(const std::vector<std::string>& cells);

  const std::string& text() const { return text_; }
  // Forgets what was written, after it was handed on: for files greater than memory.
  void clear() { text_.clear(); }

 private:
  void separate();

  std::string text_;
  bool in_row_ = false;
};

}  // namespace regulars::connect
