#include "app/export_project.h"

#include <fmt/format.h>

#include "base/near_names.h"

namespace regulars::app {
namespace {

using project::ExportDeclaration;

Result<void> set_target(const ExportQuestion& question, ExportDeclaration& list) {
  constexpr std::string_view kPostgres = "postgres:";
  if (question.to.starts_with(kPostgres)) {
    const std::string rest = question.to.substr(kPostgres.size());
    const size_t slash = rest.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == rest.size()) {
      return Error(ErrorCode::kUsage, "'" + question.to + "' names no table",
                   "Write postgres:ENV/TABLE, where the environment variable ENV holds the "
                   "connection string.");
    }
    if (!question.format.empty()) {
      return Error(ErrorCode::kUsage, "--format is for files, not for a table of PostgreSQL");
    }
    list.format = ListFormat::kPostgres;
    list.postgres = rest.substr(0, slash);
    list.table = rest.substr(slash + 1);
    return {};
  }
  list.file = question.to;
  list.format = format_of_file(list.file);
  if (question.format == "csv") list.format = ListFormat::kCsv;
  if (question.format == "parquet") list.format = ListFormat::kParquet;
  if (question.format == "jsonl") list.format = ListFormat::kJsonLines;
  if (question.format == "xlsx") list.format = ListFormat::kXlsx;
  return {};
}

// The list that the command line describes. Its name, under which the next delta finds what it
// held, is the segment and the target.
Result<ExportJob> asked_job(const ExportQuestion& question) {
  if (question.to.empty()) {
    return Error(ErrorCode::kUsage, "where to is not said",
                 "Add --to FILE, or --to postgres:ENV/TABLE.");
  }
  ExportJob job;
  job.list.name = question.segment + " to " + question.to;
  job.list.segments = {question.segment};
  job.list.channel = question.channel;
  job.list.purpose =
      question.purpose.empty() && !question.channel.empty() ? "marketing" : question.purpose;
  job.list.columns = question.columns;
  job.list.delta = question.delta;
  REGULARS_TRY(set_target(question, job.list));
  return job;
}

Result<std::vector<ExportJob>> jobs_of(const ProjectShop& shop, const ExportQuestion& question) {
  if (!question.segment.empty()) {
    if (!question.name.empty()) {
      return Error(ErrorCode::kUsage, "a declared export and --segment are two different things",
                   "Name one of them.");
    }
    REGULARS_ASSIGN(ExportJob job, asked_job(question));
    return std::vector<ExportJob>{std::move(job)};
  }
  if (!question.to.empty() || !question.purpose.empty() || !question.channel.empty() ||
      !question.columns.empty() || !question.format.empty() || question.delta) {
    return Error(ErrorCode::kUsage, "the options are for a list of a segment",
                 "Add --segment NAME; what declared exports hold stands in regulars.yaml.");
  }
  std::vector<ExportJob> jobs = declared_exports(shop.project());
  if (question.name.empty()) return jobs;
  std::vector<std::string> names;
  for (ExportJob& job : jobs) {
    if (job.list.name == question.name) return std::vector<ExportJob>{std::move(job)};
    names.push_back(job.list.name);
  }
  std::string near;
  for (const std::string& name : near_names(question.name, names)) {
    near += (near.empty() ? "" : ", ") + name;
  }
  return Error(ErrorCode::kNotFound, "there is no export '" + question.name + "'",
               near.empty() ? "Declare it under exports: in regulars.yaml, or say --segment and "
                              "--to."
                            : "Did you mean " + near + "?");
}

}  // namespace

std::vector<ExportJob> declared_exports(const project::Project& project) {
  std::vector<ExportJob> jobs;
  for (const ExportDeclaration& list : project.exports) jobs.push_back({list, project.directory});
  return jobs;
}

ExportReport export_declared(ProjectShop& shop, RunSteps& steps, const std::vector<ExportJob>& jobs,
                             Files& files, const Clock& clock, const Environment& environment) {
  ExportReport report;
  for (const ExportJob& job : jobs) {
    const auto done = steps.repeatable(
        shop.store(), "export " + job.list.name,
        [&](sql::Connection& connection) -> Result<store::Counts> {
          const ExportTools tools{files, environment, clock.now(), steps.number()};
          REGULARS_ASSIGN(ExportResult result, export_list(shop, connection, job, tools));
          report.written.push_back(std::move(result));
          return report.written.back().counts();
        });
    if (done) continue;
    report.failed.emplace_back(
        done.error().code(),
        "export '" + job.list.name + "' was not written: " + done.error().message(),
        done.error().hint(), done.error().place());
  }
  return report;
}

Result<ExportReport> export_project(ProjectShop& shop, const ExportQuestion& question, Files& files,
                                    const Clock& clock, const Environment& environment) {
  REGULARS_ASSIGN(const std::vector<ExportJob> jobs, jobs_of(shop, question));
  if (jobs.empty()) {
    return Error(ErrorCode::kNotFound, "the project declares no exports",
                 "Declare them under exports: in regulars.yaml, or say --segment and --to.");
  }
  // An export is never gone on with: what it writes must be of one moment.
  const std::string identity = fmt::format("export at {}", to_iso(clock.now()));
  REGULARS_ASSIGN(RunSteps steps, RunSteps::begin(shop.store(), identity, clock));
  ExportReport report = export_declared(shop, steps, jobs, files, clock, environment);
  if (jobs.size() == 1 && !report.failed.empty()) {
    return steps.failed(shop.store(), report.failed.front());
  }
  REGULARS_TRY(steps.done(shop.store()));
  return report;
}

Listing export_listing(const ExportReport& report, const ProjectShop& shop) {
  Listing listing;
  listing.facts = {{"as_of", "As of", Cell::moment(shop.as_of(), shop.zone())}};
  listing.rows_key = "exports";
  listing.columns = {{"export", "export"},
                     {"in_segment", "in segment"},
                     {"consented", "consented"},
                     {"not_on_lists", "off lists"},
                     {"not_control", "no control"},
                     {"written", "written"},
                     {"added", "new"},
                     {"changed", "other"},
                     {"removed", "gone"}};
  for (const ExportResult& one : report.written) {
    listing.rows.push_back({Cell::of(one.name), Cell::of(one.in_segment),
                            one.for_contact ? Cell::of(one.consented) : Cell{},
                            Cell::of(one.not_on_lists), Cell::of(one.not_control),
                            Cell::of(one.written), Cell::of(one.added), Cell::of(one.changed),
                            Cell::of(one.removed)});
    listing.facts.push_back({"target_of_" + one.name, "", Cell::of(one.target)});
    if (!one.control.empty()) {
      listing.facts.push_back({"control_group_of_" + one.name, "", Cell::of(one.control)});
    }
    listing.notes.push_back(one.name + ": " + one.target +
                            (one.control.empty() ? "" : "; control group: " + one.control));
    listing.notes.insert(listing.notes.end(), one.notes.begin(), one.notes.end());
  }
  listing.if_empty = "Nothing was written.";
  for (const Error& error : report.failed) listing.notes.push_back(error.to_string());
  return listing;
}

}  // namespace regulars::app
