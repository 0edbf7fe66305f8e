// `regulars export`: the lists that a project declares, or one from the command line.
//
// Thread-safety: one project at a time.
#pragma once

#include <string>
#include <vector>

#include "app/export_list.h"
#include "app/listing.h"
#include "app/run_steps.h"
#include "base/clock.h"

namespace regulars::app {

struct ExportQuestion {
  std::string name;  // one of the declared; empty: all of them

  // A list that is not declared: a segment's name and where to, a file or postgres:ENV/TABLE.
  std::string segment;
  std::string to;
  std::string format;  // csv, parquet, jsonl, xlsx; empty: by the file's name
  std::string purpose, channel;
  std::vector<std::string> columns;
  bool delta = false;
};

struct ExportReport {
  std::vector<ExportResult> written;
  std::vector<Error> failed;  // each names its list; the others are written all the same
};

// The declared lists, each a step of the run.
ExportReport export_declared(ProjectShop& shop, RunSteps& steps, const std::vector<ExportJob>& jobs,
                             Files& files, const Clock& clock, const Environment& environment);

// Recorded as a run of its own. kUsage for options that do not go together, kNotFound for names.
Result<ExportReport> export_project(ProjectShop& shop, const ExportQuestion& question, Files& files,
                                    const Clock& clock, const Environment& environment);

std::vector<ExportJob> declared_exports(const project::Project& project);

Listing export_listing(const ExportReport& report, const ProjectShop& shop);

}  // namespace regulars::app
