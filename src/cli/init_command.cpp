#include <memory>

#include "app/init_project.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace regulars::cli {

void add_init(CLI::App& app, Outcome& outcome) {
  struct Arguments {
    app::InitQuestion question;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  app::InitQuestion& question = arguments->question;
  CLI::App* command =
      app.add_subcommand("init", "make a project: from your files, or a commented start");
  command->add_option("directory", question.directory, "the new project's folder")
      ->required()
      ->type_name("DIR");
  command->add_option("--from", question.orders, "files of orders; their columns are found out")
      ->type_name("FILE");
  command->add_option("--customers", question.customers, "a file about customers")
      ->type_name("FILE");
  command->add_option("--products", question.products, "a file about products")->type_name("FILE");
  command
      ->add_option("--events", question.events,
                   "more events: TYPE=FILE, or a file named after its type (visits.csv)")
      ->type_name("FILE");
  command->add_option("--name", question.name, "the shop's name (default: the folder's)");
  command
      ->add_option("--time-zone", question.time_zone,
                   "where the shop's days end, e.g. Europe/Berlin (default: UTC)")
      ->type_name("ZONE");
  command->add_flag("--json", arguments->json, "print what was found out as JSON");
  command->footer(
      "Examples:\n"
      "  regulars init shop\n"
      "  regulars init shop --from orders.csv --customers people.csv --time-zone Europe/Berlin\n"
      "  regulars init shop --from 2023.csv 2024.csv --products products.csv --events visits.csv");
  command->callback([arguments, &outcome] {
    const auto report = app::init_project(arguments->question, real_files());
    if (!report) {
      outcome.exit_code = fail(report.error());
      return;
    }
    const auto format = arguments->json ? app::Format::kJson : app::Format::kText;
    print(app::show(app::init_listing(*report, arguments->question.directory), format, width()));
  });
}

}  // namespace regulars::cli
