#include <fmt/format.h>

#include <memory>

#include "app/doctor.h"
#include "app/project_doctor.h"
#include "base/clock.h"
#include "base/decimal.h"
#include "base/files.h"
#include "cli/analyze_options.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace regulars::cli {
namespace {

int check_machine() {
  bool good = true;
  for (const app::HealthCheck& check : app::check_machine(real_files())) {
    good = good && check.good;
    print(fmt::format("{:<4} {:<16} {}\n", check.good ? "ok" : "BAD", check.what, check.finding));
    if (!check.good) print(fmt::format("     {:<16} {}\n", "", check.remedy));
  }
  return good ? kExitDone : kExitInput;
}

void print_columns(const Intake& intake) {
  print("\nColumns\n");
  for (const FoundColumn& found : intake.columns) {
    print(fmt::format("  {:<12} {:<28} {:>3.0f} %  {}\n", found.role, found.column,
                      100 * found.confidence, found.reason));
    std::string others;
    for (const std::string& name : found.alternatives)
      others += (others.empty() ? "" : ", ") + name;
    if (!others.empty()) {
      print(fmt::format("  {:<12} or {}: say {} NAME\n", "", others, found.option));
    }
  }
  if (intake.unused_columns.empty()) return;
  std::string unused;
  for (const std::string& name : intake.unused_columns)
    unused += (unused.empty() ? "" : ", ") + name;
  print(fmt::format("  not used     {}\n", unused));
}

int check_files(const AnalyzeArguments& arguments) {
  const auto options = finish(arguments);
  if (!options) return fail(options.error());
  const auto diagnosis = app::diagnose(*options, real_files());
  if (!diagnosis) return fail(diagnosis.error());
  const Intake& intake = diagnosis->intake;
  for (const SourceInfo& source : intake.sources) {
    print(fmt::format("{}: {}, {}, {} rows\n", source.path, source.format, source.encoding,
                      with_thousands(static_cast<int64_t>(source.rows))));
  }
  if (!intake.spec.shape.empty()) print(fmt::format("Looks like: {}\n", intake.spec.shape));
  print_columns(intake);
  const RowCounts& rows = intake.rows;
  print(fmt::format(
      "\n{} rows: {} sales, {} given back, {} free, {} without customer, {} no sales "
      "or orders, {} rejected; {} customers\n",
      with_thousands(rows.read), with_thousands(rows.used), with_thousands(rows.refunds),
      with_thousands(rows.zero), with_thousands(rows.unattributed),
      with_thousands(rows.not_sales + rows.other_events), with_thousands(rows.rejected),
      with_thousands(diagnosis->customers)));
  for (size_t i = 0; i < std::min<size_t>(5, intake.rejects.size()); ++i) {
    const Reject& reject = intake.rejects[i];
    print(fmt::format("  {}:{}: {}: {}\n", reject.file, reject.line, reject.field, reject.reason));
  }
  if (!intake.notices.empty()) print("\nTo know\n");
  for (const Notice& notice : intake.notices) {
    print(fmt::format("  {}{}\n", notice.text,
                      notice.option.empty() ? "" : " (" + notice.option + ")"));
  }
  if (diagnosis->fault) return fail(*diagnosis->fault);
  return kExitDone;
}

// A folder with a project is asked what its data can and cannot answer.
bool is_project(const AnalyzeArguments& arguments) {
  const auto& named = arguments.options.order_files;
  return named.size() == 1 && real_files().exists(named.front() + "/regulars.yaml");
}

int check_project(const std::string& directory, bool json) {
  const auto diagnosis = app::diagnose_project(directory, real_files(), system_clock());
  if (!diagnosis) return fail(diagnosis.error());
  print(app::show(app::doctor_listing(*diagnosis), json ? app::Format::kJson : app::Format::kText,
                  width()));
  return diagnosis->at_fault() ? kExitInput : kExitDone;
}

}  // namespace

void add_doctor(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<AnalyzeArguments>();
  CLI::App* command =
      app.add_subcommand("doctor", "check this machine, a project, or how a file would be read");
  add_reading_options(*command, *arguments);
  command->get_option("files")->required(false);
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "print what was found of a project as JSON");
  command->footer(
      "Examples:\n  regulars doctor\n  regulars doctor orders.csv\n  regulars doctor shop");
  command->callback([arguments, json, &outcome] {
    if (is_project(*arguments)) {
      outcome.exit_code = check_project(arguments->options.order_files.front(), *json);
      return;
    }
    outcome.exit_code =
        arguments->options.order_files.empty() ? check_machine() : check_files(*arguments);
  });
}

}  // namespace regulars::cli
