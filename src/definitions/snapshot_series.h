// Which population snapshot counts when. Trees are asked not only as of t: shifts look at an
// earlier instant, what was true over time at many of them. Each looks at the newest snapshot of
// its own time; where a part is asked over a time in which several count, it becomes a choice by
// the as-of instant.
//
// Thread-safety: values; snapshots are referred to and must outlive the series.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/time.h"
#include "definitions/population.h"

namespace regulars::definitions {

class SnapshotSeries {
 public:
  SnapshotSeries() = default;  // none counts, ever
  // This one counts at every instant.
  static SnapshotSeries always(const PopulationSnapshot& snapshot);
  // At each instant the newest with cut-off and recording at or before it; recorded at or before
  // `known_at` when given.
  static SnapshotSeries of(const std::vector<PopulationSnapshot>& snapshots,
                           std::optional<Instant> known_at);

  // Counts from its cut-off on, in place of one that begins there.
  void add(const PopulationSnapshot& snapshot);
  // `with` holds more of what `snapshot` holds.
  void replace(const PopulationSnapshot& snapshot, const PopulationSnapshot& with);

  // Counts from `from` on until the next begins; null: none does.
  struct Piece {
    Instant from;
    const PopulationSnapshot* snapshot = nullptr;
    bool operator==(const Piece&) const = default;
  };
  // Those that count at some instant of [from, upto], in order; never empty.
  std::vector<Piece> within(Instant from, Instant upto) const;
  const PopulationSnapshot* at(Instant t) const { return within(t, t).front().snapshot; }

 private:
  std::vector<Piece> pieces_;  // ascending
};

// The instants as of which a tree is asked: one, or all between two.
struct AskedOver {
  Instant from;
  Instant upto;
  bool operator==(const AskedOver&) const = default;
};

// What a binding looks at.
struct LookedAt {
  // What the trees need of each snapshot, inner populations first.
  std::vector<std::pair<const PopulationSnapshot*, SnapshotNeeds>> needs;
  // The instants over which words of the population are asked.
  std::vector<AskedOver> asked;
  // Equal for two instants exactly when the same snapshots are looked at in the same places.
  std::vector<SnapshotSeries::Piece> choices;
};
LookedAt looked_at(const std::vector<evaluate::ExpressionPtr>& trees, AskedOver over,
                   const Zone& zone, const SnapshotSeries& series);

// The tree with populations and words put in; where no snapshot counts they stay unknown.
evaluate::ExpressionPtr bind_over(const evaluate::ExpressionPtr& tree, AskedOver over,
                                  const Zone& zone, const SnapshotSeries& series);

}  // namespace regulars::definitions
