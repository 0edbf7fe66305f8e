// Private to the script tests: the lines of a script that describe the shop.
#pragma once

#include "script.h"
#include "script_reader.h"

namespace regulars::evaluate {

// zone, customers, retail, unit, expires, consent_policy, refunds, list, population, and the head
// of a table.
Result<void> read_shop_line(Script& script, const Line& line);

Result<void> read_table_row(Script& script, const Line& line);

}  // namespace regulars::evaluate
