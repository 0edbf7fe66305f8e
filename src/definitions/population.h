// The population snapshot: what percentiles, ranks and segmentations are measured against.
//
// Thread-safety: values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "evaluate/evaluate.h"

namespace regulars::definitions {

struct PopulationSnapshot {
  std::string id;                                    // "2025-06-30T23:59:59.999999Z"
  Instant cut_off;                                   // as-of it was taken at
  Instant recorded_at;                               // known from here on
  std::vector<evaluate::PopulationPtr> populations;  // by key
  // Trees of segmentation words as of this snapshot ("life_cycle" with the shop's rhythm,
  // "rfm_class" with its cuts); they replace Op::kSnapshotText leaves of that name.
  std::map<std::string, evaluate::ExpressionPtr> words;
};

// What a set of trees asks of a snapshot: keys of kPosition nodes with the expression to measure
// (and to group by), and names of kSnapshotText leaves. Inner populations (a percentile of a
// feature that itself uses a percentile) come before outer ones.
struct PopulationNeed {
  std::string key;
  evaluate::ExpressionPtr value;
  evaluate::ExpressionPtr group;  // null: none
};
struct SnapshotNeeds {
  std::vector<PopulationNeed> populations;
  std::vector<std::string> words;  // ascending
};
SnapshotNeeds needs_of(const std::vector<evaluate::ExpressionPtr>& trees);

// The key of the population a kPosition node looks into: made of what is measured and of the
// grouping, so equal needs share one population and a stored snapshot is found again.
std::string population_key(const evaluate::Expression& position);

// The tree with the snapshot's populations and words put in everywhere, also where it looks back
// (see snapshot_series.h for each at its own time); without a snapshot (nullptr) they stay unknown.
// Equal trees stay shared.
evaluate::ExpressionPtr bind(const evaluate::ExpressionPtr& tree,
                             const PopulationSnapshot* snapshot);

// The newest snapshot with cut-off at or before t and recorded at or before known_at (t when not
// given); nullptr: none.
const PopulationSnapshot* snapshot_at(const std::vector<PopulationSnapshot>& snapshots, Instant t,
                                      std::optional<Instant> known_at);

// Measures the needs over all customers of the history known at the cut-off, as of the cut-off.
// `words` are given by the caller (segments makes them). `given`: columns that the needs may name
// beside the customers' own attributes (scores), one row per customer. A need that cannot be
// measured (a value that is no number, a group that is no text) is kBadDefinition. With a grouping,
// customers whose group is unknown are in no group.
Result<PopulationSnapshot> take_snapshot(const SnapshotNeeds& needs, const History& history,
                                         const Zone& zone, Instant cut_off, Instant recorded_at,
                                         std::map<std::string, evaluate::ExpressionPtr> words,
                                         size_t threads,
                                         const std::vector<const Column*>& given = {});

class SnapshotSeries;

// Measures more at the cut-off of a snapshot that is there: needs may rest on what it holds.
// `earlier`: what parts of them that look back look at; null: they see the snapshot itself.
Result<PopulationSnapshot> complete_snapshot(PopulationSnapshot snapshot,
                                             const SnapshotNeeds& needs, const History& history,
                                             const Zone& zone, size_t threads,
                                             const std::vector<const Column*>& given,
                                             const SnapshotSeries* earlier);

}  // namespace regulars::definitions
