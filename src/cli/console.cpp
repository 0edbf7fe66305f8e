#include "cli/console.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/clock.h"

namespace regulars::cli {

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kUsage:
      return kExitUsage;
    case ErrorCode::kInternal:
      return kExitOurs;
    case ErrorCode::kBadData:
    case ErrorCode::kBadDefinition:
    case ErrorCode::kNotFound:
    case ErrorCode::kUnsupported:
    case ErrorCode::kIo:
    case ErrorCode::kOverflow:
      return kExitInput;
  }
  return kExitOurs;
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void print_error(const Error& error) {
  const std::string text = "regulars: " + error.to_string() + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void print_note(std::string_view note) {
  const std::string text = std::string(note) + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int fail(const Error& error) {
  print_error(error);
  return exit_code(error.code());
}

bool colour_wanted() {
  const char* off = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  return (off == nullptr || *off == '\0') && !dumb && ::isatty(STDOUT_FILENO) == 1;
}

size_t width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 1 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 100;
  return std::clamp<size_t>(size.ws_col, 80, 100);
}

ProgressLine::ProgressLine()
    : begin_(system_clock().now()), watched_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void ProgressLine::show(const std::string& step, double done) {
  if (!watched_) return;
  const Duration taken = system_clock().now() - begin_;
  if (taken < seconds(1)) return;
  shown_ = true;
  const std::string line =
      fmt::format("\r\033[K{:3.0f} %  {} ...  {:.0f} s", 100 * done, step.substr(0, 60),
                  static_cast<double>(taken.micros) * 1e-6);
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace regulars::cli
