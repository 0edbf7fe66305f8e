// Private to segments: the snapshots that one question looks at, completed as it goes.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "definitions/snapshot_series.h"
#include "segments/ask.h"

namespace regulars::segments {

using SnapshotPtr = std::shared_ptr<const definitions::PopulationSnapshot>;

class Snapshots {
 public:
  explicit Snapshots(const Asking& asking);

  Result<BoundTrees> bind(const std::vector<evaluate::ExpressionPtr>& trees,
                          definitions::AskedOver over);
  // Whether trees bound for `a` answer for `b` too.
  bool same(const std::vector<evaluate::ExpressionPtr>& trees, Instant a, Instant b) const;
  // Where another snapshot begins to count within `over`, ascending; none where none is looked at.
  std::vector<Instant> cuts(const evaluate::ExpressionPtr& tree, definitions::AskedOver over) const;
  // The snapshot that counts at t with all of the needs; null: there is none, or no needs.
  Result<SnapshotPtr> whole(const definitions::SnapshotNeeds& needs, Instant t);

 private:
  using Snapshot = definitions::PopulationSnapshot;

  bool recompute() const { return asking_.population == PopulationChoice::kRecompute; }
  const Snapshot& taken_at(Instant t);
  Result<definitions::SnapshotSeries> series_for(const std::vector<evaluate::ExpressionPtr>& trees,
                                                 definitions::AskedOver over, const Snapshot* own);
  Result<SnapshotPtr> complete(const Snapshot& snapshot, const definitions::SnapshotNeeds& needs);
  Result<void> add_words(Snapshot& snapshot, const std::vector<std::string>& words) const;

  const Asking& asking_;
  definitions::SnapshotSeries stored_;
  std::map<Instant, SnapshotPtr> taken_;  // empty at first, completed as stored ones are
  std::map<const Snapshot*, SnapshotPtr> completed_;
};

}  // namespace regulars::segments
