#include "segments/ask.h"

#include <algorithm>

namespace regulars::segments {
namespace {

using definitions::PopulationSnapshot;
using definitions::SnapshotNeeds;
using evaluate::ExpressionPtr;
using SnapshotPtr = std::shared_ptr<const PopulationSnapshot>;

bool has_population(const PopulationSnapshot& snapshot, const std::string& key) {
  return std::any_of(snapshot.populations.begin(), snapshot.populations.end(),
                     [&](const evaluate::PopulationPtr& one) { return one->key == key; });
}

// What the trees need and the snapshot does not hold.
SnapshotNeeds lacking(const SnapshotNeeds& needs, const PopulationSnapshot& snapshot) {
  SnapshotNeeds rest;
  for (const definitions::PopulationNeed& need : needs.populations) {
    if (!has_population(snapshot, need.key)) rest.populations.push_back(need);
  }
  for (const std::string& word : needs.words) {
    if (!snapshot.words.contains(word)) rest.words.push_back(word);
  }
  return rest;
}

bool is_empty(const SnapshotNeeds& needs) {
  return needs.populations.empty() && needs.words.empty();
}

Result<std::map<std::string, ExpressionPtr>> words_at(const Asking& asking,
                                                      const SnapshotNeeds& needs, Instant cut_off) {
  const auto& known = segmentation_classes();
  const bool any = std::any_of(needs.words.begin(), needs.words.end(),
                               [&](const std::string& word) { return known.contains(word); });
  if (!any) return std::map<std::string, ExpressionPtr>();
  REGULARS_ASSIGN(
      SegmentationWords words,
      segmentation_words(*asking.history, *asking.zone, cut_off, asking.words, asking.threads));
  return std::move(words.trees);
}

Result<SnapshotPtr> completed(const Asking& asking, const SnapshotNeeds& needs,
                              PopulationSnapshot snapshot) {
  for (const auto& [name, tree] : asking.words.frozen) snapshot.words[name] = tree;
  const SnapshotNeeds rest = lacking(needs, snapshot);
  if (is_empty(rest)) {
    return std::make_shared<const PopulationSnapshot>(std::move(snapshot));
  }
  REGULARS_ASSIGN(auto words, words_at(asking, rest, snapshot.cut_off));
  for (const auto& [name, tree] : snapshot.words) words[name] = tree;
  REGULARS_ASSIGN(
      PopulationSnapshot more,
      definitions::take_snapshot(rest, *asking.history, *asking.zone, snapshot.cut_off,
                                 snapshot.recorded_at, std::move(words), asking.threads));
  for (evaluate::PopulationPtr& population : more.populations) {
    snapshot.populations.push_back(std::move(population));
  }
  snapshot.words = std::move(more.words);
  return std::make_shared<const PopulationSnapshot>(std::move(snapshot));
}

std::vector<ExpressionPtr> trees_of(const std::vector<evaluate::Definition>& definitions) {
  std::vector<ExpressionPtr> trees;
  for (const evaluate::Definition& one : definitions) trees.push_back(one.expression);
  return trees;
}

std::vector<evaluate::Definition> bound(const std::vector<evaluate::Definition>& definitions,
                                        const PopulationSnapshot* snapshot) {
  std::vector<evaluate::Definition> result;
  for (const evaluate::Definition& one : definitions) {
    result.push_back({one.name, definitions::bind(one.expression, snapshot)});
  }
  return result;
}

bool same_snapshot(const Asking& asking, const SnapshotNeeds& needs, Instant a, Instant b) {
  if (is_empty(needs)) return true;
  if (asking.population == PopulationChoice::kRecompute) return false;
  if (asking.snapshots == nullptr) return true;
  return definitions::snapshot_at(*asking.snapshots, a, asking.known_at) ==
         definitions::snapshot_at(*asking.snapshots, b, asking.known_at);
}

}  // namespace

Result<SnapshotPtr> snapshot_for(const Asking& asking, const std::vector<ExpressionPtr>& trees,
                                 Instant t) {
  const SnapshotNeeds needs = definitions::needs_of(trees);
  if (is_empty(needs)) return SnapshotPtr();
  if (asking.population == PopulationChoice::kRecompute) {
    PopulationSnapshot fresh;
    fresh.id = to_iso(t);
    fresh.cut_off = fresh.recorded_at = t;
    return completed(asking, needs, std::move(fresh));
  }
  if (asking.snapshots == nullptr) return SnapshotPtr();
  const PopulationSnapshot* newest =
      definitions::snapshot_at(*asking.snapshots, t, asking.known_at);
  if (newest == nullptr) return SnapshotPtr();
  return completed(asking, needs, *newest);
}

Result<std::vector<ExpressionPtr>> bound_at(const Asking& asking,
                                            const std::vector<ExpressionPtr>& trees, Instant t) {
  REGULARS_ASSIGN(const SnapshotPtr snapshot, snapshot_for(asking, trees, t));
  std::vector<ExpressionPtr> result;
  for (const ExpressionPtr& tree : trees) {
    result.push_back(definitions::bind(tree, snapshot.get()));
  }
  return result;
}

Result<Asked> ask(const Asking& asking, const std::vector<evaluate::Definition>& definitions,
                  Instant t) {
  REGULARS_ASSIGN(std::vector<Asked> asked, ask_at(asking, definitions, std::span(&t, 1)));
  return std::move(asked.front());
}

Result<std::vector<Asked>> ask_at(const Asking& asking,
                                  const std::vector<evaluate::Definition>& definitions,
                                  std::span<const Instant> instants) {
  const std::vector<ExpressionPtr> trees = trees_of(definitions);
  const evaluate::Schema schema =
      asking.schema.events.empty() ? evaluate::schema_of(*asking.history) : asking.schema;
  const evaluate::RunOptions options{.threads = asking.threads, .given = asking.given};
  const SnapshotNeeds needs = definitions::needs_of(trees);
  std::vector<Asked> result;
  for (size_t i = 0; i < instants.size();) {
    REGULARS_ASSIGN(const SnapshotPtr snapshot, snapshot_for(asking, trees, instants[i]));
    const std::string id = snapshot ? snapshot->id : "";
    size_t end = i + 1;
    while (end < instants.size() && same_snapshot(asking, needs, instants[i], instants[end])) ++end;
    REGULARS_ASSIGN(
        const evaluate::Plan plan,
        evaluate::Plan::compile(schema, bound(definitions, snapshot.get()), *asking.zone));
    REGULARS_ASSIGN(std::vector<evaluate::Answers> answers,
                    plan.run(*asking.history, instants.subspan(i, end - i), options));
    for (evaluate::Answers& one : answers) result.push_back({std::move(one), id});
    i = end;
  }
  return result;
}

bool known_at(const History& history, CustomerNumber customer, Instant t) {
  const std::vector<Instant>& from = history.customer_table().known_from;
  return from.empty() || from[customer] <= t;
}

std::vector<CustomerNumber> customers_in(const History& history, const evaluate::AnswerColumn& rule,
                                         Instant t) {
  std::vector<CustomerNumber> customers;
  for (CustomerNumber c = 0; c < rule.known.size(); ++c) {
    if (rule.is_true(c) && known_at(history, c, t)) customers.push_back(c);
  }
  return customers;
}

int64_t population_size(const History& history, Instant t) {
  int64_t count = 0;
  for (CustomerNumber c = 0; c < history.customers(); ++c) count += known_at(history, c, t) ? 1 : 0;
  return count;
}

}  // namespace regulars::segments
