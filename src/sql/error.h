// Turns DuckDB's messages into errors of ours.
#pragma once

#include <string_view>

#include "base/result.h"

namespace regulars::sql {

// "Binder Error: no column \"x\"\n\nLINE 1: ..." becomes one line without the class, the quoted
// statement and the web addresses; the class decides the code; "Did you mean" and what to do about
// locks, disks and memory become the hint.
Error to_error(std::string_view message);

}  // namespace regulars::sql
