// What each source has brought so far, for whoever asks whether its data still comes.
//
// Thread-safety: one thread at a time for a connection.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "sql/connection.h"

namespace regulars::store {

struct SourceActivity {
  int64_t rows = 0;  // of all its readings
  int64_t rejected = 0;
  std::vector<Day> days;  // UTC days with an event of it, ascending
};

// By the source's name. Customers' attributes and reference tables have no events: they are left
// out of the days.
Result<std::map<std::string, SourceActivity>> source_activity(sql::Connection& connection);

}  // namespace regulars::store
