// When things happen: a clock that runs faster on busy days, hours of the day, and quick conversion
// between the shop's wall clock and instants.
//
// Thread-safety: immutable after construction.
#pragma once

#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "simulate/preset_data.h"

namespace regulars::simulate {

// The shop's wall clock over a range of days; the same answers as Zone, from a table.
class WallClock {
 public:
  WallClock(const Zone& zone, Day first, Day last);

  Instant at(Day day, int second_of_day) const;
  struct Local {
    Day day;
    int second = 0;
  };
  Local local(Instant t) const;

 private:
  struct Entry {
    int64_t start = 0;    // instant of the day's start
    bool steady = false;  // the day has 24 hours from 00:00 on
  };
  const Zone* zone_;
  Day first_;
  std::vector<Entry> entries_;
};

// Busy time: counts days by their weight (month x weekday), 1 on average over a year.
class BusyClock {
 public:
  BusyClock(const PresetData& data, Day first, Day last);

  double at(Day day) const;       // busy time passed when the day begins
  Day day_at(double busy) const;  // the day in which it is reached; the day after the last if never

 private:
  Day first_;
  std::vector<double> passed_;  // one more than days
};

class HourDraw {
 public:
  explicit HourDraw(const Hours& hours);
  int second_of_day(Random& random) const;

 private:
  Hours cumulative_{};
};

}  // namespace regulars::simulate
