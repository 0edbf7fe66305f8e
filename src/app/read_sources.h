// From a project's declared sources to its database: only what is new or has changed is read.
//
// Thread-safety: one thread at a time.
#pragma once

#include <string>
#include <vector>

#include "app/analyze.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "project/project.h"
#include "store/run_steps.h"
#include "store/store.h"

namespace regulars::app {

// Where connection strings and the like come from; the command line gives the environment.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

struct SourceReport {
  std::string source;
  size_t files_read = 0;
  size_t files_as_before = 0;
  RowCounts rows;
  store::IngestReport stored;        // events
  std::vector<std::string> notices;  // what was found out and done, for people

  // A database has rows and no files.
  bool read_anything() const { return files_read > 0 || rows.read > 0; }
};

struct SourceReader {
  const project::Project& project;
  store::Store& store;
  Files& files;
  const Clock& clock;
  const Environment& environment;
  size_t threads = 0;
};

// kBadData when too many rows were rejected (nothing of the source is stored then).
Result<SourceReport> read_declared_source(const SourceReader& reader,
                                          const SourceDeclaration& source);

// A file as the database remembers it: however the project's folder was named then.
std::string path_in_project(const std::string& directory, const std::string& path);

// What the declaration says about reading orders, as `analyze` takes it.
Result<AnalyzeOptions> reading_options(const SourceDeclaration& source, const ProjectFacts& facts,
                                       std::vector<std::string> paths);

}  // namespace regulars::app
