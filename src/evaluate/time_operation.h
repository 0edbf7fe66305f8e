// Private to evaluate: the operations on instants and days, one value at a time. Pure.
#pragma once

#include "evaluate/expression.h"
#include "evaluate/window.h"

namespace regulars::evaluate {

bool is_time_operation(Op op);  // kYearOf .. kInWindow, kMonthOf, kWeekdayOf, kHourOf
// Whether the operation's value moves with the as-of instant.
bool depends_on_now(Op op);

// Times outside the years 1 to 9999 have no parts: what is asked about them is unknown.
class TimeOperation {
 public:
  // Of a node's operation, seen from `now` in a zone.
  TimeOperation(const Expression& node, Instant now, const Zone& zone);

  // kMissing goes in and comes out for the unknown; truth is 0 or 1.
  int64_t of_instant(int64_t micros) const;
  int64_t of_day(int64_t number) const;

 private:
  int64_t part_of(Day day) const;
  int64_t period_of(Day day) const;
  int64_t elapsed_since(int64_t micros) const;

  Op op_;
  const Window* window_;
  Instant now_;
  const Zone* zone_;
  Day today_;
  Bounds bounds_{};  // kInWindow
};

// Whole calendar months; floor, so less than 0 for what is to come.
int64_t months_between(Day from, Day to);
int64_t days_to_anniversary(Day today, Day of);
int iso_week(Day day);

}  // namespace regulars::evaluate
