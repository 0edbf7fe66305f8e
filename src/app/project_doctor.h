// `regulars doctor PROJECT`: what the data can and cannot answer, and what nobody looks after.
//
// Thread-safety: one project at a time.
#pragma once

#include <string>
#include <vector>

#include "app/listing.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"

namespace regulars::app {

struct DoctorFinding {
  enum class Level {
    kFault,  // something does not work
    kWarn,   // it works, and the answer may mislead
    kInfo,   // to know
  };
  Level level = Level::kInfo;
  std::string code;   // "stopped_feed", "no_data", "unused_segment" ...
  std::string about;  // "source visits"
  std::string text;
};

struct ProjectDiagnosis {
  struct Source {
    std::string name;
    int64_t rows = 0, rejected = 0;
    std::string first, last;  // days with events; empty: it has none
    int64_t files_not_read = 0;
  };
  std::vector<Source> sources;
  std::vector<DoctorFinding> findings;  // faults first
  bool at_fault() const;
};

// A project that cannot be opened at all is the error itself.
Result<ProjectDiagnosis> diagnose_project(const std::string& directory, Files& files,
                                          const Clock& clock);

// A feed has stopped when it is silent at the data's newest day for longer than `expect_every_days`
// or, when that is 0, than three times the gap that 95 % of its gaps between days with data do not
// exceed, at least 2 days. With fewer than 5 days of data it has no rhythm. Empty: it goes on.
std::string stopped_feed(const std::vector<Day>& days, Day newest, int expect_every_days);

Listing doctor_listing(const ProjectDiagnosis& diagnosis);

}  // namespace regulars::app
