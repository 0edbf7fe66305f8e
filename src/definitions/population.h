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
  std::vector<std::string> words;
};
SnapshotNeeds needs_of(const std::vector<evaluate::ExpressionPtr>& trees);

// The trees with the snapshot's populations and words put in; without a snapshot (nullptr) they
// stay unknown. Equal trees stay shared.
evaluate::ExpressionPtr bind(const evaluate::ExpressionPtr& tree,
                             const PopulationSnapshot* snapshot);

// The newest snapshot with cut-off and recording at or before t (known_at when given); nullptr:
// none.
const PopulationSnapshot* snapshot_at(const std::vector<PopulationSnapshot>& snapshots, Instant t,
                                      std::optional<Instant> known_at);

// Measures the needs over all customers of the history as of the cut-off. `words` are given by the
// caller (segments makes them).
Result<PopulationSnapshot> take_snapshot(const SnapshotNeeds& needs, const History& history,
                                         const Zone& zone, Instant cut_off, Instant recorded_at,
                                         std::map<std::string, evaluate::ExpressionPtr> words,
                                         size_t threads);

}  // namespace regulars::definitions
