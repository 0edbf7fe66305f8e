#include "cli/project_options.h"

#include <cstdlib>

#include "base/clock.h"
#include "base/files.h"
#include "cli/console.h"

namespace regulars::cli {

void add_project_options(CLI::App& command, ProjectArguments& arguments) {
  command.add_option("project", arguments.question.directory, "the project's folder")
      ->required()
      ->type_name("DIR");
  command
      .add_option("--as-of", arguments.question.as_of,
                  "the instant asked about: a date (its end) or 2025-01-31T12:00:00Z "
                  "(default: the end of the last day with data)")
      ->type_name("T");
  command
      .add_option("--known-at", arguments.question.known_at,
                  "only what had been recorded by then (default: everything)")
      ->type_name("K");
  command
      .add_option_function<std::string>(
          "--population",
          [&arguments](const std::string& choice) {
            arguments.question.recompute = choice == "recompute";
          },
          "what percentiles and classes are measured against: the newest snapshot, or recompute "
          "at the as-of")
      ->type_name("newest|recompute")
      ->check(CLI::IsMember({"newest", "recompute"}));
  command.add_option("--threads", arguments.question.threads, "threads; never changes the result");
}

void add_format_options(CLI::App& command, ProjectArguments& arguments) {
  command.add_option("--format", arguments.format, "text, csv or json")
      ->check(CLI::IsMember({"text", "csv", "json"}))
      ->capture_default_str();
  command.add_flag("--json", arguments.json, "the same as --format json");
}

app::Format format_of(const ProjectArguments& arguments) {
  if (arguments.json || arguments.format == "json") return app::Format::kJson;
  return arguments.format == "csv" ? app::Format::kCsv : app::Format::kText;
}

app::Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

int with_shop(const ProjectArguments& arguments,
              const std::function<Result<std::string>(app::ProjectShop&)>& answer) {
  const auto shop = app::open_project(arguments.question, real_files(), system_clock());
  if (!shop) return fail(shop.error());
  const auto text = answer(**shop);
  if (!text) return fail(text.error());
  print(*text);
  return kExitDone;
}

int list_with_shop(const ProjectArguments& arguments,
                   const std::function<Result<app::Listing>(app::ProjectShop&)>& answer) {
  return with_shop(arguments, [&](app::ProjectShop& shop) -> Result<std::string> {
    const auto listing = answer(shop);
    if (!listing) return listing.error();
    // A table of values has no place for remarks, and they must not be lost.
    if (format_of(arguments) == app::Format::kCsv) {
      for (const std::string& note : listing->notes) print_note(note);
    }
    return app::show(*listing, format_of(arguments), width());
  });
}

}  // namespace regulars::cli
