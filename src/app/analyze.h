// The main job: files of orders in, loyalty segments out. One call computes everything that the
// summary, the report and the files show; another writes them.
//
// Thread-safety: one analysis per thread; it uses several threads inside.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "connect/read_orders.h"
#include "report/analysis_view.h"

namespace regulars::app {

// Told what is being done, and how far the whole job is (0..1).
using Progress = std::function<void(const std::string& step, double done)>;

struct AnalyzeOptions {
  std::vector<std::string> order_files;
  std::string customers_file;
  std::string products_file;
  connect::Overrides overrides;
  std::string mapping_file;  // a mapping saved before
  std::string save_mapping;  // where to save the answers; empty: nowhere
  std::string database;      // a project database to keep and extend; empty: none
  std::string as_of;         // "2011-12-09" or an ISO instant; empty: end of the last day
  std::string rfm_window;    // "24m", "365d" is refused; "all"; empty: all up to 24 months
  std::string rfm_file;      // YAML with an RFM definition; empty: the default
  std::string kind_of_shop;  // "grocery" ...; only its floors and fall-back table are used
  segments::ActionInputs inputs;
  bool show_contacts = false;  // e-mail addresses and names as ids on the page, too
  std::string out_directory = "regulars-report";
  size_t threads = 0;
  std::string command;  // as the user typed it, for the report
};

// Owns what the view points to.
struct Analysis {
  std::unique_ptr<History> history;
  std::unique_ptr<segments::CustomerFacts> facts;
  segments::RfmDefinition rfm;  // as used
  report::AnalysisView view;
};

Result<Analysis> analyze(const AnalyzeOptions& options, Files& files, const Clock& clock,
                         const Progress& progress);

// What the terminal shows (at most 34 lines), and summary.json.
std::string terminal_text(const Analysis& analysis, size_t width, bool colour);
std::string summary_json(const Analysis& analysis);

// Writes summary.json, report.html, regulars.xlsx and the CSV files; fills view.written_files.
Result<void> write_outputs(Analysis& analysis, const AnalyzeOptions& options, Files& files);

}  // namespace regulars::app
