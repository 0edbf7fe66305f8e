#include <memory>

#include "app/export_project.h"
#include "base/clock.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/project_options.h"

namespace regulars::cli {
namespace {

struct Arguments : ProjectArguments {
  app::ExportQuestion list;
};

void add_list_options(CLI::App& command, Arguments& arguments) {
  command.add_option("name", arguments.list.name, "a declared export (default: all of them)")
      ->type_name("NAME");
  command.add_option("--segment", arguments.list.segment, "a list of this segment instead")
      ->type_name("SEGMENT");
  command.add_option("--to", arguments.list.to, "the file, or postgres:ENV/TABLE")
      ->type_name("TARGET");
  command
      .add_option("--format", arguments.list.format,
                  "csv, parquet, jsonl or xlsx (default: by the file's name)")
      ->check(CLI::IsMember({"csv", "parquet", "jsonl", "xlsx"}));
  command
      .add_option("--purpose", arguments.list.purpose,
                  "what the customers are contacted for, e.g. marketing: only those who consent")
      ->type_name("PURPOSE");
  command.add_option("--channel", arguments.list.channel, "the channel it goes through")
      ->type_name("CHANNEL");
  command
      .add_option("--columns", arguments.list.columns,
                  "attributes, features or formulas beside the id")
      ->type_name("EXPR");
  command.add_flag("--delta", arguments.list.delta,
                   "only who was added, changed or removed since the last time");
  command.add_flag("--json", arguments.json, "print the account as JSON");
}

int run(const Arguments& arguments) {
  const auto shop = app::open_project(arguments.question, real_files(), system_clock());
  if (!shop) return fail(shop.error());
  const auto report = app::export_project(**shop, arguments.list, real_files(), system_clock(),
                                          process_environment());
  if (!report) return fail(report.error());
  print(app::show(app::export_listing(*report, **shop), format_of(arguments), width()));
  return report->failed.empty() ? kExitDone : kExitInput;
}

}  // namespace

void add_export(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("export", "write lists of customers for other programs");
  add_project_options(*command, *arguments);
  add_list_options(*command, *arguments);
  command->footer(
      "Examples:\n"
      "  regulars export shop                  every list of regulars.yaml\n"
      "  regulars export shop birthday_mail\n"
      "  regulars export shop --segment second_order_due --to due.xlsx --purpose marketing\n"
      "  regulars export shop --segment regulars_in_rhythm --to postgres:CRM/crm.regulars --delta");
  command->callback([arguments, &outcome] { outcome.exit_code = run(*arguments); });
}

}  // namespace regulars::cli
