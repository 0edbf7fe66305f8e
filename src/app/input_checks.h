// What must hold before an analysis is worth its time.
#pragma once

#include <string>

#include "base/files.h"
#include "base/result.h"
#include "data/history.h"

namespace regulars::app {

// kOverflow unless what was sold and given back, signs apart, fits in 64 bits over all customers.
// Then any part of it does, and sums over parts need no check of their own.
Result<void> check_sums(const History& history);

// kUsage when there is such a file and it is no DuckDB file: it would be opened as something else
// and nothing kept in it.
Result<void> check_database(const std::string& path, Files& files);

}  // namespace regulars::app
