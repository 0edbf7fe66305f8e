// Options that verbs about a project share.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "app/listing.h"
#include "app/project_shop.h"
#include "app/read_sources.h"

namespace regulars::cli {

struct ProjectArguments {
  app::ProjectQuestion question;
  std::string format = "text";
  bool json = false;
};

// DIR, --as-of, --known-at, --population, --threads.
void add_project_options(CLI::App& command, ProjectArguments& arguments);
// --format text|csv|json, --json.
void add_format_options(CLI::App& command, ProjectArguments& arguments);

app::Format format_of(const ProjectArguments& arguments);

// The environment of this process: connection strings.
app::Environment process_environment();

// Opens the project and prints what `answer` gives; the exit code.
int with_shop(const ProjectArguments& arguments,
              const std::function<Result<std::string>(app::ProjectShop&)>& answer);
// The same for a listing, in the format asked for.
int list_with_shop(const ProjectArguments& arguments,
                   const std::function<Result<app::Listing>(app::ProjectShop&)>& answer);

}  // namespace regulars::cli
