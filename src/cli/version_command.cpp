#include <fmt/format.h>

#include "app/version.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace regulars::cli {

void add_version(CLI::App& app, Outcome&) {
  app.add_subcommand("version", "print the version")->callback([] {
    print(fmt::format("regulars {}\n", app::kVersion));
  });
}

}  // namespace regulars::cli
