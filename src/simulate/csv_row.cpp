#include "simulate/csv_row.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/csv.h"
#include "simulate/rows.h"

namespace regulars::simulate {
namespace {

char digit(int64_t value) { return static_cast<char>('0' + value % 10); }

void append_integer(int64_t value, std::string& out) {
  std::array<char, 24> buffer;
  const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), done.ptr);
}

// value / 10^digits, digits in 1..6.
void append_fixed(int64_t value, int digits, std::string& out) {
  if (value < 0) {
    out += '-';
    value = -value;
  }
  int64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  append_integer(value / scale, out);
  out += '.';
  for (scale /= 10; scale > 0; scale /= 10) out += digit(value / scale);
}

}  // namespace

DayTexts::DayTexts(Day first, Day last) : first_(first) {
  for (Day day = first; day <= last; day = day + 1) texts_.push_back(to_iso(day));
}

void DayTexts::append(Day day, std::string& out) const {
  const int index = day - first_;
  if (index >= 0 && index < std::ssize(texts_)) {
    out += texts_[static_cast<size_t>(index)];
  } else {
    out += to_iso(day);
  }
}

CsvRow& CsvRow::text(std::string_view value) {
  comma();
  append_csv_field(out_, value);
  return *this;
}

CsvRow& CsvRow::plain(std::string_view value) {
  comma();
  out_ += value;
  return *this;
}

CsvRow& CsvRow::integer(int64_t value) {
  comma();
  append_integer(value, out_);
  return *this;
}

CsvRow& CsvRow::money(int64_t cents) {
  comma();
  append_fixed(cents, 2, out_);
  return *this;
}

CsvRow& CsvRow::real(double value) {
  comma();
  append_fixed(std::llround(value * 1e4), 4, out_);
  return *this;
}

CsvRow& CsvRow::time(Instant t) {
  comma();
  if (t == kNever) return *this;
  const WallClock::Local local = clock_.local(t);
  days_.append(local.day, out_);
  const int s = local.second;
  const char clock[] = {' ', digit(s / 36000),   digit(s / 3600),
                        ':', digit(s / 600 % 6), digit(s / 60),
                        ':', digit(s / 10 % 6),  digit(s)};
  out_.append(clock, sizeof clock);
  return *this;
}

CsvRow& CsvRow::date(Day day) {
  comma();
  days_.append(day, out_);
  return *this;
}

void CsvRow::end() {
  out_ += '\n';
  first_ = true;
}

}  // namespace regulars::simulate
