#include <memory>

#include "app/run_project.h"
#include "base/clock.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/project_options.h"

namespace regulars::cli {
namespace {

Result<app::RunReport> run_with_progress(const app::RunQuestion& question) {
  ProgressLine line;
  return app::run_project(question, real_files(), system_clock(), process_environment(),
                          [&line](const std::string& step, double done) { line.show(step, done); });
}

}  // namespace

void add_run(CLI::App& app, Outcome& outcome) {
  struct Arguments {
    app::RunQuestion question;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("run", "read what is new, evaluate everything, write the results");
  command->add_option("project", arguments->question.directory, "the project's folder")
      ->required()
      ->type_name("DIR");
  command
      ->add_option("--as-of", arguments->question.as_of,
                   "a date (its end) or an instant (default: the end of the last day with data)")
      ->type_name("T");
  command->add_option("--threads", arguments->question.threads,
                      "threads; never changes the result");
  command->add_flag("--json", arguments->json, "print the report as JSON");
  command->footer("Example:\n  regulars run shop");
  command->callback([arguments, &outcome] {
    const auto report = run_with_progress(arguments->question);
    if (!report) {
      outcome.exit_code = fail(report.error());
      return;
    }
    const auto format = arguments->json ? app::Format::kJson : app::Format::kText;
    print(app::show(app::run_listing(*report), format, width()));
    if (!report->failed_exports.empty()) outcome.exit_code = kExitInput;
  });
}

}  // namespace regulars::cli
