#include <memory>
#include <string>

#include "app/model_file.h"
#include "base/files.h"
#include "cli/analyze_options.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/project_options.h"

namespace regulars::cli {
namespace {

// `fit NAME --orders FILE` on files; `fit DIR [MODEL]` on a project.
struct FitArguments : AnalyzeArguments {
  std::string what, model;
  app::ModelFileQuestion file;
  std::string format = "text";
  bool json = false;
  bool without_zero_amounts = false;
};

app::Format format_of(const FitArguments& arguments) {
  if (arguments.json || arguments.format == "json") return app::Format::kJson;
  return arguments.format == "csv" ? app::Format::kCsv : app::Format::kText;
}

Result<app::ModelFileFit> fit_with_progress(const app::ModelFileQuestion& question) {
  ProgressLine line;
  return app::fit_model_file(question, real_files(), [&line](const std::string& step, double done) {
    line.show(step, done);
  });
}

std::string shown(const app::ModelFileFit& fit, app::Format format) {
  if (format == app::Format::kJson) return app::model_file_json(fit);
  const bool predicts = !fit.predicts.empty();
  if (format == app::Format::kCsv) {
    return app::listing_csv(predicts ? fit.predictions : app::model_file_listing(fit));
  }
  std::string text = app::listing_text(app::model_file_listing(fit), width());
  if (predicts) {
    text += "\nOver the next " + fit.predicts + ":\n" + app::listing_text(fit.predictions, width());
  }
  return text;
}

int fit_file(const FitArguments& arguments) {
  auto reading = finish(arguments);
  if (!reading) return fail(reading.error());
  app::ModelFileQuestion question = arguments.file;
  question.reading = *std::move(reading);
  question.model = arguments.what;
  question.zero_amounts_count = !arguments.without_zero_amounts;
  const auto fitted = fit_with_progress(question);
  if (!fitted) return fail(fitted.error());
  if (format_of(arguments) == app::Format::kCsv) {
    for (const std::string& note : fitted->notes) print_note(note);
  }
  print(shown(*fitted, format_of(arguments)));
  return kExitDone;
}

void add_fit(CLI::App& group, Outcome& outcome) {
  auto arguments = std::make_shared<FitArguments>();
  CLI::App* verb = group.add_subcommand("fit", "fit a model to files of orders");
  verb->add_option(
          "what", arguments->what,
          "with --orders: " +
              [] {
                std::string names;
                for (const std::string& name : app::model_file_names()) {
                  names += (names.empty() ? "" : ", ") + name;
                }
                return names;
              }())
      ->required()
      ->type_name("NAME");
  add_reading_options(*verb, *arguments, "--orders");
  const char* fitting = "The fit";
  verb->add_option("--calibration-end", arguments->file.calibration_end,
                   "look at nothing after this day (default: the last day with data)")
      ->type_name("DATE")
      ->group(fitting);
  verb->add_option("--unit", arguments->file.unit, "day, week, month or year")
      ->capture_default_str()
      ->group(fitting);
  verb->add_option("--predict", arguments->file.horizon,
                   "a table per customer for so long ahead: 52, '12 months', '90 days'")
      ->type_name("HORIZON")
      ->group(fitting);
  verb->add_option("--level", arguments->file.level, "share of the truth within intervals (0.8)")
      ->check(CLI::Range(0.5, 0.999))
      ->group(fitting);
  verb->add_flag("--without-zero-amounts", arguments->without_zero_amounts,
                 "free orders are no purchases")
      ->group(fitting);
  verb->add_option("--format", arguments->format, "text, csv or json")
      ->check(CLI::IsMember({"text", "csv", "json"}));
  verb->add_flag("--json", arguments->json, "the same as --format json");
  verb->callback([arguments, &outcome] { outcome.exit_code = fit_file(*arguments); });
}

}  // namespace

void add_model(CLI::App& app, Outcome& outcome) {
  CLI::App* group = app.add_subcommand("model", "what customers are worth, and who is leaving");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  regulars model fit bg-nbd --orders orders.csv --json\n"
      "  regulars model fit pareto-nbd --orders orders.csv --predict '12 months' --format csv");
  add_fit(*group, outcome);
}

}  // namespace regulars::cli
