#include <string>

#include "app/version.h"
#include "base/result.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace regulars::cli {
namespace {

std::string as_typed(int count, char** arguments) {
  std::string line = "regulars";
  for (int i = 1; i < count; ++i) {
    const std::string word = arguments[i];
    const bool plain = word.find_first_of(" \t'\"$&;|<>()*?\\") == std::string::npos;
    line += plain && !word.empty() ? " " + word : " '" + word + "'";
  }
  return line;
}

constexpr const char* kFirstSteps =
    "regulars: know your regulars. Loyalty segments from a shop's own records.\n"
    "\n"
    "  regulars analyze orders.csv   segments, values and lists from any export of orders\n"
    "  regulars demo                 the same on a simulated shop whose truth is known\n"
    "  regulars simulate DIR         write such a shop's files\n"
    "  regulars doctor [FILE]        check this machine, or how a file would be read\n"
    "  regulars version\n"
    "\n"
    "regulars VERB --help tells more.\n";

int run(int count, char** arguments) {
  if (count == 1) {
    print(kFirstSteps);
    return kExitDone;
  }
  CLI::App program{"Loyalty segments from a shop's own records"};
  program.name("regulars");
  program.require_subcommand(1);
  program.set_version_flag("--version", std::string("regulars ") + app::kVersion);
  program.failure_message(CLI::FailureMessage::simple);
  Outcome outcome{0, as_typed(count, arguments)};
  add_analyze(program, outcome);
  add_demo(program, outcome);
  add_simulate(program, outcome);
  add_doctor(program, outcome);
  add_version(program, outcome);
  add_completion(program, outcome);
  try {
    program.parse(count, arguments);
  } catch (const CLI::ParseError& fault) {
    const bool asked = fault.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
    program.exit(fault);
    return asked ? kExitDone : kExitUsage;
  }
  return outcome.exit_code;
}

}  // namespace
}  // namespace regulars::cli

int main(int count, char** arguments) {
  try {
    return regulars::cli::run(count, arguments);
  } catch (const std::exception& fault) {
    return regulars::cli::fail(
        regulars::Error(regulars::ErrorCode::kInternal, fault.what(),
                        "This is a fault of regulars. Please report it with the command."));
  }
}
