// The rows of the function table, one file of rows per chapter. Internal to the module.
#pragma once

#include <vector>

#include "language/functions.h"
#include "language/lower/chapters.h"

namespace regulars::language {

using Rows = std::vector<FunctionRow>;

Rows event_rows();
Rows window_rows();
Rows time_rows();
Rows text_rows();
Rows set_rows();
Rows place_rows();
Rows number_rows();
Rows logic_rows();
Rows population_rows();
Rows segment_rows();
Rows order_rows();
Rows unit_rows();
Rows program_rows();
Rows score_rows();

constexpr int kAggregate = kTakesWhere | kTakesOver | kOutsideWhere;
constexpr int kWord = -1;  // as `least`: written without brackets

}  // namespace regulars::language
