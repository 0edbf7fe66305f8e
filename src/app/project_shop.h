// A project opened for questions: its definitions checked and linked, its database open, its
// history loaded. Every verb about a project begins here.
//
//   REGULARS_ASSIGN(const auto shop, open_project({.directory = "shop"}, files, clock));
//   REGULARS_ASSIGN(const language::Compiled rule, shop->compile("count(purchase) >= 3"));
//   segments::ask(shop->asking(), {{"rule", rule.expression}}, shop->as_of());
//
// Thread-safety: one thread at a time; inside it uses several.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "definitions/definitions.h"
#include "project/project.h"
#include "segments/ask.h"
#include "store/store.h"

namespace regulars::app {

struct ProjectQuestion {
  std::string directory;
  std::string as_of;       // a date (its last microsecond) or an ISO instant; empty: the end of the
                           // last day with data
  std::string known_at;    // likewise; empty: everything recorded
  bool recompute = false;  // population words from a snapshot taken at the as-of itself
  size_t threads = 0;
  // Data may be missing: verbs that only look at definitions.
  bool without_data = false;
};

class ProjectShop {
 public:
  const project::Project& project() const { return project_; }
  const Zone& zone() const { return zone_; }
  const History& history() const { return history_; }
  const definitions::Linked& linked() const { return *linked_; }
  store::Store& store() { return *store_; }
  Instant as_of() const { return as_of_; }
  Day first_day() const { return first_day_; }  // first local day with data
  // The whole scope for asking: snapshots, scores, words as the project sets them.
  segments::Asking asking() const;

  // Snapshots: whether one has this cut-off; one more, in its place.
  bool has_snapshot(Instant cut_off) const;
  void add_snapshot(definitions::PopulationSnapshot snapshot);

  // Reads the scores of models that the database holds now into the history, so that rules see
  // them, and links the definitions anew.
  Result<void> refresh_scores();

  // A rule or feature beside those of the files; errors point into the text. What it needs of
  // reference tables is attached to the history.
  Result<language::Compiled> compile(const std::string& text);
  Result<language::Compiled> compile_rule(const std::string& text);
  // What a model is to learn: a rule that looks ahead (definitions/label.h).
  Result<language::Compiled> compile_label(const std::string& text);

  // What had been recorded by an instant, with all that the rules compiled so far need of reference
  // tables. Customers are numbered anew. The shop itself knows what was recorded by known_at().
  Result<History> history_known_at(Instant known_at);
  std::optional<Instant> known_at() const { return known_at_; }
  // A segment of the project. kNotFound with near names; a segment that is at fault gives its own
  // error.
  Result<const definitions::LinkedDefinition*> segment(const std::string& name) const;
  // kNotFound when nobody of that id is in the data.
  Result<CustomerNumber> customer(const std::string& id) const;

 private:
  friend Result<std::unique_ptr<ProjectShop>> open_project(const ProjectQuestion&, Files&,
                                                           const Clock&);
  Result<void> load(const ProjectQuestion& question, Files& files);
  Result<void> load_scores(History& history, std::optional<Instant> known_at);
  Result<void> link();
  Result<void> attach(const std::set<std::string>& columns);
  Result<void> set_as_of(const ProjectQuestion& question);

  project::Project project_;
  Zone zone_ = Zone::utc();
  std::unique_ptr<store::Store> store_;
  History history_;
  std::vector<ReferenceData> tables_;
  std::vector<definitions::PopulationSnapshot> snapshots_;
  std::map<std::string, evaluate::ExpressionPtr> frozen_;  // words with frozen cuts
  std::set<std::string> columns_;                          // that rules have named so far
  std::unique_ptr<definitions::Linked> linked_;
  evaluate::Schema schema_;  // of the history, with the columns reference tables could add
  Instant as_of_;
  std::optional<Instant> known_at_;
  Day first_day_;
  bool recompute_ = false;
  size_t threads_ = 0;
};

// Where a project keeps its database.
std::string database_path(const std::string& directory);

// kBadDefinition when the project's files are at fault (all faults in the message, each with its
// place); faulty segments alone do not keep the others from being asked. kNotFound when there is no
// project, or no data yet ("regulars run DIR first").
Result<std::unique_ptr<ProjectShop>> open_project(const ProjectQuestion& question, Files& files,
                                                  const Clock& clock);

}  // namespace regulars::app
