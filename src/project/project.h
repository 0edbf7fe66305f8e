// A project: the folder in which a shop says, in files, where its data is and what its words mean.
//
//   regulars.yaml      name, zone, currency, calendar, sources, event types, attributes, tables ...
//   segments/*.yaml    one segment or several in each file
//   features/*.yaml    name: formula
//   models/*.yaml      what is predicted, and how far ahead
//   parameters.yaml    name: value
//   lists/*.csv, *.txt customer ids
//
//   Loaded loaded = load_project("shop", files);
//   for (const Error& fault : loaded.faults) ...   // all of them, with file, line and column
//   if (loaded.usable()) run(loaded.project);
//
// docs/reference/project.md describes every key. Rules are not compiled here (definitions::link).
//
// Thread-safety: plain functions and values.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "data/declarations.h"
#include "definitions/definitions.h"
#include "project/model_declaration.h"

namespace regulars::project {

// A list that is written out on every run.
struct ExportDeclaration {
  std::string name;
  std::vector<std::string> segments;  // whom; several: those in any of them
  enum class Format { kCsv, kParquet, kJsonLines, kXlsx, kPostgres } format = Format::kCsv;
  std::string file;      // relative to the project; empty for kPostgres
  std::string postgres;  // the environment variable with the connection string
  std::string table;     // kPostgres
  bool delta = false;    // only who entered and left since the last export
  std::string channel;   // consent that is asked; empty: none (an analysis, not a message)
  std::string purpose;
  std::vector<std::string> columns;  // attributes and features beside customer_id
  Place place;
};

struct RunSettings {
  // Ends of months before the data's end for which population snapshots are built as well, so that
  // percentiles and classes can be asked as of then.
  int months_of_snapshots = 12;
  double most_rejects = 0.02;  // of sources that say nothing themselves
  int keep_rejects_days = 30;  // raw text of rejected rows
};

struct Project {
  std::string directory;
  ProjectFacts facts;
  std::vector<SourceDeclaration> sources;
  definitions::Catalogue catalogue;
  std::vector<ModelDeclaration> models;
  std::vector<ExportDeclaration> exports;
  RunSettings run;
  std::vector<std::string> files;  // read, relative to the project, ascending
};

struct Loaded {
  Project project;  // what could be understood
  std::vector<Error> faults;

  bool usable() const { return faults.empty(); }
};

// Never fails as such: what is wrong is in the faults, ordered by file and place.
Loaded load_project(const std::string& directory, Files& files);

// The project, or one error that tells all faults (at most 20 in full).
Result<Project> open_project(const std::string& directory, Files& files);

// The files of a source, below the project's folder; new ones are found on every call. kNotFound
// when a file named without a pattern is missing.
Result<std::vector<std::string>> files_of(const SourceDeclaration& source,
                                          const std::string& directory, Files& files);

// Adds a segment, or changes the one of that name where it is defined: keys whose values stay
// keep their lines and comments, and so does everything else in the file. A new one gets
// segments/NAME.yaml. The text as it was is kept in versions/segments/NAME/0001.yaml, 0002.yaml ...
// Gives the path of the file written, relative to the project.
Result<std::string> write_segment(const std::string& directory,
                                  const definitions::SegmentDefinition& segment, Files& files);

}  // namespace regulars::project
