// Whether this machine can do the work, and what a file can and cannot answer before any of it is
// done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/analyze.h"
#include "base/files.h"
#include "base/result.h"

namespace regulars::app {

struct HealthCheck {
  std::string what;     // "time zones"
  std::string finding;  // "597 zones; Europe/Berlin found"
  bool good = false;
  std::string remedy;  // what to do when not good
};
// Zones, DuckDB and its formats, a place for temporary files, threads and memory.
std::vector<HealthCheck> check_machine(Files& files);

// Reads the files as `analyze` would and stops there: columns, rows, rejects, notices.
struct FileDiagnosis {
  Intake intake;
  int64_t customers = 0;
  std::optional<Error> fault;  // why `analyze` would refuse the file all the same
};
Result<FileDiagnosis> diagnose(const AnalyzeOptions& options, Files& files);

}  // namespace regulars::app
