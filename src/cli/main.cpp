#include <algorithm>
#include <string>
#include <vector>

#include "app/version.h"
#include "base/near_names.h"
#include "base/result.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace regulars::cli {
namespace {

// In single quotes, as a shell reads it back.
std::string quoted(const std::string& word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string as_typed(int count, char** arguments) {
  std::string line = "regulars";
  for (int i = 1; i < count; ++i) {
    const std::string word = arguments[i];
    const bool plain = word.find_first_of(" \t\n'\"$&;|<>()*?\\`!#~[]{}") == std::string::npos;
    line += plain && !word.empty() ? " " + word : " " + quoted(word);
  }
  return line;
}

constexpr const char* kFirstSteps =
    "regulars: know your regulars. Loyalty segments from a shop's own records.\n"
    "\n"
    "  regulars analyze orders.csv   segments, values and lists from any export of orders\n"
    "  regulars init DIR             a project of your own: --from orders.csv, or a commented "
    "start\n"
    "  regulars run DIR              read what is new, evaluate every segment, write the lists\n"
    "  regulars segment list DIR     who is in which segment; also show, explain, diff, history\n"
    "  regulars demo                 all of it on a simulated shop whose truth is known\n"
    "\n"
    "regulars doctor checks this machine, a file or a project; regulars --help lists all verbs.\n";

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Error unknown(const std::string& what, const std::string& word,
              const std::vector<std::string>& known, const std::string& otherwise) {
  const std::vector<std::string> near = near_names(word, known);
  return Error(ErrorCode::kUsage, "there is no " + what + " '" + word + "'",
               near.empty() ? otherwise : "Did you mean " + joined(near) + "?");
}

// The verb comes first. An unknown one is told with what it is like.
Result<void> check_verb(const CLI::App& program, const std::string& word) {
  if (word.starts_with("-")) return {};
  std::vector<std::string> verbs;
  for (const CLI::App* verb : program.get_subcommands({})) verbs.push_back(verb->get_name());
  if (std::find(verbs.begin(), verbs.end(), word) != verbs.end()) return {};
  return unknown("verb", word, verbs, "The verbs are " + joined(verbs) + ".");
}

// The parser's own words, but for an unknown option, which is told with what it is like.
int refuse(const CLI::App& program, const CLI::ParseError& fault) {
  const std::vector<std::string> rest = program.remaining(true);
  const auto option = std::find_if(rest.begin(), rest.end(),
                                   [](const std::string& word) { return word.starts_with("--"); });
  const auto verbs = program.get_subcommands();
  if (option == rest.end() || verbs.empty()) {
    return fail(Error(ErrorCode::kUsage, fault.what(),
                      verbs.empty()
                          ? "regulars --help tells the verbs."
                          : "regulars " + verbs.front()->get_name() + " --help tells more."));
  }
  std::vector<std::string> known;
  for (const CLI::Option* one : verbs.front()->get_options()) {
    for (const std::string& name : one->get_lnames()) known.push_back("--" + name);
  }
  return fail(unknown("option", *option, known,
                      "regulars " + verbs.front()->get_name() + " --help lists them."));
}

int run(int count, char** arguments) {
  if (count == 1) {
    print(kFirstSteps);
    return kExitDone;
  }
  CLI::App program{"Loyalty segments from a shop's own records"};
  program.name("regulars");
  program.require_subcommand(1);
  program.set_version_flag("--version", std::string("regulars ") + app::kVersion);
  Outcome outcome{0, as_typed(count, arguments)};
  add_analyze(program, outcome);
  add_demo(program, outcome);
  add_init(program, outcome);
  add_run(program, outcome);
  add_eval(program, outcome);
  add_segment(program, outcome);
  add_model(program, outcome);
  add_export(program, outcome);
  add_simulate(program, outcome);
  add_doctor(program, outcome);
  add_version(program, outcome);
  add_completion(program, outcome);
  const auto verb = check_verb(program, arguments[1]);
  if (!verb) return fail(verb.error());
  try {
    program.parse(count, arguments);
  } catch (const CLI::Success& asked) {
    program.exit(asked);
    return kExitDone;
  } catch (const CLI::ParseError& fault) {
    return refuse(program, fault);
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
