// One run of a project: what is new is read, the population measured, every definition evaluated,
// memberships and scores written with when they held and when they were known, lists exported.
//
// A run is made of steps. Each is done as a whole or not at all; a run that was broken off goes on
// after its last finished step, and one that fails leaves what the run before had left.
//
// Thread-safety: one run of a project at a time.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/listing.h"
#include "app/project_shop.h"
#include "app/read_sources.h"
#include "app/run_models.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"

namespace regulars::app {

struct RunQuestion {
  std::string directory;
  std::string as_of;  // a date or an instant; empty: the end of the last day with data
  size_t threads = 0;
};

struct SegmentResult {
  std::string name;
  int64_t members = 0;
  int64_t entered = 0, left = 0, corrected = 0;  // against the run before
};

struct RunReport {
  uint32_t run = 0;
  bool resumed = false;
  Instant as_of;
  Zone zone = Zone::utc();  // the project's
  int64_t customers = 0;
  std::vector<SourceReport> sources;
  std::vector<SegmentResult> segments;
  size_t snapshots_taken = 0;
  std::vector<ModelResult> models;
  // "exports/save.csv: in segment 120, consented 80, not on lists 78, not control 62, written 62"
  std::vector<std::string> exports;
  std::vector<std::string> failed_exports;  // which, and why; everything else was done
  std::vector<std::string> notes;           // warnings and faults of definitions
};

// kBadDefinition when a definition is at fault: the memberships of all segments stay as the last
// good run left them. The error names the step that failed.
Result<RunReport> run_project(const RunQuestion& question, Files& files, const Clock& clock,
                              const Environment& environment, const Progress& progress);

Listing run_listing(const RunReport& report);

}  // namespace regulars::app
