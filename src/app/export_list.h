// One list of customers written out for others: a file or a table of PostgreSQL, whole or only
// what changed since the last time, with an account of everybody in the segment who is not in it.
//
// With a purpose the list is for those who contact people: consent is asked, lists of people to
// leave out are left out, and the control group is kept out of it and written to a file beside it
// (NAME.control.csv), which is not for the vendor. Without a purpose it is an analysis of our own:
// everybody of the segment, and a column `group` says who belongs to the control group.
//
// Thread-safety: one shop at a time.
#pragma once

#include <string>
#include <vector>

#include "app/audience.h"
#include "app/list_file.h"
#include "app/project_shop.h"
#include "app/read_sources.h"
#include "base/files.h"
#include "base/result.h"
#include "project/project.h"
#include "store/run_steps.h"

namespace regulars::app {

struct ExportJob {
  project::ExportDeclaration list;
  std::string folder;  // what its file is relative to
};

struct ExportResult {
  std::string name;
  std::string target;   // the file's path, or "table T of $ENV"
  std::string control;  // the file of the control group; empty: there is none
  bool delta = false;
  bool for_contact = true;  // with a purpose
  int64_t in_segment = 0;
  int64_t consented = 0;
  int64_t not_on_lists = 0;
  int64_t not_control = 0;                                     // those the list is of
  int64_t written = 0;                                         // rows
  int64_t added = 0, changed = 0, removed = 0, unchanged = 0;  // against the last export
  std::vector<std::string> notes;

  store::Counts counts() const;
  // "in segment 120, consented 80, not on lists 78, not control 62, written 62"
  std::string account() const;
};

struct ExportTools {
  Files& files;
  const Environment& environment;
  Instant now;
  uint32_t run = 0;
};

// Writes the list and records what it held, for the next delta.
Result<ExportResult> export_list(ProjectShop& shop, sql::Connection& connection,
                                 const ExportJob& job, const ExportTools& tools);

}  // namespace regulars::app
