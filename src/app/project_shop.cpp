#include "app/project_shop.h"

#include <algorithm>
#include <limits>
#include <set>

#include "app/as_of.h"
#include "app/frozen_words.h"
#include "app/project_schema.h"
#include "app/stored_snapshots.h"
#include "base/near_names.h"
#include "data/attach.h"
#include "definitions/label.h"
#include "language/parse.h"
#include "segments/words.h"
#include "store/model_scores.h"

namespace regulars::app {
namespace {

Error no_such(const std::string& what, const std::string& name,
              const std::vector<std::string>& known, const std::string& otherwise) {
  const std::vector<std::string> near = near_names(name, known);
  std::string words;
  for (const std::string& one : near) words += (words.empty() ? "" : ", ") + one;
  return Error(ErrorCode::kNotFound, "there is no " + what + " '" + name + "'",
               near.empty() ? otherwise : "Did you mean " + words + "?");
}

}  // namespace

std::string database_path(const std::string& directory) { return directory + "/regulars.db"; }

segments::Asking ProjectShop::asking() const {
  segments::Asking asking;
  asking.history = &history_;
  asking.zone = &zone_;
  asking.snapshots = &snapshots_;
  asking.population =
      recompute_ ? segments::PopulationChoice::kRecompute : segments::PopulationChoice::kNewest;
  // Snapshots of the past may have been taken later: what counts is what is known now, unless
  // asked.
  asking.known_at = known_at_.value_or(Instant{std::numeric_limits<int64_t>::max()});
  asking.words.activity = project_.facts.activity;
  asking.words.kind_of_shop = project_.facts.kind_of_shop;
  asking.words.frozen = frozen_;
  asking.threads = threads_;
  return asking;
}

bool ProjectShop::has_snapshot(Instant cut_off) const {
  return std::any_of(snapshots_.begin(), snapshots_.end(),
                     [&](const auto& one) { return one.cut_off == cut_off; });
}

void ProjectShop::add_snapshot(definitions::PopulationSnapshot snapshot) {
  std::erase_if(snapshots_, [&](const auto& one) { return one.id == snapshot.id; });
  const auto place =
      std::upper_bound(snapshots_.begin(), snapshots_.end(), snapshot,
                       [](const auto& a, const auto& b) { return a.cut_off < b.cut_off; });
  snapshots_.insert(place, std::move(snapshot));
}

Result<void> ProjectShop::load(const ProjectQuestion& question, Files& files) {
  if (!question.known_at.empty()) {
    REGULARS_ASSIGN(const Instant known, parse_moment(question.known_at, zone_, "--known-at"));
    known_at_ = known;
  }
  REGULARS_ASSIGN(store::ProjectData data, store_->load_project(known_at_));
  declare_found_attributes(data.history, project_.facts);
  add_missing_constants(project_.facts, data.history.customers(), data.history.edit_attributes());
  history_ = std::move(data.history);
  tables_ = std::move(data.tables);
  REGULARS_TRY(load_scores(history_, known_at_));
  REGULARS_ASSIGN(snapshots_, load_stored_snapshots(*store_));
  REGULARS_ASSIGN(const FrozenWords frozen, load_frozen(question.directory, files));
  for (const auto& [name, word] : frozen) frozen_[name] = word.tree;
  return {};
}

Result<void> ProjectShop::load_scores(History& history, std::optional<Instant> known_at) {
  REGULARS_ASSIGN(sql::Connection connection, store_->connect());
  REGULARS_ASSIGN(auto scores, store::read_model_scores(connection, history, known_at));
  std::vector<Stream>& streams = history.edit_streams();
  std::erase_if(streams, [](const Stream& stream) { return stream.type == kModelScores; });
  if (!scores) return {};
  CustomerTable customers;
  customers.ids = history.customer_table().ids;
  std::vector<EventBatch> batches;
  batches.push_back(*std::move(scores));
  REGULARS_ASSIGN(History clustered, History::build(std::move(customers), std::move(batches)));
  streams.push_back(std::move(clustered.edit_streams().front()));
  return {};
}

Result<void> ProjectShop::refresh_scores() {
  REGULARS_TRY(load_scores(history_, known_at_));
  return link();
}

Result<void> ProjectShop::link() {
  schema_ = schema_for_rules(history_, tables_, project_.facts, project_.models);
  language::Scope scope;
  scope.schema = schema_;
  scope.facts = project_.facts;
  scope.empty_events = empty_events(schema_, history_);
  scope.table_rows = named_rows(tables_);
  for (const auto& [name, classes] : segments::segmentation_classes()) {
    scope.references[name] = language::ReferenceKind::kSegmentation;
  }
  scope.resolve = [](language::ReferenceKind, const std::string& name) {
    return Result<evaluate::ExpressionPtr>(segments::segmentation_word(name));
  };
  scope.classes = [](const std::string& name) {
    const auto& all = segments::segmentation_classes();
    const auto found = all.find(name);
    return found == all.end() ? std::vector<std::string>() : found->second;
  };
  REGULARS_ASSIGN(definitions::Linked linked,
                  definitions::link(project_.catalogue, std::move(scope)));
  linked_ = std::make_unique<definitions::Linked>(std::move(linked));
  std::set<std::string> columns;
  for (const auto* all : {&linked_->segments(), &linked_->features()}) {
    for (const definitions::LinkedDefinition& one : *all) {
      columns.insert(one.compiled.columns.begin(), one.compiled.columns.end());
    }
  }
  return attach(columns);
}

Result<void> ProjectShop::attach(const std::set<std::string>& columns) {
  columns_.insert(columns.begin(), columns.end());
  const std::vector<std::string> asked = fields_of_tables(tables_, columns);
  if (!asked.empty()) {
    REGULARS_ASSIGN(history_, regulars::attach(std::move(history_), tables_, asked));
  }
  add_columns_without_data(schema_, columns, history_);
  return {};
}

Result<void> ProjectShop::set_as_of(const ProjectQuestion& question) {
  const auto range = activity_range(history_, zone_, project_.facts.activity);
  if (!range && known_at_) {
    return Error(ErrorCode::kNotFound, "nothing had been recorded by " + question.known_at,
                 "--known-at counts what the runs until then had read; the first run came later.");
  }
  if (!range) return range.error();
  first_day_ = range->from;
  as_of_ = range->as_of;
  if (question.as_of.empty()) return {};
  REGULARS_ASSIGN(as_of_, parse_moment(question.as_of, zone_, "--as-of"));
  return {};
}

Result<language::Compiled> ProjectShop::compile(const std::string& text) {
  REGULARS_ASSIGN(const language::NodePtr tree, language::parse(text));
  REGULARS_ASSIGN(language::Compiled compiled, language::compile(*tree, text, linked_->scope()));
  REGULARS_TRY(attach(compiled.columns));
  return compiled;
}

Result<language::Compiled> ProjectShop::compile_label(const std::string& text) {
  REGULARS_ASSIGN(language::Compiled compiled, definitions::compile_label(text, linked_->scope()));
  REGULARS_TRY(attach(compiled.columns));
  return compiled;
}

Result<History> ProjectShop::history_known_at(Instant known_at) {
  REGULARS_ASSIGN(store::ProjectData data, store_->load_project(known_at));
  add_missing_constants(project_.facts, data.history.customers(), data.history.edit_attributes());
  REGULARS_TRY(load_scores(data.history, known_at));
  const std::vector<std::string> asked = fields_of_tables(data.tables, columns_);
  if (!asked.empty()) {
    REGULARS_ASSIGN(data.history, regulars::attach(std::move(data.history), data.tables, asked));
  }
  add_columns_without_data(schema_, columns_, data.history);
  return std::move(data.history);
}

Result<language::Compiled> ProjectShop::compile_rule(const std::string& text) {
  REGULARS_ASSIGN(const language::NodePtr tree, language::parse(text));
  REGULARS_ASSIGN(language::Compiled compiled,
                  language::compile_rule(*tree, text, linked_->scope()));
  REGULARS_TRY(attach(compiled.columns));
  return compiled;
}

Result<const definitions::LinkedDefinition*> ProjectShop::segment(const std::string& name) const {
  const definitions::LinkedDefinition* found = linked_->segment(name);
  if (found != nullptr) return found;
  for (const definitions::Fault& fault : linked_->faults()) {
    if (fault.name == name) return fault.error;
  }
  std::vector<std::string> known;
  for (const definitions::LinkedDefinition& one : linked_->segments()) known.push_back(one.name);
  return no_such("segment", name, known, "`regulars segment list DIR` lists them.");
}

Result<CustomerNumber> ProjectShop::customer(const std::string& id) const {
  const uint32_t code = history_.customer_table().ids->find(id);
  if (code != kNoCode) return code;
  return Error(ErrorCode::kNotFound, "there is no customer '" + id + "' in the data",
               "Ids are written as in the source; `regulars segment customers` lists some.");
}

Result<std::unique_ptr<ProjectShop>> open_project(const ProjectQuestion& question, Files& files,
                                                  const Clock& clock) {
  auto shop = std::make_unique<ProjectShop>();
  REGULARS_ASSIGN(shop->project_, project::open_project(question.directory, files));
  REGULARS_ASSIGN(shop->zone_, Zone::find(shop->project_.facts.zone));
  shop->recompute_ = question.recompute;
  shop->threads_ = question.threads;
  if (!question.without_data) {
    // Before the store is opened: opening makes the file.
    if (!files.exists(database_path(question.directory))) {
      return Error(ErrorCode::kNotFound,
                   "project '" + shop->project_.facts.name + "' has no data yet",
                   "Run `regulars run " + question.directory + "` first.");
    }
    REGULARS_ASSIGN(store::Store store,
                    store::Store::open(database_path(question.directory), clock.now()));
    shop->store_ = std::make_unique<store::Store>(std::move(store));
    REGULARS_TRY(shop->load(question, files));
  }
  REGULARS_TRY(shop->link());
  if (!question.without_data) REGULARS_TRY(shop->set_as_of(question));
  return shop;
}

}  // namespace regulars::app
