// The terminal: what goes to standard output, what to standard error, colour, progress, exit codes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace regulars::cli {

constexpr int kExitDone = 0;
constexpr int kExitInput = 1;  // the data or a definition is at fault
constexpr int kExitUsage = 2;  // the command line is at fault
constexpr int kExitOurs = 3;   // a fault of regulars

int exit_code(ErrorCode code);

void print(std::string_view text);       // standard output
void print_error(const Error& error);    // standard error, "regulars: ..."
void print_note(std::string_view note);  // standard error, for remarks beside an answer
int fail(const Error& error);            // prints it and gives its exit code

// Standard output is a terminal, and NO_COLOR is not set (no-color.org).
bool colour_wanted();
// Columns of the terminal, 80 to 100; 100 when output goes elsewhere.
size_t width();

// One line on standard error that is written over: the step and the share done, shown only when
// the work takes longer than a second and a person is watching.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const std::string& step, double done);

 private:
  Instant begin_;
  bool watched_ = false;
  bool shown_ = false;
};

}  // namespace regulars::cli
