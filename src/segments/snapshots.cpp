#include "segments/snapshots.h"

#include <algorithm>

namespace regulars::segments {
namespace {

using definitions::AskedOver;
using definitions::PopulationNeed;
using definitions::PopulationSnapshot;
using definitions::SnapshotNeeds;
using definitions::SnapshotSeries;
using evaluate::ExpressionPtr;

bool has_population(const PopulationSnapshot& snapshot, const std::string& key) {
  return std::any_of(snapshot.populations.begin(), snapshot.populations.end(),
                     [&](const evaluate::PopulationPtr& one) { return one->key == key; });
}

// What the snapshot does not hold.
SnapshotNeeds lacking(const SnapshotNeeds& needs, const PopulationSnapshot& snapshot) {
  SnapshotNeeds rest;
  for (const PopulationNeed& need : needs.populations) {
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

// Everything that measuring the needs asks.
std::vector<ExpressionPtr> measured(const SnapshotNeeds& needs) {
  std::vector<ExpressionPtr> trees;
  for (const PopulationNeed& need : needs.populations) {
    trees.push_back(need.value);
    if (need.group != nullptr) trees.push_back(need.group);
  }
  return trees;
}

}  // namespace

Snapshots::Snapshots(const Asking& asking) : asking_(asking) {
  if (asking.snapshots != nullptr) {
    stored_ = SnapshotSeries::of(*asking.snapshots, asking.known_at);
  }
}

const PopulationSnapshot& Snapshots::taken_at(Instant t) {
  SnapshotPtr& taken = taken_[t];
  if (taken == nullptr) {
    PopulationSnapshot fresh;
    fresh.id = to_iso(t);
    fresh.cut_off = fresh.recorded_at = t;
    taken = std::make_shared<const PopulationSnapshot>(std::move(fresh));
  }
  return *taken;
}

Result<SnapshotSeries> Snapshots::series_for(const std::vector<ExpressionPtr>& trees,
                                             AskedOver over, const Snapshot* own) {
  SnapshotSeries series = stored_;
  if (recompute()) {
    const auto seen = definitions::looked_at(trees, over, *asking_.zone, series);
    for (const AskedOver& asked : seen.asked) {
      if (own == nullptr || asked.upto != own->cut_off) series.add(taken_at(asked.upto));
    }
  }
  if (own != nullptr) series.add(*own);
  const auto seen = definitions::looked_at(trees, over, *asking_.zone, series);
  for (const auto& [snapshot, needs] : seen.needs) {
    if (snapshot == own) continue;
    REGULARS_ASSIGN(const SnapshotPtr whole, complete(*snapshot, needs));
    series.replace(*snapshot, *whole);
  }
  return series;
}

Result<void> Snapshots::add_words(Snapshot& snapshot, const std::vector<std::string>& words) const {
  const auto& known = segmentation_classes();
  const bool any = std::any_of(words.begin(), words.end(),
                               [&](const std::string& word) { return known.contains(word); });
  if (!any) return {};
  REGULARS_ASSIGN(SegmentationWords found,
                  segmentation_words(*asking_.history, *asking_.zone, snapshot.cut_off,
                                     asking_.words, asking_.threads));
  for (auto& [name, tree] : found.trees) snapshot.words.try_emplace(name, std::move(tree));
  return {};
}

// Later needs may ask more of a snapshot than earlier ones: what was completed is kept alive.
Result<SnapshotPtr> Snapshots::complete(const Snapshot& snapshot, const SnapshotNeeds& needs) {
  SnapshotPtr& kept = completed_[&snapshot];
  if (kept == nullptr) {
    Snapshot own = snapshot;
    for (const auto& [name, tree] : asking_.words.frozen) own.words[name] = tree;
    kept = std::make_shared<const Snapshot>(std::move(own));
  }
  const SnapshotNeeds rest = lacking(needs, *kept);
  if (is_empty(rest)) return kept;
  Snapshot more = *kept;
  REGULARS_TRY(add_words(more, rest.words));
  if (!rest.populations.empty()) {
    const AskedOver then{more.cut_off, more.cut_off};
    REGULARS_ASSIGN(const SnapshotSeries earlier, series_for(measured(rest), then, &more));
    REGULARS_ASSIGN(more,
                    definitions::complete_snapshot(more, rest, *asking_.history, *asking_.zone,
                                                   asking_.threads, asking_.given, &earlier));
  }
  auto made = std::make_shared<const Snapshot>(std::move(more));
  completed_[&snapshot] = made;
  return SnapshotPtr(made);
}

Result<BoundTrees> Snapshots::bind(const std::vector<ExpressionPtr>& trees, AskedOver over) {
  REGULARS_ASSIGN(const SnapshotSeries series, series_for(trees, over, nullptr));
  BoundTrees bound;
  for (const ExpressionPtr& tree : trees) {
    bound.trees.push_back(definitions::bind_over(tree, over, *asking_.zone, series));
  }
  const PopulationSnapshot* now = series.at(over.upto);
  if (now != nullptr && !is_empty(definitions::needs_of(trees))) bound.snapshot = now->id;
  return bound;
}

bool Snapshots::same(const std::vector<ExpressionPtr>& trees, Instant a, Instant b) const {
  const auto choices = [&](Instant t) {
    return definitions::looked_at(trees, {t, t}, *asking_.zone, stored_).choices;
  };
  const auto first = choices(a);
  if (recompute()) return first.empty();
  return first == choices(b);
}

std::vector<Instant> Snapshots::cuts(const ExpressionPtr& tree, AskedOver over) const {
  std::vector<Instant> result;
  for (const auto& piece : definitions::looked_at({tree}, over, *asking_.zone, stored_).choices) {
    if (piece.from > over.from && piece.from <= over.upto) result.push_back(piece.from);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

Result<SnapshotPtr> Snapshots::whole(const SnapshotNeeds& needs, Instant t) {
  if (is_empty(needs)) return SnapshotPtr();
  const Snapshot* counts = recompute() ? &taken_at(t) : stored_.at(t);
  if (counts == nullptr) return SnapshotPtr();
  return complete(*counts, needs);
}

}  // namespace regulars::segments
