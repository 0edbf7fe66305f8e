#include "models/clv/time_unit.h"

#include <array>
#include <cmath>
#include <string>

namespace regulars::models {
namespace {

constexpr double kDaysInYear = 365.25;

struct Row {
  TimeUnit unit;
  std::string_view name;
  double days;
};
constexpr std::array<Row, 4> kUnits = {{{TimeUnit::kDay, "day", 1},
                                        {TimeUnit::kWeek, "week", 7},
                                        {TimeUnit::kMonth, "month", kDaysInYear / 12},
                                        {TimeUnit::kYear, "year", kDaysInYear}}};

const Row& row_of(TimeUnit unit) { return kUnits[static_cast<size_t>(unit)]; }

}  // namespace

Result<TimeUnit> parse_time_unit(std::string_view text) {
  for (const Row& row : kUnits)
    if (row.name == text) return row.unit;
  return Error(ErrorCode::kUsage, "'" + std::string(text) + "' is not a time unit",
               "use day, week, month or year");
}

std::string_view name_of(TimeUnit unit) { return row_of(unit).name; }
double days_in(TimeUnit unit) { return row_of(unit).days; }

double units_between(TimeUnit unit, Instant from, Instant to) {
  return static_cast<double>((to - from).micros) / static_cast<double>(days(1).micros) /
         days_in(unit);
}

double rate_per_unit(double annual, TimeUnit unit) {
  return std::log1p(annual) * days_in(unit) / kDaysInYear;
}

}  // namespace regulars::models
