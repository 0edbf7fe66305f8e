// Instants, durations, days and zones. Instants are microseconds in UTC; a Day is a date on a
// wall calendar; a Zone turns one into the other, right across daylight saving. Source of zone
// rules: the system's IANA database, through Howard Hinnant's date library.
//
// Thread-safety: Zone is immutable after construction and may be shared.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regulars {

struct Duration {
  int64_t micros = 0;
  constexpr auto operator<=>(const Duration&) const = default;
};
constexpr Duration operator-(Duration a) { return {-a.micros}; }
constexpr Duration operator+(Duration a, Duration b) { return {a.micros + b.micros}; }

constexpr Duration microseconds(int64_t n) { return {n}; }
constexpr Duration seconds(int64_t n) { return {n * 1'000'000}; }
constexpr Duration minutes(int64_t n) { return seconds(60 * n); }
constexpr Duration hours(int64_t n) { return seconds(3600 * n); }
constexpr Duration days(int64_t n) { return hours(24 * n); }
constexpr Duration weeks(int64_t n) { return days(7 * n); }

struct Instant {
  int64_t micros = 0;  // since 1970-01-01T00:00:00Z
  constexpr auto operator<=>(const Instant&) const = default;
};
constexpr Instant operator+(Instant t, Duration d) { return {t.micros + d.micros}; }
constexpr Instant operator-(Instant t, Duration d) { return {t.micros - d.micros}; }
constexpr Duration operator-(Instant a, Instant b) { return {a.micros - b.micros}; }

// A calendar date as a count of days since 1970-01-01.
struct Day {
  int32_t number = 0;
  constexpr auto operator<=>(const Day&) const = default;
};
constexpr Day operator+(Day d, int n) { return {d.number + n}; }
constexpr Day operator-(Day d, int n) { return {d.number - n}; }
constexpr int operator-(Day a, Day b) { return a.number - b.number; }

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
  auto operator<=>(const CivilDate&) const = default;
};

bool is_valid(CivilDate date);
Day to_day(CivilDate date);  // requires is_valid(date)
CivilDate to_civil(Day day);
int weekday(Day day);  // 1 = Monday .. 7 = Sunday (ISO 8601)
Day add_months(Day day,
               int months);  // day of month clamped: 31 March - 1 month = 28 or 29 February
Day start_of_month(Day day);
int days_in_month(int year, int month);

std::string to_iso(Day day);      // "2011-12-09"
std::string to_iso(Instant t);    // "2011-12-09T23:59:59.999999Z"; the fraction only when not zero
std::string for_people(Day day);  // "9 Dec 2011"

class Zone {
 public:
  static const Zone& utc();
  // By IANA name ("Europe/Berlin"); kNotFound names near matches.
  static Result<Zone> find(std::string_view name);

  const std::string& name() const { return name_; }

  Day day_of(Instant t) const;
  int64_t micros_of_day(Instant t) const;  // wall clock since local midnight's label, 0..86.4e9-1
  Duration offset_at(Instant t) const;     // local minus UTC
  // The first instant of the local day (the instant after a gap when midnight does not exist).
  Instant start_of(Day day) const;
  Instant end_of(Day day) const { return start_of(day + 1) - microseconds(1); }
  // Wall clock to instant: the earlier one when it occurs twice, the end of the gap when never.
  Instant at(Day day, int64_t micros_of_day) const;
  // Same wall clock n months later or earlier, day of month clamped.
  Instant add_months(Instant t, int months) const;

 private:
  struct Span {
    int64_t from_micros;  // UTC; the offset holds from here to the next span
    int64_t offset_micros;
  };
  Zone(std::string name, std::vector<Span> spans);
  const Span& span_at(int64_t utc_micros) const;

  std::string name_;
  std::vector<Span> spans_;  // ascending; the first begins at the smallest instant
};

}  // namespace regulars
