// The verbs of the program, one file each: every one adds its options to the parser and runs.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace regulars::cli {

// What a verb leaves behind for main: the exit code. A verb sets it in its callback.
struct Outcome {
  int exit_code = 0;
  std::string command_line;  // as typed, for reports
};

void add_analyze(CLI::App& app, Outcome& outcome);
void add_demo(CLI::App& app, Outcome& outcome);
void add_eval(CLI::App& app, Outcome& outcome);
void add_export(CLI::App& app, Outcome& outcome);
void add_init(CLI::App& app, Outcome& outcome);
void add_model(CLI::App& app, Outcome& outcome);
void add_run(CLI::App& app, Outcome& outcome);
void add_segment(CLI::App& app, Outcome& outcome);
void add_simulate(CLI::App& app, Outcome& outcome);
void add_doctor(CLI::App& app, Outcome& outcome);
void add_version(CLI::App& app, Outcome& outcome);
void add_completion(CLI::App& app, Outcome& outcome);

}  // namespace regulars::cli
