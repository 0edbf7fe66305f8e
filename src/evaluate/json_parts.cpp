#include <cctype>
#include <charconv>

#include "evaluate/json_names.h"
#include "evaluate/json_read.h"
#include "evaluate/json_write.h"

namespace regulars::evaluate {
namespace {

constexpr int64_t kMicrosPerDay = 86'400'000'000;

// A whole number read from exactly the characters given.
bool read_number(std::string_view text, int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_day(std::string_view text, Day& day) {
  int64_t year = 0;
  int64_t month = 0;
  int64_t date = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!read_number(text.substr(0, 4), year) || !read_number(text.substr(5, 2), month) ||
      !read_number(text.substr(8, 2), date)) {
    return false;
  }
  const CivilDate civil{static_cast<int>(year), static_cast<int>(month), static_cast<int>(date)};
  if (!is_valid(civil)) return false;
  day = to_day(civil);
  return true;
}

// "2024-01-31T10:20:30.5Z", up to six digits of a second.
bool read_instant(std::string_view text, Instant& instant) {
  Day day;
  int64_t hour = 0;
  int64_t minute = 0;
  int64_t second = 0;
  if (text.size() < 20 || text.back() != 'Z' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || !read_day(text.substr(0, 10), day) ||
      !read_number(text.substr(11, 2), hour) || !read_number(text.substr(14, 2), minute) ||
      !read_number(text.substr(17, 2), second)) {
    return false;
  }
  const std::string_view fraction = text.substr(19, text.size() - 20);
  int64_t micros = 0;
  if (!fraction.empty()) {
    std::string digits(fraction.substr(1));
    if (fraction[0] != '.' || digits.empty() || digits.size() > 6) return false;
    digits.resize(6, '0');
    if (!read_number(digits, micros)) return false;
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
      micros < 0) {
    return false;
  }
  instant = Zone::utc().start_of(day) + hours(hour) + minutes(minute) + seconds(second) +
            microseconds(micros);
  return true;
}

bool read_duration(std::string_view text, Duration& duration) {
  size_t digits = text.starts_with('-') ? 1 : 0;
  while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0) {
    ++digits;
  }
  int64_t count = 0;
  if (!read_number(text.substr(0, digits), count)) return false;
  for (const Unit& unit : kUnits) {
    if (text.substr(digits) != unit.name) continue;
    return !__builtin_mul_overflow(count, unit.micros, &duration.micros);
  }
  return false;
}

}  // namespace

Error bad(const JsonPointer& at, const std::string& what, std::string hint) {
  const std::string pointer = at.to_string();
  return Error(ErrorCode::kBadDefinition, what, std::move(hint))
      .at({"", 0, 0, pointer.empty() ? "/" : pointer});
}

Result<std::string> string_of(const ReadJson& json, const JsonPointer& at) {
  if (!json.is_string()) return bad(at, "must be a text");
  return json.get<std::string>();
}

Result<int64_t> integer_of(const ReadJson& json, const JsonPointer& at) {
  if (!json.is_number_integer() ||
      (json.is_number_unsigned() && json.get<uint64_t>() > INT64_MAX)) {
    return bad(at, "must be an integer");
  }
  return json.get<int64_t>();
}

Result<int> small_integer_of(const ReadJson& json, const JsonPointer& at) {
  REGULARS_ASSIGN(const int64_t number, integer_of(json, at));
  if (number < INT32_MIN || number > INT32_MAX) return bad(at, "the number is out of range");
  return static_cast<int>(number);
}

Result<Duration> duration_of(const ReadJson& json, const JsonPointer& at) {
  Duration duration;
  if (json.is_string() && read_duration(json.get_ref<const std::string&>(), duration)) {
    return duration;
  }
  return bad(at, "must be a duration such as \"90d\", \"12h\" or \"30min\"");
}

Result<Instant> instant_of(const ReadJson& json, const JsonPointer& at) {
  Instant instant;
  if (json.is_number_integer()) {
    REGULARS_ASSIGN(instant.micros, integer_of(json, at));
    return instant;
  }
  if (json.is_string() && read_instant(json.get_ref<const std::string&>(), instant)) {
    return instant;
  }
  return bad(at, "must be an instant such as \"2024-01-31T00:00:00Z\"");
}

Result<bool> truth_of(const ReadJson& json, const JsonPointer& at) {
  if (!json.is_boolean()) return bad(at, "must be true or false");
  return json.get<bool>();
}

Result<ExpressionPtr> day_of(const ReadJson& json, const JsonPointer& at) {
  Day found;
  if (json.is_number_integer()) {
    REGULARS_ASSIGN(found.number, small_integer_of(json, at));
    return day(found);
  }
  if (json.is_string() && read_day(json.get_ref<const std::string&>(), found)) return day(found);
  return bad(at, "must be a day such as \"2024-01-31\"");
}

// Years that ISO 8601 writes with four digits; others are plain counts.
bool has_plain_year(Day day) { return day >= to_day({1, 1, 1}) && day <= to_day({9999, 12, 31}); }

WriteJson instant_json(Instant t) {
  const int64_t days = t.micros / kMicrosPerDay;
  const bool plain = days > INT32_MIN && days < INT32_MAX &&
                     has_plain_year(Day{static_cast<int32_t>(days)} - 1) &&
                     has_plain_year(Day{static_cast<int32_t>(days)} + 1);
  return plain ? WriteJson(to_iso(t)) : WriteJson(t.micros);
}

std::string duration_text(Duration duration) {
  for (const Unit& unit : kUnits) {
    if (unit.name != std::string_view("w") && duration.micros % unit.micros == 0) {
      return std::to_string(duration.micros / unit.micros) + unit.name;
    }
  }
  return {};
}

}  // namespace regulars::evaluate
