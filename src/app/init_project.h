// `regulars init`: a new project, from files whose reading is found out, or as a commented start.
//
// Thread-safety: one folder at a time.
#pragma once

#include <string>
#include <vector>

#include "app/listing.h"
#include "base/files.h"
#include "base/result.h"

namespace regulars::app {

struct InitQuestion {
  std::string directory;
  std::string name;                 // empty: the folder's
  std::string time_zone;            // of the shop's days and of times that name none; empty: UTC
  std::vector<std::string> orders;  // empty: the commented start
  std::string customers, products;
  std::vector<std::string> events;  // "visit=visits.csv", or a file named after its type
};

struct InitReport {
  std::vector<std::string> written;  // relative to the project
  // What was found out about the files: source, column, what it was taken for.
  struct Finding {
    std::string source, column, meaning, reason;
  };
  std::vector<Finding> findings;
  std::vector<std::string> notes;
};

// Files that lie below the folder stay where they are and are read from there; others are copied
// into its data/, because a project holds all it needs. kUsage when the folder has a project
// already; otherwise what reading the files gives.
Result<InitReport> init_project(const InitQuestion& question, Files& files);

Listing init_listing(const InitReport& report, const std::string& directory);

}  // namespace regulars::app
