// Options that decide how files of orders are read and analysed; shared by analyze and doctor.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app/analyze.h"
#include "base/result.h"

namespace regulars::cli {

// Raw texts of the options, checked and moved into AnalyzeOptions by `finish`.
struct AnalyzeArguments {
  app::AnalyzeOptions options;
  std::string margin;
  std::string offer_cost;
  std::string control = "20%";
  std::string amounts_are;
  std::string header;
  std::string delimiter;
  int decimals = -1;
};

// `files`: the name of the option for the files; without dashes they stand by themselves.
void add_reading_options(CLI::App& command, AnalyzeArguments& arguments,
                         const char* files = "files");
void add_analysis_options(CLI::App& command, AnalyzeArguments& arguments);

// kUsage for shares, words and numbers that make no sense.
Result<app::AnalyzeOptions> finish(const AnalyzeArguments& arguments);

}  // namespace regulars::cli
