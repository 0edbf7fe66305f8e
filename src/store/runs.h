// Private to store: the record of what was read, when, and what could not be.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "sql/connection.h"
#include "store/delivery.h"

namespace regulars::store {

struct RunStart {
  uint32_t run = 0;
  uint32_t source = 0;
  bool files_read_before = false;  // all of them, from this source
  // Runs that read nothing but these files.
  std::vector<uint32_t> earlier_runs;
};

// Numbers the run and its source. kUsage when `recorded_at` lies before something recorded: what
// was known when could no longer be told.
Result<RunStart> start_run(sql::Connection& connection, const Delivery& delivery,
                           Instant recorded_at);

// Writes the run's row and its files, and rejects unless the files were read before.
Result<void> finish_run(sql::Connection& connection, const Delivery& delivery,
                        const RunStart& start, const IngestReport& report, Instant recorded_at);

}  // namespace regulars::store
