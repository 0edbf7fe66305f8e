// One nasty file of tests/data with what is expected of it (NAME.expected.json, see README.md
// there), and the comparison with what the program makes of it.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/analyze.h"
#include "base/files.h"

namespace regulars::nasty {

using Json = nlohmann::ordered_json;

// What is expected; unknown keys are faults of the case, never passed over.
struct Case {
  std::string name;
  app::AnalyzeOptions options;
  Json expect;  // of a success; null otherwise
  Json error;   // of a failure; null otherwise
};

// Reads DIRECTORY/NAME.expected.json. The second of the pair: what is wrong with the case itself.
std::pair<Case, std::string> load_case(const std::string& directory, const std::string& name);

// A CSV file of ours as rows of named cells.
using CsvRow = std::map<std::string, std::string>;
std::vector<CsvRow> parse_csv(const std::string& text);

// What an analysis left behind.
struct Outcome {
  Json summary;
  std::string terminal;
  std::string report;  // report.html
  std::vector<CsvRow> customers;
  std::vector<CsvRow> rejects;
};
Outcome outcome_of(const app::Analysis& analysis, MemoryFiles& files);

// Differences in plain words, a line each; empty: as expected.
std::vector<std::string> differences(const Json& expect, const Outcome& outcome);
std::vector<std::string> differences_of_error(const Json& expected, const Error& error);

// What holds for every file: rows tie out, rejects name line, reason and raw text, the parts add up
// to the whole, no cell that a spreadsheet would run, the summary keeps to its size.
std::vector<std::string> broken_promises(const Outcome& outcome);

}  // namespace regulars::nasty
