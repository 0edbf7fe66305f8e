// Finds out how a text is delimited from its beginning.
#pragma once

#include <string_view>

#include "connect/delimited_scanner.h"

namespace regulars::connect {

struct FoundDialect {
  Dialect dialect;
  size_t skipped_bytes = 0;  // a first line "sep=;", which spreadsheets write
  uint64_t skipped_lines = 0;
};

// `sample` ends at the end of a line unless it is the whole text. `delimiter` as in RowHints.
FoundDialect find_dialect(std::string_view sample, char delimiter);

}  // namespace regulars::connect
