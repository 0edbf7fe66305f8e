#include "app/analyze.h"
#include "cli/analyze_options.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/show.h"

namespace regulars::cli {
namespace {

struct Arguments : AnalyzeArguments {
  bool json = false;
};

int run(const Arguments& arguments, const std::string& command_line) {
  auto options = finish(arguments);
  if (!options) return fail(options.error());
  options->command = command_line;
  auto analysis = analyze_with_progress(*options);
  if (!analysis) return fail(analysis.error());
  print(arguments.json ? app::summary_json(*analysis)
                       : app::terminal_text(*analysis, width(), colour_wanted()));
  return kExitDone;
}

}  // namespace

void add_analyze(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("analyze", "a file of orders in, loyalty segments out");
  add_reading_options(*command, *arguments);
  add_analysis_options(*command, *arguments);
  command->add_option("--out", arguments->options.out_directory, "where the report goes")
      ->type_name("DIR")
      ->capture_default_str();
  command
      ->add_option("--save-mapping", arguments->options.save_mapping,
                   "save the answers, for later files of the same shape (--mapping)")
      ->type_name("FILE");
  command->add_flag("--json", arguments->json, "print summary.json instead of the summary");
  command->footer(
      "Examples:\n"
      "  regulars analyze orders.csv\n"
      "  regulars analyze orders.xlsx --customer Kunde --time Datum --time-format dmy\n"
      "  regulars analyze 2023.csv 2024.csv --customers people.csv --margin 40% --offer-cost 5.00\n"
      "  regulars analyze orders.csv --save-mapping shop.json, then --mapping shop.json");
  command->callback(
      [arguments, &outcome] { outcome.exit_code = run(*arguments, outcome.command_line); });
}

}  // namespace regulars::cli
