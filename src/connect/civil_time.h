// Dates and times of day in the many layouts people and programs write: ISO 8601, day and month in
// either order with any of / - . between, month names in six languages, twelve-hour clocks,
// two-digit years, offsets. Which of day and month comes first is not decided here.
//
// Thread-safety: plain functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.h"
#include "data/source_spec.h"

namespace regulars::connect {

enum class DateLayout : uint8_t {
  kYearFirst,   // 2010-12-01, 2010/12/1, 20101201
  kYearLast,    // 1/12/2010, 12.1.10: the order of day and month is open
  kMonthNamed,  // 1 Dec 2010, Dec 1, 2010, 01-DEC-10
};

// A cell taken apart, fields in the order they are written.
struct CivilParts {
  DateLayout layout = DateLayout::kYearFirst;
  int field[3] = {0, 0, 0};
  int digits[3] = {0, 0, 0};  // how many digits each field has; 0: a month's name
  bool has_time = false;
  int64_t micros_of_day = 0;
  bool has_offset = false;
  int offset_minutes = 0;
};

// False: the cell is not a date (a time of day alone is none). Whether the day exists is not asked.
bool split_civil(std::string_view cell, CivilParts& parts);

// The date meant; `order` matters for kYearLast, and for two-digit years in front. Two-digit years
// 00..69 are 20xx, 70..99 are 19xx. False: there is no such day.
bool resolve_date(const CivilParts& parts, DateOrder order, Day& day);

// "08:26", "8:26:03 PM", "08.26", "8h26"; false for anything else.
bool read_time_of_day(std::string_view cell, int64_t& micros_of_day);

}  // namespace regulars::connect
