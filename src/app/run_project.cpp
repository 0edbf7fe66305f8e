#include "app/run_project.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/export_project.h"
#include "app/run_steps.h"
#include "app/stored_snapshots.h"
#include "base/random.h"
#include "segments/rule_history.h"

namespace regulars::app {
namespace {

using definitions::LinkedDefinition;

std::string version_text(uint64_t version) { return fmt::format("{:016x}", version); }

// What a run is of: when it changes, a broken-off run is not gone on with.
std::string identity_of(const project::Project& project, const std::string& as_of) {
  uint64_t hash = stable_hash(project.facts.name + "\n" + project.facts.zone + "\n" + as_of);
  const auto add = [&](const std::string& text) { hash = mix(hash * 31 + stable_hash(text)); };
  for (const SourceDeclaration& source : project.sources) add(source.name);
  for (const auto& one : project.catalogue.segments) {
    add(one.name + "\n" + one.rule);
    for (const std::string& other : one.except) add(other);
  }
  for (const auto& one : project.catalogue.parameters) {
    const evaluate::Literal& value = one.value;
    add(fmt::format("{}\n{} {} {} {} {}", one.name, static_cast<int>(value.type), value.number,
                    value.scale, value.real, value.text));
  }
  for (const auto& one : project.catalogue.lists) {
    add(one.name);
    for (const std::string& customer : one.customers) add(customer);
  }
  for (const auto& one : project.catalogue.features) add(one.name + "\n" + one.formula);
  for (const auto& one : project.models) add(one.fingerprint());
  return version_text(hash);
}

// Why the definitions cannot be run, all of them.
Result<void> check_definitions(const ProjectShop& shop) {
  const auto& faults = shop.linked().faults();
  if (faults.empty()) return {};
  const definitions::Fault& first = faults.front();
  if (faults.size() == 1) return first.error;
  std::string message = fmt::format("{} definitions are at fault:", faults.size());
  for (const definitions::Fault& fault : faults) message += "\n" + fault.error.to_string();
  return Error(ErrorCode::kBadDefinition, message, "", first.error.place());
}

class Run {
 public:
  Run(const RunQuestion& question, Files& files, const Clock& clock, const Environment& environment,
      const Progress& progress)
      : question_(question),
        files_(files),
        clock_(clock),
        environment_(environment),
        progress_(progress) {}

  Result<RunReport> run() {
    REGULARS_ASSIGN(project_, project::open_project(question_.directory, files_));
    {
      REGULARS_ASSIGN(store::Store store,
                      store::Store::open(database_path(question_.directory), clock_.now()));
      REGULARS_ASSIGN(steps_,
                      RunSteps::begin(store, identity_of(project_, question_.as_of), clock_));
      report_.run = steps_->number();
      report_.resumed = steps_->resumed();
      const auto read = steps_->resumed() ? read_again(store) : read_sources(store);
      if (!read) return steps_->failed(store, read.error());
    }
    steps_->at("loading the data and the definitions");
    const auto shop = open_project({.directory = question_.directory,
                                    .as_of = question_.as_of,
                                    .known_at = "",
                                    .threads = question_.threads},
                                   files_, clock_);
    if (!shop) return reopened_failed(shop.error());
    const auto done = evaluate(**shop);
    if (!done) return steps_->failed((*shop)->store(), done.error());
    REGULARS_TRY(steps_->done((*shop)->store()));
    return std::move(report_);
  }

 private:
  void say(const std::string& what, double done) const {
    if (progress_) progress_(what, done);
  }

  Error reopened_failed(const Error& error) {
    auto store = store::Store::open(database_path(question_.directory), clock_.now());
    return store ? steps_->failed(*store, error) : error;
  }

  Result<void> read_sources(store::Store& store) {
    const SourceReader reader{project_, store, files_, clock_, environment_, question_.threads};
    const auto count = static_cast<double>(project_.sources.size());
    for (size_t i = 0; i < project_.sources.size(); ++i) {
      const SourceDeclaration& source = project_.sources[i];
      say("reading " + source.name, 0.5 * static_cast<double>(i) / count);
      REGULARS_TRY(steps_->repeatable(
          store, "read " + source.name, [&](sql::Connection&) -> Result<store::Counts> {
            REGULARS_ASSIGN(SourceReport report, read_declared_source(reader, source));
            report_.sources.push_back(std::move(report));
            const SourceReport& read = report_.sources.back();
            return store::Counts{{"rows", read.rows.read},
                                 {"rejected", read.rows.rejected},
                                 {"added", read.stored.total().added},
                                 {"files", static_cast<int64_t>(read.files_read)}};
          }));
    }
    return {};
  }

  // What was broken off may have waited for long. With new data its later steps are of another
  // state of the shop: everything after reading is done anew, as another run.
  Result<void> read_again(store::Store& store) {
    const SourceReader reader{project_, store, files_, clock_, environment_, question_.threads};
    bool anything_new = false;
    for (const SourceDeclaration& source : project_.sources) {
      steps_->at("read " + source.name);
      REGULARS_ASSIGN(SourceReport report, read_declared_source(reader, source));
      anything_new = anything_new || report.read_anything();
      report_.sources.push_back(std::move(report));
    }
    if (!anything_new) return {};
    REGULARS_ASSIGN(steps_,
                    RunSteps::begin_anew(store, identity_of(project_, question_.as_of), clock_));
    report_.run = steps_->number();
    report_.resumed = false;
    return {};
  }

  Result<void> evaluate(ProjectShop& shop) {
    REGULARS_TRY(check_definitions(shop));
    report_.as_of = shop.as_of();
    report_.zone = shop.zone();
    report_.customers = segments::population_size(shop.history(), shop.as_of());
    REGULARS_TRY(score_models(shop));
    say("measuring the population", 0.6);
    REGULARS_TRY(take_snapshots(shop));
    say("evaluating", 0.7);
    REGULARS_TRY(write_memberships(shop));
    REGULARS_TRY(write_scores(shop));
    say("writing exports", 0.9);
    write_exports(shop);
    return {};
  }

  // One that fails is recorded as a failed step; the others are written.
  void write_exports(ProjectShop& shop) {
    const ExportReport report =
        export_declared(shop, *steps_, declared_exports(project_), files_, clock_, environment_);
    for (const ExportResult& one : report.written) {
      report_.exports.push_back(one.target + ": " + one.account());
      if (!one.control.empty()) report_.exports.back() += "; control group: " + one.control;
      report_.notes.insert(report_.notes.end(), one.notes.begin(), one.notes.end());
    }
    for (const Error& error : report.failed) report_.failed_exports.push_back(error.to_string());
  }

  // Before the snapshots, which measure scores as well.
  Result<void> score_models(ProjectShop& shop) {
    if (project_.models.empty()) return {};
    say("fitting and asking models", 0.5);
    REGULARS_TRY(steps_->step(
        shop.store(), "models", [&](sql::Connection& connection) -> Result<store::Counts> {
          REGULARS_ASSIGN(report_.models,
                          run_models(shop, connection, files_, clock_, steps_->number()));
          store::Counts counts;
          for (const ModelResult& model : report_.models) counts[model.model] = model.scored;
          return counts;
        }));
    return shop.refresh_scores();
  }

  // Ends of the months before, so that the past can be asked of the classes of its own time, and
  // the as-of itself.
  Result<void> take_snapshots(ProjectShop& shop) {
    std::vector<evaluate::ExpressionPtr> trees;
    for (const auto* all : {&shop.linked().segments(), &shop.linked().features()}) {
      for (const LinkedDefinition& one : *all) trees.push_back(one.compiled.expression);
    }
    for (const auto& [name, classes] : segments::segmentation_classes()) {
      trees.push_back(segments::segmentation_word(name));
    }
    const Instant from = shop.zone().add_months(shop.as_of(), -project_.run.months_of_snapshots);
    const Instant begin = std::max(from, shop.zone().start_of(shop.first_day()));
    const auto instants =
        segments::period_ends(shop.zone(), begin, shop.as_of(), segments::Step::kMonth);
    return steps_->step(
        shop.store(), "snapshots", [&](sql::Connection& connection) -> Result<store::Counts> {
          segments::Asking asking = shop.asking();
          asking.population = segments::PopulationChoice::kRecompute;
          for (const Instant t : instants) {
            if (t != shop.as_of() && shop.has_snapshot(t)) continue;
            REGULARS_ASSIGN(const auto snapshot, segments::snapshot_for(asking, trees, t));
            definitions::PopulationSnapshot kept = *snapshot;
            kept.recorded_at = clock_.now();
            REGULARS_TRY(store::store_snapshot(connection, to_row(kept)));
            shop.add_snapshot(std::move(kept));
            ++report_.snapshots_taken;
          }
          return store::Counts{{"snapshots", static_cast<int64_t>(report_.snapshots_taken)}};
        });
  }

  Result<void> write_memberships(ProjectShop& shop) {
    std::vector<evaluate::Definition> rules;
    for (const LinkedDefinition& one : shop.linked().segments()) {
      rules.push_back({one.name, one.compiled.expression});
      for (const language::Warning& warning : one.compiled.warnings) {
        report_.notes.push_back(one.name + ": " + warning.message);
      }
      for (const std::string& missing : one.compiled.without_data) {
        report_.notes.push_back(one.name + ": no data yet: " + missing);
      }
    }
    REGULARS_TRY(steps_->step(
        shop.store(), "segments", [&](sql::Connection& connection) -> Result<store::Counts> {
          REGULARS_ASSIGN(const segments::Asked asked,
                          segments::ask(shop.asking(), rules, shop.as_of()));
          REGULARS_ASSIGN(const std::vector<uint32_t> numbers,
                          store::stored_numbers(connection, shop.history()));
          store::Counts counts;
          for (size_t i = 0; i < rules.size(); ++i) {
            REGULARS_ASSIGN(const SegmentResult result,
                            write_membership(shop, connection, shop.linked().segments()[i],
                                             asked.answers.columns[i], numbers));
            counts["members"] += result.members;
            counts["entered"] += result.entered;
            counts["left"] += result.left;
            report_.segments.push_back(result);
          }
          return counts;
        }));
    if (report_.segments.empty()) return tell_memberships(shop);
    return {};
  }

  // Of a run that was broken off after they were written.
  Result<void> tell_memberships(ProjectShop& shop) {
    REGULARS_ASSIGN(sql::Connection connection, shop.store().connect());
    for (const LinkedDefinition& one : shop.linked().segments()) {
      REGULARS_ASSIGN(const std::vector<uint32_t> members,
                      store::members_at(connection, one.name, shop.as_of()));
      report_.segments.push_back({one.name, static_cast<int64_t>(members.size()), 0, 0, 0});
    }
    return {};
  }

  Result<SegmentResult> write_membership(ProjectShop& shop, sql::Connection& connection,
                                         const LinkedDefinition& segment,
                                         const evaluate::AnswerColumn& rule,
                                         const std::vector<uint32_t>& numbers) {
    const std::string version = version_text(segment.version);
    REGULARS_TRY(store::store_segment_version(connection,
                                              {segment.name, version, segment.text, clock_.now()}));
    store::MembershipStatement statement{segment.name, version, shop.as_of(), {}, ""};
    for (const CustomerNumber c : segments::customers_in(shop.history(), rule, shop.as_of())) {
      statement.members.push_back(numbers[c]);
    }
    REGULARS_ASSIGN(
        const store::MembershipChanges changes,
        store::record_membership(connection, statement, clock_.now(), steps_->number()));
    return SegmentResult{segment.name, changes.members, changes.entered, changes.left,
                         changes.corrected};
  }

  // Features that are numbers, for whoever asks the database.
  Result<void> write_scores(ProjectShop& shop) {
    std::vector<evaluate::Definition> features;
    std::vector<std::string> versions;
    for (const LinkedDefinition& one : shop.linked().features()) {
      if (!evaluate::is_number(one.compiled.type)) continue;
      features.push_back({one.name, one.compiled.expression});
      versions.push_back(version_text(one.version));
    }
    if (features.empty()) return {};
    return steps_->step(
        shop.store(), "features", [&](sql::Connection& connection) -> Result<store::Counts> {
          REGULARS_ASSIGN(const segments::Asked asked,
                          segments::ask(shop.asking(), features, shop.as_of()));
          REGULARS_ASSIGN(const std::vector<uint32_t> numbers,
                          store::stored_numbers(connection, shop.history()));
          store::Counts counts;
          for (size_t i = 0; i < features.size(); ++i) {
            store::ScoreStatement statement{features[i].name, versions[i], shop.as_of(), {}, {}};
            const evaluate::AnswerColumn& column = asked.answers.columns[i];
            for (CustomerNumber c = 0; c < numbers.size(); ++c) {
              if (column.known[c] == 0 || !segments::known_at(shop.history(), c, shop.as_of()))
                continue;
              statement.customers.push_back(numbers[c]);
              statement.values.push_back(column.real_or(c, 0));
            }
            counts[features[i].name] = static_cast<int64_t>(statement.customers.size());
            REGULARS_TRY(
                store::record_scores(connection, statement, clock_.now(), steps_->number()));
          }
          return counts;
        });
  }

  const RunQuestion& question_;
  Files& files_;
  const Clock& clock_;
  const Environment& environment_;
  const Progress& progress_;
  project::Project project_;
  std::optional<RunSteps> steps_;
  RunReport report_;
};

}  // namespace

Result<RunReport> run_project(const RunQuestion& question, Files& files, const Clock& clock,
                              const Environment& environment, const Progress& progress) {
  return Run(question, files, clock, environment, progress).run();
}

Listing run_listing(const RunReport& report) {
  Listing listing;
  listing.facts = {{"run", "Run", Cell::of(int64_t{report.run})},
                   {"resumed", report.resumed ? "Resumed" : "", Cell::of(report.resumed)},
                   {"as_of", "As of", Cell::moment(report.as_of, report.zone)},
                   {"customers", "Customers known", Cell::of(report.customers)},
                   {"snapshots", "Population snapshots taken",
                    Cell::of(static_cast<int64_t>(report.snapshots_taken))}};
  for (const SourceReport& source : report.sources) {
    const store::TypeReport total = source.stored.total();
    std::string text =
        !source.read_anything()
            ? "nothing new"
            : fmt::format("{} rows, {} new events, {} rejected", with_thousands(source.rows.read),
                          with_thousands(total.added), with_thousands(source.rows.rejected));
    listing.facts.push_back(
        {"source_" + source.source, "Source " + source.source, Cell::of(std::move(text))});
  }
  for (const ModelResult& model : report.models) {
    listing.facts.push_back(
        {"model_" + model.model, "Model " + model.model,
         Cell::of(fmt::format("{} customers scored by fit {}{}: {}", with_thousands(model.scored),
                              model.version, model.fitted ? ", made now" : "", model.words))});
  }
  listing.rows_key = "segments";
  listing.columns = {{"segment", "segment"},
                     {"customers", "customers"},
                     {"entered", "entered"},
                     {"left", "left"},
                     {"corrected", "corrected"}};
  for (const SegmentResult& one : report.segments) {
    listing.rows.push_back({Cell::of(one.name), Cell::of(one.members), Cell::of(one.entered),
                            Cell::of(one.left), Cell::of(one.corrected)});
  }
  listing.if_empty = "No segments are defined yet: put rules into segments/*.yaml.";
  listing.notes = report.exports;
  listing.notes.insert(listing.notes.end(), report.failed_exports.begin(),
                       report.failed_exports.end());
  listing.notes.insert(listing.notes.end(), report.notes.begin(), report.notes.end());
  return listing;
}

}  // namespace regulars::app
