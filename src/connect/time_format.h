// How a column writes instants, decided from the whole column, and reading them.
#pragma once

#include <string>
#include <string_view>

#include "connect/number_format.h"
#include "connect/source_profile.h"

namespace regulars::connect {

struct TimeDecision {
  TimeFormat format;
  bool ambiguous = false;    // every day and month is at most 12: `evidence` chose
  bool conflicting = false;  // cells contradict each other; the majority decides
  std::string evidence;      // why, for a notice: "read so the days lie closer together"
};

// `month_first_likely`: something else in the file points to the United States.
TimeDecision decide_time_format(const SourceProfile& source, size_t column,
                                bool month_first_likely);

// "dmy", "mdy", "ymd", "epoch", "epoch-ms", "epoch-us", "excel", "hours", "days"; kUsage
// names these.
Result<TimeFormat> time_format_from(std::string_view text);

// The name that time_format_from reads.
std::string_view name_of(TimeFormat format);

// Turns cells into instants. Not for use by several threads at once.
class TimeReader {
 public:
  TimeReader(TimeFormat format, const Zone& zone);

  // `clock`: the cell of a separate column with the time of day, or empty. False: not an instant.
  bool read(std::string_view cell, std::string_view clock, Instant& at);

 private:
  bool read_civil(std::string_view cell, std::string_view clock, Instant& at) const;
  bool read_count(std::string_view cell, Instant& at) const;

  TimeFormat format_;
  const Zone& zone_;
  bool utc_;
  // The last cells read, in memory of our own.
  std::string last_cell_;
  std::string last_clock_;
  bool last_good_ = false;
  Instant last_at_;
};

}  // namespace regulars::connect
