#include "connect/number_format.h"

#include "base/decimal.h"
#include "connect/currencies.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A cell without its sign, currency and percent.
struct Stripped {
  std::string_view body;
  bool negative = false;
  bool percent = false;
  std::string_view currency;
};

bool take_front(std::string_view& text, std::string_view what) {
  if (!text.starts_with(what)) return false;
  text = trimmed(text.substr(what.size()));
  return true;
}

bool take_back(std::string_view& text, std::string_view what) {
  if (!text.ends_with(what)) return false;
  text = trimmed(text.substr(0, text.size() - what.size()));
  return true;
}

bool strip_front(Stripped& s) {
  if (take_front(s.body, "-") || take_front(s.body, "\xE2\x88\x92")) {
    if (s.negative) return false;
    s.negative = true;
    return true;
  }
  if (take_front(s.body, "+")) return true;
  const CurrencyMark mark = currency_at_front(s.body);
  if (mark.length == 0) return false;
  s.currency = mark.code;
  s.body = trimmed(s.body.substr(mark.length));
  return true;
}

bool strip_back(Stripped& s) {
  if (!s.negative && (take_back(s.body, "-") || take_back(s.body, "\xE2\x88\x92"))) {
    s.negative = true;
    return true;
  }
  if (take_back(s.body, "%")) {
    s.percent = true;
    return true;
  }
  const CurrencyMark mark = currency_at_back(s.body);
  if (mark.length == 0) return false;
  s.currency = mark.code;
  s.body = trimmed(s.body.substr(0, s.body.size() - mark.length));
  return true;
}

bool strip(std::string_view cell, Stripped& s) {
  s.body = trimmed(cell);
  if (s.body.size() > 2 && s.body.front() == '(' && s.body.back() == ')') {
    s.negative = true;
    s.body = trimmed(s.body.substr(1, s.body.size() - 2));
  }
  while (!s.body.empty() && !is_digit(s.body.front()) && s.body.front() != '.' &&
         s.body.front() != ',') {
    if (!strip_front(s)) return false;
  }
  while (!s.body.empty() && !is_digit(s.body.back()) && s.body.back() != '.') {
    if (!strip_back(s)) return false;
  }
  return !s.body.empty();
}

// A body cut into runs of digits and the marks between them; exponents apart.
struct Runs {
  static constexpr size_t kMost = 12;
  size_t count = 0;                         // runs of digits
  std::array<std::string_view, kMost> run;  // run[i] is followed by mark[i]
  std::array<char, kMost> mark{};           // '.', ',', ' ' or '\''; '\0' at the end
  int exponent = 0;
  bool has_exponent = false;
};

// The mark at the front of a text and its bytes; {'\0', 0} when there is none.
std::pair<char, size_t> mark_at(std::string_view text) {
  switch (text.front()) {
    case '.':
      return {'.', 1};
    case ',':
      return {',', 1};
    case '\'':
      return {'\'', 1};
    case ' ':
      return {' ', 1};
    default:
      break;
  }
  if (text.starts_with("\xC2\xA0")) return {' ', 2};
  if (text.starts_with("\xE2\x80\xAF")) return {' ', 3};
  if (text.starts_with("\xE2\x80\x99")) return {'\'', 3};
  return {'\0', 0};
}

bool read_exponent(std::string_view text, Runs& runs) {
  text.remove_prefix(1);
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.empty() || text.size() > 2) return false;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    runs.exponent = runs.exponent * 10 + (c - '0');
  }
  if (negative) runs.exponent = -runs.exponent;
  runs.has_exponent = true;
  return true;
}

bool cut(std::string_view body, Runs& runs) {
  while (true) {
    size_t digits = 0;
    while (digits < body.size() && is_digit(body[digits])) ++digits;
    if (runs.count == Runs::kMost) return false;
    runs.run[runs.count] = body.substr(0, digits);
    runs.mark[runs.count++] = '\0';
    body.remove_prefix(digits);
    if (body.empty()) return true;
    if ((body.front() == 'e' || body.front() == 'E') && digits > 0) {
      return read_exponent(body, runs);
    }
    const auto [mark, bytes] = mark_at(body);
    if (mark == '\0') return false;
    runs.mark[runs.count - 1] = mark;
    body.remove_prefix(bytes);
  }
}

// Runs 0..last are digits grouped as people do: in threes, or the Indian way (12,34,567).
bool grouped(const Runs& runs, size_t last) {
  if (last == 0) return true;
  if (runs.run[0].empty() || runs.run[0].size() > 3) return false;
  for (size_t i = 1; i < last; ++i) {
    if (runs.run[i].size() != 3 && runs.run[i].size() != 2) return false;
  }
  return runs.run[last].size() == 3;
}

// Which run is the fraction when `decimal` is the decimal mark: the last one, after that mark and
// no other of the kind; runs.count when there is no fraction. False: the marks do not fit.
bool find_fraction(const Runs& runs, char decimal, size_t& fraction) {
  fraction = runs.count;
  for (size_t i = 0; i + 1 < runs.count; ++i) {
    if (runs.mark[i] != decimal) continue;
    if (i + 2 != runs.count) return false;
    fraction = i + 1;
  }
  const size_t whole = fraction < runs.count ? fraction - 1 : runs.count - 1;
  return grouped(runs, whole);
}

bool append_digits(std::string_view digits, bool fraction, int& significant, Number& out) {
  for (const char c : digits) {
    if (significant >= 18 || out.scale >= 18) return fraction;
    if (out.units != 0 || c != '0') ++significant;
    out.units = out.units * 10 + (c - '0');
    if (fraction) ++out.scale;
  }
  return true;
}

bool apply_exponent(int exponent, Number& out) {
  for (; exponent > 0 && out.scale > 0; --exponent) --out.scale;
  for (; exponent > 0; --exponent) {
    if (out.units > INT64_MAX / 10) return false;
    out.units *= 10;
  }
  for (; exponent < 0 && out.scale < 18; ++exponent) ++out.scale;
  return true;
}

bool assemble(const Runs& runs, size_t fraction, bool negative, Number& out) {
  out = {};
  int significant = 0;
  bool any = false;
  for (size_t i = 0; i < runs.count; ++i) {
    any = any || !runs.run[i].empty();
    if (!append_digits(runs.run[i], i == fraction, significant, out)) return false;
  }
  if (!any || !apply_exponent(runs.exponent, out)) return false;
  if (negative) out.units = -out.units;
  return true;
}

uint8_t signs_of_one_mark(const Runs& runs, size_t at, bool point, bool other_thousands) {
  const std::string_view whole = runs.run[at];
  const std::string_view rest = runs.run[at + 1];
  const bool could_group = rest.size() == 3 && !whole.empty() && whole.size() <= 3 &&
                           whole.front() != '0' && !other_thousands && !runs.has_exponent;
  if (could_group) return point ? kPointUnclear : kCommaUnclear;
  return point ? kPointDecimal : kCommaDecimal;
}

// Which marks mean what, as this cell alone shows.
uint8_t signs_of(const Runs& runs) {
  size_t points = 0, commas = 0, spaces = 0, apostrophes = 0;
  size_t last_point = 0, last_comma = 0;
  for (size_t i = 0; i + 1 < runs.count; ++i) {
    if (runs.mark[i] == '.') ++points, last_point = i;
    if (runs.mark[i] == ',') ++commas, last_comma = i;
    if (runs.mark[i] == ' ') ++spaces;
    if (runs.mark[i] == '\'') ++apostrophes;
  }
  uint8_t signs = 0;
  if (spaces > 0) signs |= kSpaceThousands;
  if (apostrophes > 0) signs |= kApostropheThousands;
  if (points > 0 && commas > 0) {
    signs |= last_point > last_comma ? (kPointDecimal | kCommaThousands)
                                     : (kCommaDecimal | kPointThousands);
    return signs;
  }
  const bool other = spaces + apostrophes > 0;
  if (points > 1) return signs | kPointThousands;
  if (commas > 1) return signs | kCommaThousands;
  if (points == 1) return signs | signs_of_one_mark(runs, last_point, true, other);
  if (commas == 1) return signs | signs_of_one_mark(runs, last_comma, false, other);
  return signs;
}

char likely_decimal(uint8_t signs) {
  return (signs & (kCommaDecimal | kPointThousands)) != 0 ? ',' : '.';
}

// "-1234.5" and the like, without any strange mark: by far the most common.
bool read_plain(std::string_view cell, char decimal, Number& out) {
  size_t i = 0;
  const bool negative = !cell.empty() && cell[0] == '-';
  if (negative) ++i;
  if (cell.size() == i || cell.size() - i > 18) return false;
  int64_t units = 0;
  size_t point = 0;
  for (; i < cell.size(); ++i) {
    const char c = cell[i];
    if (is_digit(c)) {
      units = units * 10 + (c - '0');
    } else if (c == decimal && point == 0 && i + 1 < cell.size()) {
      point = i + 1;
    } else {
      return false;
    }
  }
  out.units = negative ? -units : units;
  out.scale = point == 0 ? 0 : static_cast<int>(cell.size() - point);
  return true;
}

// The look of "1234", "-12.50": digits and at most one point that is no thousands mark.
bool look_plain(std::string_view cell, NumberLook& look) {
  Number number;
  if (!read_plain(cell, '.', number)) return false;
  const size_t sign = cell[0] == '-' ? 1 : 0;
  const auto scale = static_cast<size_t>(number.scale);
  const size_t whole = cell.size() - sign - (scale > 0 ? scale + 1 : 0);
  const bool could_group = scale == 3 && whole >= 1 && whole <= 3 && cell[sign] != '0';
  look.is_number = true;
  if (scale > 0) look.signs = could_group ? kPointUnclear : kPointDecimal;
  look.negative = number.units < 0;
  look.leading_zero = whole > 1 && cell[sign] == '0';
  look.decimals = static_cast<uint8_t>(scale);
  look.whole_digits = static_cast<uint8_t>(whole);
  look.point_zero = scale > 0 && number.units % power_of_ten(number.scale) == 0;
  look.value = static_cast<double>(number.units) / static_cast<double>(power_of_ten(number.scale));
  return true;
}

// Longer words than any currency's sign or code stand in front of no number and behind none.
bool may_be_number(std::string_view text) {
  constexpr size_t kLongestCode = 3;
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  size_t front = 0;
  size_t back = 0;
  while (front < text.size() && letter(text[front])) ++front;
  while (back < text.size() && letter(text[text.size() - 1 - back])) ++back;
  return front <= kLongestCode && back <= kLongestCode && front < text.size();
}

}  // namespace

NumberLook look_at_number(std::string_view cell) {
  NumberLook look;
  if (look_plain(cell, look) || !may_be_number(cell)) return look;
  Stripped stripped;
  Runs runs;
  if (!strip(cell, stripped) || !cut(stripped.body, runs)) return look;
  look.signs = signs_of(runs);
  size_t fraction = 0;
  Number number;
  if (!find_fraction(runs, likely_decimal(look.signs), fraction) ||
      !assemble(runs, fraction, stripped.negative, number)) {
    return look;
  }
  look.is_number = true;
  look.negative = stripped.negative && number.units != 0;
  look.exponent = runs.has_exponent;
  look.percent = stripped.percent;
  look.currency = stripped.currency;
  look.value = static_cast<double>(number.units) / static_cast<double>(power_of_ten(number.scale));
  size_t whole = 0;
  for (size_t i = 0; i < runs.count; ++i) whole += i == fraction ? 0 : runs.run[i].size();
  look.whole_digits = static_cast<uint8_t>(whole);
  look.leading_zero = runs.run[0].size() > 1 && runs.run[0].front() == '0';
  if (fraction < runs.count) {
    const std::string_view rest = runs.run[fraction];
    look.decimals = static_cast<uint8_t>(rest.size());
    look.point_zero = !rest.empty() && rest.find_first_not_of('0') == std::string_view::npos;
  }
  return look;
}

void NumberEvidence::add(uint8_t signs, int64_t times) {
  for (size_t bit = 0; bit < seen.size(); ++bit) {
    if ((signs >> bit & 1) != 0) seen[bit] += times;
  }
}

void NumberEvidence::add(const NumberEvidence& other) {
  for (size_t bit = 0; bit < seen.size(); ++bit) seen[bit] += other.seen[bit];
}

int64_t NumberEvidence::of(NumberSign sign) const {
  size_t bit = 0;
  while ((sign >> bit & 1) == 0) ++bit;
  return seen[bit];
}

NumberDecision decide_number_format(const NumberEvidence& evidence) {
  const int64_t point = evidence.of(kPointDecimal) + evidence.of(kCommaThousands);
  const int64_t comma = evidence.of(kCommaDecimal) + evidence.of(kPointThousands);
  NumberDecision decision;
  decision.certain = point + comma > 0;
  decision.conflicting = point > 0 && comma > 0;
  bool decimal_comma = comma > point;
  if (!decision.certain) {
    decision.ambiguous = evidence.of(kPointUnclear) + evidence.of(kCommaUnclear) > 0;
    // "1.234" and "1,234" in one column: whichever is the decimal mark, the other groups. The
    // English reading, unless only one of them can be true.
    decimal_comma = false;
  }
  decision.format.decimal_mark = decimal_comma ? ',' : '.';
  const char other = decimal_comma ? '.' : ',';
  const int64_t grouped = decimal_comma ? evidence.of(kPointThousands) + evidence.of(kPointUnclear)
                                        : evidence.of(kCommaThousands) + evidence.of(kCommaUnclear);
  if (grouped > 0) {
    decision.format.thousands_mark = other;
  } else if (evidence.of(kSpaceThousands) > 0) {
    decision.format.thousands_mark = ' ';
  } else if (evidence.of(kApostropheThousands) > 0) {
    decision.format.thousands_mark = '\'';
  }
  return decision;
}

bool read_number(std::string_view cell, NumberFormat format, Number& out) {
  if (read_plain(cell, format.decimal_mark, out)) return true;
  Stripped stripped;
  Runs runs;
  size_t fraction = 0;
  return strip(cell, stripped) && cut(stripped.body, runs) &&
         find_fraction(runs, format.decimal_mark, fraction) &&
         assemble(runs, fraction, stripped.negative, out);
}

bool is_too_large(std::string_view cell, NumberFormat format) {
  Stripped stripped;
  Runs runs;
  size_t fraction = 0;
  Number number;
  return strip(cell, stripped) && cut(stripped.body, runs) &&
         find_fraction(runs, format.decimal_mark, fraction) &&
         !assemble(runs, fraction, stripped.negative, number) && stripped.body.size() > 18;
}

bool to_scale(const Number& number, int scale, int64_t& units) {
  if (number.scale == scale) {
    units = number.units;
    return true;
  }
  const Result<int64_t> scaled = rescale_half_even(number.units, number.scale, scale);
  if (!scaled) return false;
  units = scaled.value();
  return true;
}

}  // namespace regulars::connect
