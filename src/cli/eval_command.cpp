#include <memory>

#include "app/ask_project.h"
#include "cli/commands.h"
#include "cli/project_options.h"

namespace regulars::cli {

void add_eval(CLI::App& app, Outcome& outcome) {
  struct Arguments : ProjectArguments {
    std::string expression;
  };
  auto arguments = std::make_shared<Arguments>();
  arguments->format = "csv";
  CLI::App* command =
      app.add_subcommand("eval", "any expression of the language, for every customer");
  add_project_options(*command, *arguments);
  command->add_option("expression", arguments->expression, "in the language of rules")
      ->required()
      ->type_name("EXPR");
  add_format_options(*command, *arguments);
  command->footer(
      "Examples:\n"
      "  regulars eval shop 'count(purchase) over last 90 days'\n"
      "  regulars eval shop \"percentile(sum(purchase.net) over last 1 year)\" --as-of 2025-01-31");
  command->callback([arguments, &outcome] {
    outcome.exit_code = list_with_shop(*arguments, [&](app::ProjectShop& shop) {
      return app::ask_project(shop, arguments->expression);
    });
  });
}

}  // namespace regulars::cli
