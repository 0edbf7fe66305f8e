#include "connect/time_format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/decimal.h"
#include "connect/civil_time.h"
#include "connect/column_fit.h"
#include "connect/text.h"

namespace regulars::connect {
namespace {

constexpr int64_t kMicrosPerDay = 86'400'000'000;
constexpr Day kExcelStart{-25'569};  // 1899-12-30

// What the sample's dates look like when read in one order.
struct Reading {
  int64_t steps = 0;      // rows of another day than the row above
  int64_t falls = 0;      // rows earlier than the row above
  double days_apart = 0;  // from the first to the last, per different day
};

Reading read_sample(const SourceProfile& source, size_t column, DateOrder order) {
  Reading reading;
  std::vector<int> days;
  CivilParts parts;
  Day day;
  for (size_t row = 0; row < source.sample.rows(); ++row) {
    const std::string_view cell = source.sample.cell(column, row);
    if (!split_civil(cell, parts) || !resolve_date(parts, order, day)) continue;
    if (!days.empty() && !source.sample.begins_block(row)) {
      reading.steps += day.number != days.back() ? 1 : 0;
      reading.falls += day.number < days.back() ? 1 : 0;
    }
    days.push_back(day.number);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  if (days.size() > 1) {
    reading.days_apart =
        static_cast<double>(days.back() - days.front()) / static_cast<double>(days.size() - 1);
  }
  return reading;
}

// No day above 12 anywhere: rows in order of time, or days close together, tell the readings apart.
void settle_ambiguous(const SourceProfile& source, size_t column, bool month_first_likely,
                      TimeDecision& decision) {
  decision.ambiguous = true;
  const Reading day_first = read_sample(source, column, DateOrder::kDayMonthYear);
  const Reading month_first = read_sample(source, column, DateOrder::kMonthDayYear);
  const auto choose = [&](bool by_month, const char* why) {
    decision.format.order = by_month ? DateOrder::kMonthDayYear : DateOrder::kDayMonthYear;
    decision.evidence = why;
  };
  // A handful of dates is in order by chance; where the file is from says more.
  constexpr int64_t kFewSteps = 6;
  if (month_first_likely && day_first.steps < kFewSteps) {
    choose(true, "the file looks American");
  } else if (day_first.falls != month_first.falls &&
             std::min(day_first.falls, month_first.falls) == 0) {
    choose(month_first.falls == 0, "so read the rows are in order of time");
  } else if (day_first.days_apart > 2 * month_first.days_apart) {
    choose(true, "so read the days lie close together");
  } else if (month_first.days_apart > 2 * day_first.days_apart) {
    choose(false, "so read the days lie close together");
  } else {
    choose(month_first_likely, month_first_likely ? "the file looks American" : "the usual order");
  }
}

void decide_order(const SourceProfile& source, size_t column, bool month_first_likely,
                  TimeDecision& decision) {
  const TimeEvidence& time = source.columns[column].time;
  if (time.year_last == 0) return;
  if (time.first_over_31 > 0) return;  // 97/1/13: the year stands in front
  decision.conflicting = time.first_over_12 > 0 && time.second_over_12 > 0;
  if (time.first_over_12 == 0 && time.second_over_12 == 0) {
    settle_ambiguous(source, column, month_first_likely, decision);
    return;
  }
  decision.format.order = time.first_over_12 >= time.second_over_12 ? DateOrder::kDayMonthYear
                                                                    : DateOrder::kMonthDayYear;
}

bool has_word(const std::vector<std::string>& words, std::string_view start) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return word.starts_with(start); });
}

// Counts from a start: hours when the name says so or all are multiples of a part of a day.
TimeKind kind_of_counts(const SourceProfile& source, size_t column) {
  const std::vector<std::string> words = words_of(source.columns[column].name);
  if (has_word(words, "hour")) return TimeKind::kHoursFromStart;
  if (has_word(words, "day")) return TimeKind::kDaysFromStart;
  int64_t divisor = 0;
  Number number;
  for (size_t row = 0; row < source.sample.rows(); ++row) {
    if (!read_number(source.sample.cell(column, row), {}, number) || number.scale > 0) continue;
    divisor = std::gcd(divisor, number.units);
  }
  const bool hours = divisor > 1 && 24 % divisor == 0;
  return hours ? TimeKind::kHoursFromStart : TimeKind::kDaysFromStart;
}

struct FormatName {
  std::string_view name;
  TimeFormat format;
};

constexpr std::array kFormatNames = {
    FormatName{"dmy", {TimeKind::kCivil, DateOrder::kDayMonthYear}},
    FormatName{"mdy", {TimeKind::kCivil, DateOrder::kMonthDayYear}},
    FormatName{"ymd", {TimeKind::kCivil, DateOrder::kYearMonthDay}},
    FormatName{"epoch", {TimeKind::kEpochSeconds, DateOrder::kYearMonthDay}},
    FormatName{"epoch-ms", {TimeKind::kEpochMillis, DateOrder::kYearMonthDay}},
    FormatName{"epoch-us", {TimeKind::kEpochMicros, DateOrder::kYearMonthDay}},
    FormatName{"excel", {TimeKind::kExcelSerial, DateOrder::kYearMonthDay}},
    FormatName{"hours", {TimeKind::kHoursFromStart, DateOrder::kYearMonthDay}},
    FormatName{"days", {TimeKind::kDaysFromStart, DateOrder::kYearMonthDay}}};

// number * factor microseconds, rounded to the millisecond when `coarse` (a spreadsheet keeps a
// time of day as a binary fraction of a day).
bool scaled(const Number& number, int64_t factor, bool coarse, int64_t& micros) {
  Int128 value = Int128{number.units} * factor;
  Int128 divisor = power_of_ten(number.scale);
  if (coarse) divisor *= 1000;
  const Int128 half = divisor / 2;
  value = value >= 0 ? (value + half) / divisor : -((-value + half) / divisor);
  if (coarse) value *= 1000;
  constexpr Int128 kMost = INT64_MAX / 4;
  if (value > kMost || value < -kMost) return false;
  micros = static_cast<int64_t>(value);
  return true;
}

}  // namespace

TimeDecision decide_time_format(const SourceProfile& source, size_t column,
                                bool month_first_likely) {
  TimeDecision decision;
  const ColumnProfile& profile = source.columns[column];
  const bool dates = profile.time.civil * 2 >= profile.filled() ||
                     profile.time.civil > profile.numbers - profile.time.compact;
  if (dates) {
    decide_order(source, column, month_first_likely, decision);
    return decision;
  }
  switch (epoch_unit(profile)) {
    case EpochUnit::kSeconds:
      decision.format.kind = TimeKind::kEpochSeconds;
      return decision;
    case EpochUnit::kMillis:
      decision.format.kind = TimeKind::kEpochMillis;
      return decision;
    case EpochUnit::kMicros:
      decision.format.kind = TimeKind::kEpochMicros;
      return decision;
    case EpochUnit::kNone:
      break;
  }
  if (looks_like_excel_serial(profile)) {
    decision.format.kind = TimeKind::kExcelSerial;
  } else if (profile.numbers > 0) {
    decision.format.kind = kind_of_counts(source, column);
  }
  return decision;
}

Result<TimeFormat> time_format_from(std::string_view text) {
  std::string known;
  for (const FormatName& entry : kFormatNames) {
    if (entry.name == text) return entry.format;
    known += (known.empty() ? "" : ", ") + std::string(entry.name);
  }
  return Error(ErrorCode::kUsage, "'" + std::string(text) + "' is no time format",
               "Known are: " + known + ".");
}

std::string_view name_of(TimeFormat format) {
  for (const FormatName& entry : kFormatNames) {
    const bool same_order = format.kind != TimeKind::kCivil || entry.format.order == format.order;
    if (entry.format.kind == format.kind && same_order) return entry.name;
  }
  return "ymd";
}

TimeReader::TimeReader(TimeFormat format, const Zone& zone)
    : format_(format), zone_(zone), utc_(zone.name() == "UTC") {}

bool TimeReader::read(std::string_view cell, std::string_view clock, Instant& at) {
  if (cell != last_cell_ || clock != last_clock_) {
    last_cell_.assign(cell);
    last_clock_.assign(clock);
    last_good_ = format_.kind == TimeKind::kCivil ? read_civil(cell, clock, last_at_)
                                                  : read_count(cell, last_at_);
  }
  at = last_at_;
  return last_good_;
}

bool TimeReader::read_civil(std::string_view cell, std::string_view clock, Instant& at) const {
  CivilParts parts;
  Day day;
  if (!split_civil(cell, parts) || !resolve_date(parts, format_.order, day)) return false;
  int64_t micros = parts.micros_of_day;
  if (!parts.has_time && !says_nothing(clock)) {
    Number number;
    if (!read_time_of_day(clock, micros)) {
      // 1631 for 16:31.
      if (!read_number(clock, {}, number) || number.scale != 0) return false;
      if (number.units < 0 || number.units >= 2400 || number.units % 100 > 59) return false;
      micros = minutes(number.units / 100 * 60 + number.units % 100).micros;
    }
  }
  if (parts.has_offset) {
    at = Instant{day.number * kMicrosPerDay + micros} - minutes(parts.offset_minutes);
  } else if (utc_ || micros == kMicrosPerDay) {
    at = micros == kMicrosPerDay ? zone_.start_of(day + 1)
                                 : Instant{day.number * kMicrosPerDay + micros};
  } else {
    at = zone_.at(day, micros);
  }
  return true;
}

bool TimeReader::read_count(std::string_view cell, Instant& at) const {
  Number number;
  if (!read_number(trimmed(cell), {}, number)) return false;
  int64_t micros = 0;
  Day start{0};
  bool good = false;
  switch (format_.kind) {
    case TimeKind::kCivil:
      return false;
    case TimeKind::kEpochSeconds:
      good = scaled(number, 1'000'000, false, micros);
      break;
    case TimeKind::kEpochMillis:
      good = scaled(number, 1'000, false, micros);
      break;
    case TimeKind::kEpochMicros:
      good = scaled(number, 1, false, micros);
      break;
    case TimeKind::kExcelSerial:
      start = kExcelStart;
      good = scaled(number, kMicrosPerDay, true, micros);
      break;
    case TimeKind::kHoursFromStart:
      start = kStartOfCounts;
      good = scaled(number, kMicrosPerDay / 24, false, micros);
      break;
    case TimeKind::kDaysFromStart:
      start = kStartOfCounts;
      good = scaled(number, kMicrosPerDay, true, micros);
      break;
  }
  if (!good) return false;
  at = Instant{start.number * kMicrosPerDay + micros};
  // A spreadsheet's time of day is a wall clock, as any other without an offset.
  if (format_.kind == TimeKind::kExcelSerial && !utc_) {
    const Day day = Zone::utc().day_of(at);
    at = zone_.at(day, Zone::utc().micros_of_day(at));
  }
  return true;
}

}  // namespace regulars::connect
