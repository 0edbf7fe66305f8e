#include "evaluate/time_operation.h"

#include <algorithm>

#include "evaluate/number.h"

namespace regulars::evaluate {
namespace {

constexpr int64_t kMicrosPerDay = 86'400'000'000;
constexpr int64_t kMicrosPerHour = 3'600'000'000;
constexpr int64_t kMicrosPerMinute = 60'000'000;

constexpr int64_t kFirstDay = -719'162;  // 1 January 1
constexpr int64_t kLastDay = 2'932'896;  // 31 December 9999

bool has_parts(int64_t day) { return day >= kFirstDay && day <= kLastDay; }

// A day less at both ends leaves room for every zone.
bool instant_has_parts(int64_t micros) {
  return micros >= (kFirstDay + 1) * kMicrosPerDay && micros < kLastDay * kMicrosPerDay;
}

int64_t floor_divided(Int128 value, int64_t by) {
  const Int128 result = value / by - (value % by < 0 ? 1 : 0);
  return is_storable(result) ? static_cast<int64_t>(result) : kMissing;
}

Day in_year(CivilDate date, int year) {
  return to_day({year, date.month, std::min(date.day, days_in_month(year, date.month))});
}

}  // namespace

bool is_time_operation(Op op) {
  return (op >= Op::kYearOf && op <= Op::kInWindow) || op == Op::kMonthOf || op == Op::kWeekdayOf ||
         op == Op::kHourOf;
}

bool depends_on_now(Op op) { return op >= Op::kElapsed && op <= Op::kInWindow; }

TimeOperation::TimeOperation(const Expression& node, Instant now, const Zone& zone)
    : op_(node.op), window_(node.window.get()), now_(now), zone_(&zone), today_(zone.day_of(now)) {
  if (op_ == Op::kInWindow) bounds_ = bounds_of(*window_, now, zone);
}

int64_t TimeOperation::of_instant(int64_t micros) const {
  if (micros == kMissing) return kMissing;
  switch (op_) {
    case Op::kElapsed:
      return elapsed_since(micros);
    case Op::kDaysUntil:
      return days_between(now_.micros, micros);
    case Op::kInWindow:
      return bounds_.contains({micros}) ? 1 : 0;
    default:
      break;
  }
  if (!instant_has_parts(micros)) return kMissing;
  if (op_ == Op::kHourOf) return zone_->micros_of_day({micros}) / kMicrosPerHour;
  if (op_ == Op::kMinuteOf) {
    return zone_->micros_of_day({micros}) % kMicrosPerHour / kMicrosPerMinute;
  }
  return part_of(zone_->day_of({micros}));
}

int64_t TimeOperation::of_day(int64_t number) const {
  if (number == kMissing || !has_parts(number)) return kMissing;
  const Day day{static_cast<int32_t>(number)};
  if (op_ == Op::kElapsed) return elapsed_since(zone_->start_of(day).micros);
  if (op_ == Op::kInWindow) return bounds_.contains(zone_->start_of(day)) ? 1 : 0;
  if (op_ == Op::kDaysUntil) return int64_t{day.number} - today_.number;
  return part_of(day);
}

int64_t TimeOperation::elapsed_since(int64_t micros) const {
  return floor_divided(Int128{now_.micros} - micros, window_->from.micros);
}

int64_t TimeOperation::part_of(Day day) const {
  switch (op_) {
    case Op::kYearOf:
      return to_civil(day).year;
    case Op::kQuarterOf:
      return (to_civil(day).month - 1) / 3 + 1;
    case Op::kMonthOf:
      return to_civil(day).month;
    case Op::kWeekOf:
      return iso_week(day);
    case Op::kDayOfMonth:
      return to_civil(day).day;
    case Op::kWeekdayOf:
      return weekday(day);
    case Op::kDayOf:
      return day.number;
    case Op::kPeriodOf:
      return period_of(day);
    case Op::kMonthsSince:
      return months_between(day, today_);
    case Op::kYearsSince:
      return floor_divided(months_between(day, today_), 12);
    case Op::kDaysToAnniversary:
      return days_to_anniversary(today_, day);
    default:
      return kMissing;
  }
}

int64_t TimeOperation::period_of(Day day) const {
  const CivilDate date = to_civil(day);
  const int year = date.year - 1970;
  const RetailCalendar& retail = window_->retail;
  switch (window_->period) {
    case Window::Period::kDay:
      return day.number;
    case Window::Period::kWeek:
      return (start_of_week(retail, day) - start_of_week(retail, Day{0})) / 7;
    case Window::Period::kMonth:
      return year * 12 + date.month - 1;
    case Window::Period::kQuarter:
      return year * 4 + (date.month - 1) / 3;
    case Window::Period::kYear:
      return year;
    default:
      break;
  }
  const RetailDate at = retail_date(retail, day);
  const int months = retail.pattern == RetailCalendar::Pattern::k13x4 ? 13 : 12;
  if (window_->period == Window::Period::kRetailMonth) {
    return (at.year - 1970) * months + at.month - 1;
  }
  if (window_->period == Window::Period::kRetailQuarter) {
    return (at.year - 1970) * 4 + at.quarter - 1;
  }
  return at.year - 1970;
}

int64_t months_between(Day from, Day to) {
  const CivilDate a = to_civil(from);
  const CivilDate b = to_civil(to);
  return int64_t{b.year - a.year} * 12 + (b.month - a.month) - (b.day < a.day ? 1 : 0);
}

int64_t days_to_anniversary(Day today, Day of) {
  const CivilDate date = to_civil(of);
  const int year = to_civil(today).year;
  const Day this_year = in_year(date, year);
  return (this_year >= today ? this_year : in_year(date, year + 1)) - today;
}

// The week belongs to the year of its Thursday.
int iso_week(Day day) {
  const Day thursday = day + (4 - weekday(day));
  return (thursday - to_day({to_civil(thursday).year, 1, 1})) / 7 + 1;
}

}  // namespace regulars::evaluate
