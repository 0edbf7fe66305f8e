#include "connect/civil_time.h"

#include <algorithm>
#include <array>
#include <string>

#include "connect/text.h"

namespace regulars::connect {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < 0; }

struct NamedMonth {
  std::string_view name;
  int month;
};

// Months in English, German, French, Spanish, Italian and Dutch, folded, in order of the alphabet.
constexpr NamedMonth kMonths[] = {
    {"abr", 4},        {"abril", 4},     {"ago", 8},       {"agosto", 8},     {"aout", 8},
    {"apr", 4},        {"april", 4},     {"aprile", 4},    {"aug", 8},        {"august", 8},
    {"augustus", 8},   {"avr", 4},       {"avril", 4},     {"dec", 12},       {"december", 12},
    {"decembre", 12},  {"dez", 12},      {"dezember", 12}, {"dic", 12},       {"dicembre", 12},
    {"diciembre", 12}, {"ene", 1},       {"enero", 1},     {"feb", 2},        {"febbraio", 2},
    {"feber", 2},      {"febrero", 2},   {"februar", 2},   {"februari", 2},   {"february", 2},
    {"fev", 2},        {"fevr", 2},      {"fevrier", 2},   {"gen", 1},        {"gennaio", 1},
    {"giu", 6},        {"giugno", 6},    {"jaenner", 1},   {"jan", 1},        {"januar", 1},
    {"januari", 1},    {"january", 1},   {"janv", 1},      {"janvier", 1},    {"juil", 7},
    {"juillet", 7},    {"juin", 6},      {"jul", 7},       {"juli", 7},       {"julio", 7},
    {"july", 7},       {"jun", 6},       {"june", 6},      {"juni", 6},       {"junio", 6},
    {"lug", 7},        {"luglio", 7},    {"maart", 3},     {"maerz", 3},      {"mag", 5},
    {"maggio", 5},     {"mai", 5},       {"mar", 3},       {"march", 3},      {"mars", 3},
    {"marz", 3},       {"marzo", 3},     {"may", 5},       {"mayo", 5},       {"mei", 5},
    {"mrt", 3},        {"mrz", 3},       {"nov", 11},      {"november", 11},  {"novembre", 11},
    {"noviembre", 11}, {"oct", 10},      {"october", 10},  {"octobre", 10},   {"octubre", 10},
    {"okt", 10},       {"oktober", 10},  {"ott", 10},      {"ottobre", 10},   {"sep", 9},
    {"sept", 9},       {"september", 9}, {"septembre", 9}, {"septiembre", 9}, {"set", 9},
    {"settembre", 9}};

// Weekdays in English and German, in order of the alphabet.
constexpr std::string_view kWeekdays[] = {
    "di",       "do",  "donnerstag", "fr",      "freitag", "fri",      "friday",  "mi",
    "mittwoch", "mo",  "mon",        "monday",  "montag",  "sa",       "samstag", "sat",
    "saturday", "so",  "sonntag",    "sun",     "sunday",  "thu",      "thur",    "thurs",
    "thursday", "tue", "tues",       "tuesday", "wed",     "wednesday"};

struct NamedOffset {
  std::string_view name;
  int minutes;
};
constexpr NamedOffset kOffsets[] = {{"z", 0},      {"utc", 0},    {"gmt", 0},    {"est", -300},
                                    {"edt", -240}, {"cst", -360}, {"cdt", -300}, {"mst", -420},
                                    {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"cet", 60},
                                    {"cest", 120}, {"bst", 60}};

constexpr size_t kLongestName = 12;

bool is_weekday(std::string_view word) {
  if (word.size() > kLongestName) return false;
  std::string low;
  lower_ascii(word, low);
  return std::binary_search(std::begin(kWeekdays), std::end(kWeekdays), std::string_view(low));
}

int month_number(std::string_view word) {
  if (word.size() > kLongestName) return 0;
  const std::string name = folded(word);
  const auto found =
      std::lower_bound(std::begin(kMonths), std::end(kMonths), name,
                       [](const NamedMonth& m, const std::string& n) { return m.name < n; });
  return found != std::end(kMonths) && found->name == name ? found->month : 0;
}

// A text that begins with letters can only be a date when a mark follows the first word.
bool begins_like_a_date(std::string_view text) {
  size_t n = 0;
  while (n < text.size() && is_letter(text[n])) ++n;
  if (n == 0) return is_digit(text[0]);
  return n <= kLongestName && n < text.size() &&
         std::string_view(" .,-/").find(text[n]) != std::string_view::npos;
}

// Reads a text from the front.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  std::string_view rest() const { return rest_; }
  void drop(size_t n) { rest_.remove_prefix(n); }

  // A run of digits as a number; 0 digits when there is none or it is longer than 9.
  int number(int& value) {
    size_t n = 0;
    value = 0;
    while (n < rest_.size() && is_digit(rest_[n])) ++n;
    if (n > 9) return 0;
    for (size_t i = 0; i < n; ++i) value = value * 10 + (rest_[i] - '0');
    rest_.remove_prefix(n);
    return static_cast<int>(n);
  }

  std::string_view letters() {
    size_t n = 0;
    while (n < rest_.size() && is_letter(rest_[n])) ++n;
    const std::string_view word = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return word;
  }

  void skip(std::string_view characters) {
    const size_t n = rest_.find_first_not_of(characters);
    rest_.remove_prefix(n == std::string_view::npos ? rest_.size() : n);
  }

  bool accept(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

 private:
  std::string_view rest_;
};

bool read_fraction(Scanner& scan, int64_t& micros) {
  int64_t unit = 100'000;
  bool any = false;
  while (is_digit(scan.peek())) {
    micros += (scan.peek() - '0') * unit;
    unit /= 10;
    any = true;
    scan.drop(1);
  }
  return any;
}

// "AM", "PM", "a.m.": changes the hour; true unless the hour does not fit a twelve-hour clock.
bool read_half_day(Scanner& scan, int& hour) {
  Scanner ahead = scan;
  ahead.skip(" ");
  const char half = static_cast<char>(ahead.peek() | 0x20);
  if (half != 'a' && half != 'p') return true;
  ahead.drop(1);
  ahead.accept('.');
  if ((ahead.peek() | 0x20) != 'm') return true;
  ahead.drop(1);
  ahead.accept('.');
  if (hour < 1 || hour > 12) return false;
  hour = hour % 12 + (half == 'p' ? 12 : 0);
  scan = ahead;
  return true;
}

bool read_clock(Scanner& scan, int64_t& micros_of_day) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int64_t fraction = 0;
  const int hour_digits = scan.number(hour);
  if (hour_digits < 1 || hour_digits > 2) return false;
  const char mark = scan.peek();
  if (mark == ':' || mark == '.' || mark == 'h') {
    scan.drop(1);
    if (scan.number(minute) != 2) return false;
    if (scan.peek() == mark && mark != 'h') {
      scan.drop(1);
      if (scan.number(second) != 2) return false;
      if ((scan.peek() == '.' || scan.peek() == ',')) {
        scan.drop(1);
        if (!read_fraction(scan, fraction)) return false;
      }
    }
    if (!read_half_day(scan, hour)) return false;
  } else {
    // "8 PM": an hour alone needs its half of the day.
    const int before = hour;
    const size_t left = scan.rest().size();
    if (!read_half_day(scan, hour) || (hour == before && left == scan.rest().size())) return false;
  }
  if (hour > 24 || minute > 59 || second > 60) return false;
  micros_of_day = ((int64_t{hour} * 60 + minute) * 60 + second) * 1'000'000 + fraction;
  return micros_of_day <= 86'400'000'000;
}

bool read_offset(Scanner& scan, CivilParts& parts) {
  scan.skip(" ");
  if (scan.done()) return true;
  parts.has_offset = true;
  if (scan.peek() == '+' || scan.peek() == '-') {
    const bool west = scan.peek() == '-';
    scan.drop(1);
    int value = 0;
    const int digits = scan.number(value);
    int minute = 0;
    if (digits == 4) {
      minute = value % 100;
      value /= 100;
    } else if (digits < 1 || digits > 2 || (scan.accept(':') && scan.number(minute) != 2)) {
      return false;
    }
    if (value > 15 || minute > 59) return false;
    parts.offset_minutes = (west ? -1 : 1) * (value * 60 + minute);
    return scan.done();
  }
  std::string word;
  lower_ascii(scan.letters(), word);
  const auto found = std::find_if(std::begin(kOffsets), std::end(kOffsets),
                                  [&](const NamedOffset& o) { return o.name == word; });
  if (found == std::end(kOffsets)) return false;
  parts.offset_minutes = found->minutes;
  scan.skip(" ");
  // "2010-12-01 08:26:00 UTC+2" says more than we know to read.
  return scan.done();
}

// 20101201, 201012010826, 20101201082600: digits without any mark.
bool split_compact(Scanner& scan, CivilParts& parts) {
  const std::string_view text = scan.rest();
  size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  if (n != 8 && n != 12 && n != 14) return false;
  const auto at = [&](size_t from, size_t count) {
    int value = 0;
    for (size_t i = from; i < from + count; ++i) value = value * 10 + (text[i] - '0');
    return value;
  };
  const CivilDate date{at(0, 4), at(4, 2), at(6, 2)};
  if (date.year < 1900 || date.year > 2199 || !is_valid(date)) return false;
  parts.layout = DateLayout::kYearFirst;
  parts.field[0] = date.year, parts.field[1] = date.month, parts.field[2] = date.day;
  parts.digits[0] = 4, parts.digits[1] = 2, parts.digits[2] = 2;
  if (n > 8) {
    const int second = n == 14 ? at(12, 2) : 0;
    if (at(8, 2) > 23 || at(10, 2) > 59 || second > 59) return false;
    parts.has_time = true;
    parts.micros_of_day = ((int64_t{at(8, 2)} * 60 + at(10, 2)) * 60 + second) * 1'000'000;
  }
  scan.drop(n);
  return true;
}

bool read_field(Scanner& scan, CivilParts& parts, int i) {
  parts.digits[i] = scan.number(parts.field[i]);
  if (parts.digits[i] > 0) return parts.digits[i] <= 2 || parts.digits[i] == 4;
  const std::string_view word = scan.letters();
  if (word.empty() || parts.layout == DateLayout::kMonthNamed) return false;
  parts.field[i] = month_number(word);
  parts.layout = DateLayout::kMonthNamed;
  return parts.field[i] > 0;
}

// "st", "nd", "rd", "th" after a day, a full stop, "de" between Spanish words, and the marks.
bool skip_between(Scanner& scan) {
  const std::string_view before = scan.rest();
  Scanner ahead = scan;
  std::string word;
  lower_ascii(ahead.letters(), word);
  if (word == "st" || word == "nd" || word == "rd" || word == "th") scan = ahead;
  scan.skip("-/., ");
  if (scan.rest().starts_with("de ")) scan.drop(3);
  return scan.rest().size() < before.size() && !scan.done();
}

bool split_marked(Scanner& scan, CivilParts& parts) {
  Scanner ahead = scan;
  if (const std::string_view word = ahead.letters(); !word.empty() && is_weekday(word)) {
    ahead.skip("., ");
    scan = ahead;
  }
  parts.layout = DateLayout::kYearLast;
  for (int i = 0; i < 3; ++i) {
    if (i > 0 && !skip_between(scan)) return false;
    if (!read_field(scan, parts, i)) return false;
  }
  if (parts.layout == DateLayout::kMonthNamed) return parts.digits[1] == 0 || parts.digits[0] == 0;
  if (parts.digits[0] == 4) parts.layout = DateLayout::kYearFirst;
  return parts.digits[1] <= 2 && (parts.digits[0] == 4) + (parts.digits[2] == 4) <= 1;
}

bool read_rest(Scanner& scan, CivilParts& parts) {
  if (scan.done()) return true;
  if (!parts.has_time) {
    if (!scan.accept('T') && !scan.accept('t')) {
      const size_t before = scan.rest().size();
      scan.skip(" ,_");
      if (scan.rest().size() == before && scan.peek() != 'Z') return false;
    }
    if (is_digit(scan.peek())) {
      if (!read_clock(scan, parts.micros_of_day)) return false;
      parts.has_time = true;
    }
  }
  return read_offset(scan, parts);
}

int whole_year(int year, int digits) {
  if (digits > 2) return year;
  return year + (year < 70 ? 2000 : 1900);
}

bool two_digits(std::string_view text, size_t at, int& value) {
  if (!is_digit(text[at]) || !is_digit(text[at + 1])) return false;
  value = (text[at] - '0') * 10 + (text[at + 1] - '0');
  return true;
}

// What may follow the seconds: ".123456", "Z" or both.
bool split_iso_rest(std::string_view rest, CivilParts& parts) {
  Scanner scan(rest);
  if (scan.accept('.') && !read_fraction(scan, parts.micros_of_day)) return false;
  parts.has_offset = scan.accept('Z');
  return scan.done();
}

// "2010-12-01" with or without " 08:26[:00]": by far the most common.
bool split_iso(std::string_view text, CivilParts& parts) {
  const size_t n = text.size();
  if ((n != 10 && n != 16 && n < 19) || text[4] != '-' || text[7] != '-') return false;
  int century = 0;
  int year = 0;
  if (!two_digits(text, 0, century) || !two_digits(text, 2, year) ||
      !two_digits(text, 5, parts.field[1]) || !two_digits(text, 8, parts.field[2])) {
    return false;
  }
  parts.field[0] = century * 100 + year;
  parts.digits[0] = 4, parts.digits[1] = 2, parts.digits[2] = 2;
  parts.layout = DateLayout::kYearFirst;
  if (n == 10) return true;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if ((text[10] != ' ' && text[10] != 'T') || text[13] != ':' || !two_digits(text, 11, hour) ||
      !two_digits(text, 14, minute)) {
    return false;
  }
  if (n >= 19 && (text[16] != ':' || !two_digits(text, 17, second))) return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  parts.has_time = true;
  parts.micros_of_day = ((int64_t{hour} * 60 + minute) * 60 + second) * 1'000'000;
  return n <= 19 || split_iso_rest(text.substr(19), parts);
}

}  // namespace

bool split_civil(std::string_view cell, CivilParts& parts) {
  parts = {};
  const std::string_view text = trimmed(cell);
  if (text.size() < 6 || text.size() > 48) return false;
  if (split_iso(text, parts)) return true;
  if (!begins_like_a_date(text)) return false;
  parts = {};
  Scanner scan(text);
  if (!split_compact(scan, parts) && !split_marked(scan, parts)) return false;
  return read_rest(scan, parts);
}

bool resolve_date(const CivilParts& parts, DateOrder order, Day& day) {
  int year = 0;
  int month = 1;
  int date = 2;
  if (parts.layout == DateLayout::kMonthNamed) {
    month = parts.digits[0] == 0 ? 0 : 1;
    year = parts.digits[0] == 4 ? 0 : 2;
    date = 3 - year - month;
  } else if (parts.layout == DateLayout::kYearLast && order != DateOrder::kYearMonthDay) {
    year = 2;
    month = order == DateOrder::kDayMonthYear ? 1 : 0;
    date = 1 - month;
  } else if (parts.layout == DateLayout::kYearLast && parts.digits[2] == 4) {
    return resolve_date(parts, DateOrder::kDayMonthYear, day);
  }
  const CivilDate civil{whole_year(parts.field[year], parts.digits[year]), parts.field[month],
                        parts.field[date]};
  if (civil.year < 1 || !is_valid(civil)) return false;
  day = to_day(civil);
  return true;
}

bool read_time_of_day(std::string_view cell, int64_t& micros_of_day) {
  Scanner scan(trimmed(cell));
  return !scan.done() && read_clock(scan, micros_of_day) && scan.done() &&
         micros_of_day < 86'400'000'000;
}

}  // namespace regulars::connect
