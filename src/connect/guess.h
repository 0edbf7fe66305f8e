// From the profile of a source to the whole answer of how its rows are read.
#pragma once

#include <string>
#include <vector>

#include "connect/read_orders.h"
#include "connect/source_profile.h"
#include "data/intake.h"

namespace regulars::connect {

struct Guess {
  SourceSpec spec;
  std::vector<FoundColumn> columns;
  std::vector<Notice> notices;
};

// What the user says wins over a saved mapping, that over a recognised shape, that over guesses.
// kBadDefinition: a column that does not exist, a mapping that does not fit, or no way to find
// customer, time and amount; `file` is named in the message.
Result<Guess> guess_source(const SourceProfile& source, const Overrides& overrides,
                           const std::string& file);

// The format of one column: the file's, unless the column's own cells contradict it.
NumberFormat format_of_column(const ColumnProfile& column, NumberFormat file_format);

}  // namespace regulars::connect
