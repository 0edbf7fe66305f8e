// The unit that model time is counted in. A week is 7 exact days, a month a twelfth of a year, a
// year 365.25 days: model time is elapsed time, not calendar periods.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace regulars::models {

enum class TimeUnit { kDay, kWeek, kMonth, kYear };

Result<TimeUnit> parse_time_unit(std::string_view text);  // "day", "week", "month", "year"
std::string_view name_of(TimeUnit unit);
double days_in(TimeUnit unit);  // 1, 7, 30.4375, 365.25
double units_between(TimeUnit unit, Instant from, Instant to);

// The continuous rate per unit of an effective annual discount rate (0.10 = 10 % a year):
// log(1 + annual) * days_in(unit) / 365.25.
double rate_per_unit(double annual, TimeUnit unit);

}  // namespace regulars::models
