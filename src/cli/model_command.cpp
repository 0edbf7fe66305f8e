#include <functional>
#include <memory>
#include <string>

#include "app/model_file.h"
#include "app/model_verbs.h"
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

int with_project(const FitArguments& arguments,
                 const std::function<Result<app::Listing>(app::ProjectShop&)>& answer) {
  if (arguments.what.empty()) {
    return fail(Error(ErrorCode::kUsage, "neither a project nor files of orders are named",
                      "Give the folder of a project, or --orders FILE."));
  }
  ProjectArguments project;
  project.question.directory = arguments.what;
  project.question.threads = arguments.options.threads;
  project.format = arguments.format;
  project.json = arguments.json;
  return list_with_shop(project, answer);
}

int fit_project(const FitArguments& arguments) {
  return with_project(arguments, [&](app::ProjectShop& shop) {
    return app::fit_models(shop, arguments.model, real_files());
  });
}

void add_formats(CLI::App& verb, FitArguments& arguments) {
  verb.add_option("--format", arguments.format, "text, csv or json")
      ->check(CLI::IsMember({"text", "csv", "json"}));
  verb.add_flag("--json", arguments.json, "the same as --format json");
}

void add_fit(CLI::App& group, Outcome& outcome) {
  auto arguments = std::make_shared<FitArguments>();
  CLI::App* verb =
      group.add_subcommand("fit", "fit a model to files of orders, or the models of a project");
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
      ->type_name("NAME|DIR");
  verb->add_option("model", arguments->model, "of a project: one model (default: all)")
      ->type_name("MODEL");
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
  add_formats(*verb, *arguments);
  verb->callback([arguments, &outcome] {
    outcome.exit_code =
        arguments->options.order_files.empty() ? fit_project(*arguments) : fit_file(*arguments);
  });
}

// `backtest [MODEL] --orders FILE` and `compare --orders FILE`, or of a project.
struct BacktestArguments : FitArguments {
  app::BacktestQuestion question;
};

int backtest(const BacktestArguments& arguments) {
  if (arguments.options.order_files.empty()) {
    return with_project(arguments, [&](app::ProjectShop& shop) {
      app::BacktestQuestion question = arguments.question;
      question.model = arguments.model;
      return app::backtest_model(shop, question, real_files());
    });
  }
  auto reading = finish(arguments);
  if (!reading) return fail(reading.error());
  app::ModelFileQuestion orders = arguments.file;
  orders.reading = *std::move(reading);
  app::BacktestQuestion question = arguments.question;
  question.model = arguments.what;
  ProgressLine line;
  const auto listing =
      app::backtest_file(orders, question, real_files(),
                         [&line](const std::string& step, double done) { line.show(step, done); });
  if (!listing) return fail(listing.error());
  print(app::show(*listing, format_of(arguments), width()));
  return kExitDone;
}

void add_backtest(CLI::App& group, Outcome& outcome, const std::string& name,
                  const std::string& what, bool compare) {
  auto arguments = std::make_shared<BacktestArguments>();
  arguments->question.compare = compare;
  CLI::App* verb = group.add_subcommand(name, what);
  verb->add_option("what", arguments->what, "a project's folder; with --orders: a model")
      ->type_name("DIR|NAME");
  verb->add_option("model", arguments->model, "a model of the project")->type_name("MODEL");
  add_reading_options(*verb, *arguments, "--orders");
  verb->add_option("--horizon", arguments->question.horizon,
                   "of files: how far each forecast looks ahead")
      ->capture_default_str();
  verb->add_option("--calibration-end", arguments->file.calibration_end,
                   "of files: nothing after this day is looked at")
      ->type_name("DATE");
  verb->add_option("--unit", arguments->file.unit, "day, week, month or year")
      ->capture_default_str();
  add_formats(*verb, *arguments);
  verb->callback([arguments, &outcome] { outcome.exit_code = backtest(*arguments); });
}

using Answer = std::function<Result<app::Listing>(app::ProjectShop&, const std::string& model)>;

// A verb about a project: DIR, and a model of it when it needs one.
void add_project_verb(CLI::App& group, Outcome& outcome, const std::string& name,
                      const std::string& what, bool of_one, const Answer& answer) {
  struct Arguments : ProjectArguments {
    std::string model;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = group.add_subcommand(name, what);
  add_project_options(*verb, *arguments);
  if (of_one) {
    verb->add_option("model", arguments->model, "its name in models/*.yaml")
        ->required()
        ->type_name("MODEL");
  }
  add_format_options(*verb, *arguments);
  verb->callback([arguments, answer, &outcome] {
    outcome.exit_code = list_with_shop(
        *arguments, [&](app::ProjectShop& shop) { return answer(shop, arguments->model); });
  });
}

}  // namespace

void add_model(CLI::App& app, Outcome& outcome) {
  CLI::App* group = app.add_subcommand("model", "what customers are worth, and who is leaving");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  regulars model fit bg-nbd --orders orders.csv --json\n"
      "  regulars model fit pareto-nbd --orders orders.csv --predict '12 months' --format csv\n"
      "  regulars model compare --orders orders.csv --horizon '6 months'\n"
      "  regulars model show shop churn");
  add_project_verb(*group, outcome, "list", "the models of a project", false,
                   [](app::ProjectShop& shop, const std::string&) {
                     return app::list_models(shop, real_files());
                   });
  add_fit(*group, outcome);
  add_project_verb(*group, outcome, "show", "the newest fit of a model", true,
                   [](app::ProjectShop& shop, const std::string& model) {
                     return app::show_model(shop, model, real_files());
                   });
  add_project_verb(*group, outcome, "score", "what a model says of every customer", true,
                   [](app::ProjectShop& shop, const std::string& model) {
                     return app::score_model(shop, model, real_files());
                   });
  add_backtest(*group, outcome, "backtest", "how well forecasts of the past came true", false);
  add_backtest(*group, outcome, "compare", "methods side by side on the same past", true);
}

}  // namespace regulars::cli
