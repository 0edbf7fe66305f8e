// Which stretch of time an analysis sees.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "data/history.h"

namespace regulars::app {

struct DataRange {
  Day from, to;   // local days with records, isolated dates (data/isolated_dates.h) left aside,
                  // `to` not after as_of
  Instant as_of;  // last microsecond of `to`, unless given
};

// `as_of`: empty, a date ("2011-12-09": its last microsecond) or an ISO instant. kBadData when the
// history has no purchase; kUsage when `as_of` cannot be read or lies before every purchase.
Result<DataRange> data_range(const History& history, const Zone& zone, const std::string& as_of);

// The same for a project, whose streams may be older or newer than what its customers do: answers
// of a survey of today, attributes dated by their file. What counts is the activity and purchases;
// without either, every event. The whole day when there is no event at all: kBadData.
Result<DataRange> activity_range(const History& history, const Zone& zone,
                                 const std::string& activity);

// A date ("2011-12-09": its last microsecond) or an ISO instant; kUsage naming the option.
Result<Instant> parse_moment(const std::string& text, const Zone& zone, const std::string& option);

// "2011-12-09"; empty when the text is no such date.
std::optional<Day> parse_date(std::string_view text);

// "24m" -> 24, "2y" -> 24, "all" -> 0, "" -> -1 (the default). kUsage for anything else.
Result<int> window_months(const std::string& text);

}  // namespace regulars::app
