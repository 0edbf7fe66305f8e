#include "base/time.h"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <stdexcept>

namespace regulars {
namespace {

constexpr int64_t kMicrosPerDay = 86'400'000'000;

int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a % b < 0) != (b < 0)); }

date::year_month_day as_date(CivilDate d) {
  return date::year{d.year} / static_cast<unsigned>(d.month) / static_cast<unsigned>(d.day);
}

}  // namespace

bool is_valid(CivilDate d) {
  return d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31 && as_date(d).ok();
}

Day to_day(CivilDate d) { return {date::sys_days{as_date(d)}.time_since_epoch().count()}; }

CivilDate to_civil(Day day) {
  const date::year_month_day d{date::sys_days{date::days{day.number}}};
  return {static_cast<int>(d.year()), static_cast<int>(static_cast<unsigned>(d.month())),
          static_cast<int>(static_cast<unsigned>(d.day()))};
}

int weekday(Day day) {
  return static_cast<int>(date::weekday{date::sys_days{date::days{day.number}}}.iso_encoding());
}

int days_in_month(int year, int month) {
  const auto last = date::year{year} / static_cast<unsigned>(month) / date::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

Day add_months(Day day, int months) {
  const CivilDate d = to_civil(day);
  const int64_t index = int64_t{d.year} * 12 + (d.month - 1) + months;
  const int year = static_cast<int>(floor_div(index, 12));
  const int month = static_cast<int>(index - int64_t{year} * 12) + 1;
  return to_day({year, month, std::min(d.day, days_in_month(year, month))});
}

Day start_of_month(Day day) {
  const CivilDate d = to_civil(day);
  return to_day({d.year, d.month, 1});
}

std::string to_iso(Day day) {
  const CivilDate d = to_civil(day);
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", d.year, d.month, d.day);
  return text.data();
}

std::string to_iso(Instant t) {
  const int64_t day = floor_div(t.micros, kMicrosPerDay);
  // Not t - day * kMicrosPerDay, which leaves 64 bits for the very first day.
  const int64_t rest = t.micros % kMicrosPerDay;
  const int64_t micros = rest < 0 ? rest + kMicrosPerDay : rest;
  const int64_t second = micros / 1'000'000;
  std::array<char, 48> text{};
  int length =
      std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d", static_cast<int>(second / 3600),
                    static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
  if (micros % 1'000'000 != 0) {
    length += std::snprintf(text.data() + length, text.size() - static_cast<size_t>(length),
                            ".%06d", static_cast<int>(micros % 1'000'000));
  }
  return to_iso(Day{static_cast<int32_t>(day)}) + text.data() + "Z";
}

std::string for_people(Day day) {
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilDate d = to_civil(day);
  return std::to_string(d.day) + " " + kMonths[static_cast<size_t>(d.month - 1)] + " " +
         std::to_string(d.year);
}

Zone::Zone(std::string name, std::vector<Span> spans)
    : name_(std::move(name)), spans_(std::move(spans)) {}

const Zone& Zone::utc() {
  static const Zone zone("UTC", {{std::numeric_limits<int64_t>::min(), 0}});
  return zone;
}

Result<Zone> Zone::find(std::string_view name) {
  if (name == "UTC") return utc();
  try {
    const date::time_zone* found = date::locate_zone(std::string(name));
    std::vector<Span> spans;
    // Rules are unrolled over the years a shop's records can name.
    date::sys_seconds at = date::sys_days{date::year{1900} / 1 / 1};
    const date::sys_seconds end = date::sys_days{date::year{2200} / 1 / 1};
    while (at < end) {
      const date::sys_info info = found->get_info(at);
      const int64_t from = spans.empty() ? std::numeric_limits<int64_t>::min()
                                         : at.time_since_epoch().count() * 1'000'000;
      const int64_t offset = info.offset.count() * 1'000'000;
      if (spans.empty() || spans.back().offset_micros != offset) spans.push_back({from, offset});
      at = info.end;
    }
    return Zone(std::string(name), std::move(spans));
  } catch (const std::exception&) {
    return Error(ErrorCode::kNotFound, "there is no time zone named '" + std::string(name) + "'",
                 "Use an IANA name such as Europe/Berlin or America/New_York.");
  }
}

const Zone::Span& Zone::span_at(int64_t utc_micros) const {
  if (spans_.size() == 1) return spans_.front();
  const auto after =
      std::upper_bound(spans_.begin() + 1, spans_.end(), utc_micros,
                       [](int64_t t, const Span& span) { return t < span.from_micros; });
  return *(after - 1);
}

Duration Zone::offset_at(Instant t) const { return {span_at(t.micros).offset_micros}; }

Day Zone::day_of(Instant t) const {
  const int64_t local = t.micros + span_at(t.micros).offset_micros;
  return {static_cast<int32_t>(floor_div(local, kMicrosPerDay))};
}

int64_t Zone::micros_of_day(Instant t) const {
  const int64_t local = t.micros + span_at(t.micros).offset_micros;
  return local - floor_div(local, kMicrosPerDay) * kMicrosPerDay;
}

Instant Zone::at(Day day, int64_t micros_of_day) const {
  const int64_t local = int64_t{day.number} * kMicrosPerDay + micros_of_day;
  // The wanted instant lies within a day of the wall clock read as UTC; take the first span of
  // that neighbourhood in which the wall clock exists, or the end of the gap that swallowed it.
  const Span* span = &span_at(local - kMicrosPerDay);
  const Span* end = spans_.data() + spans_.size();
  for (; span != end; ++span) {
    const int64_t utc = local - span->offset_micros;
    const bool last = span + 1 == end;
    if (utc < span->from_micros) return {span->from_micros};
    if (last || utc < (span + 1)->from_micros) return {utc};
  }
  return {local};
}

Instant Zone::start_of(Day day) const { return at(day, 0); }

Instant Zone::add_months(Instant t, int months) const {
  return at(regulars::add_months(day_of(t), months), micros_of_day(t));
}

}  // namespace regulars
