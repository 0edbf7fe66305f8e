#include "random_window.h"

#include <array>

#include "random_case.h"

namespace regulars::evaluate {

Window::Period random_period(Random& random) {
  return static_cast<Window::Period>(random.below(8));
}

RetailCalendar random_retail(Random& random) {
  if (random.chance(0.5)) return {};
  RetailCalendar made;
  made.pattern = static_cast<RetailCalendar::Pattern>(random.below(4));
  made.year_end = static_cast<RetailCalendar::YearEnd>(random.below(2));
  made.year_end_month = 1 + static_cast<int>(random.below(12));
  made.week_start = 1 + static_cast<int>(random.below(7));
  return made;
}

namespace {

Window looking_back(Random& random) {
  const Duration to = hours(random.below(50));
  const int to_months = static_cast<int>(random.below(3));
  switch (random.below(12)) {
    case 0:
      return rolling(days(1 + random.below(60)));
    case 1:
      return between_ago(to + hours(1 + random.below(1'000)), to);
    case 2:
      return rolling(microseconds(1 + random.below(3)));
    case 3: {
      Window made = months(to_months + 1 + static_cast<int>(random.below(3)));
      made.to_months = to_months;
      return made;
    }
    case 4:
      return calendar_days(1 + static_cast<int>(random.below(40)));
    case 5:
    case 6: {
      Window made = this_period(random_period(random));
      if (random.chance(0.5)) made.kind = Window::Kind::kLastPeriod;
      made.retail = random_retail(random);
      return made;
    }
    case 7: {
      const Instant begin = random_instant(random);
      return absolute(begin, begin + microseconds(1 + random.below(days(90).micros)));
    }
    case 8:
    case 9: {
      Window made = this_period(random_period(random));
      made.kind = random.chance(0.5) ? Window::Kind::kCalendarPeriods : Window::Kind::kPastPeriods;
      made.count = 1 + static_cast<int>(random.below(10));
      made.retail = random_retail(random);
      return made;
    }
    case 10: {
      Window made;
      made.kind = Window::Kind::kSession;
      made.from = hours(1 + random.below(400));
      return made;
    }
    default:
      return lifetime();
  }
}

}  // namespace

Window random_window(Random& random) {
  Window made = looking_back(random);
  made.own_zone = random.chance(0.15);
  return made;
}

}  // namespace regulars::evaluate
