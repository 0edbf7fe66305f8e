// Dates that stand apart from the rest of a file: 1970-01-01, 2099, a typing mistake in a year.
// They are not used for the range of the data nor for the default as-of; their rows stay in the
// data.
//
// A date is isolated when, seen from the bulk of the rows,
// - the gap to it is above 60 days and above five times the longest gap within the bulk,
// - and the rows on its far side of the gap are few: at most one in a thousand, or one row.
// The bulk is what is left after one row in two hundred, at least one, is set aside at either end.
// Usual stand-ins for "no date" (1900-01-01, 1970-01-01, 2099-12-31, 9999-12-31 ...) may be up to
// one row in twenty. Fewer than five rows are never judged.
//
// Thread-safety: a plain function.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/time.h"

namespace regulars {

struct DateRange {
  Day first;  // of the rows that are not isolated
  Day last;
  int64_t isolated_before = 0;  // rows
  int64_t isolated_after = 0;
  Day earliest;  // of all rows
  Day latest;
};

// `rows_per_day`: days with data in ascending order, each with its number of rows; not empty.
DateRange find_date_range(const std::vector<std::pair<Day, int64_t>>& rows_per_day);

}  // namespace regulars
