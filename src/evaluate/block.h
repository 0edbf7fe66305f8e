// Private to evaluate: all definitions for a block of neighbouring customers, instant by instant.
// What does not depend on the instant is kept from one to the next.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "evaluate/fold.h"
#include "evaluate/rows.h"
#include "evaluate/window.h"

namespace regulars::evaluate {

class Block {
 public:
  Block(const Binding& binding, size_t first_customer, size_t customers);

  // The value of each definition for each of the block's customers at a moment of the binding.
  Result<std::vector<const Vector*>> answers(size_t moment);

 private:
  // The events or items for which a selection's condition is true, in order.
  struct Selected {
    bool all = false;                     // then nothing else is filled
    std::vector<uint32_t> rows;           // those selected
    uint32_t before(uint32_t row) const;  // how many
    uint32_t row(uint32_t i) const { return all ? i : rows[i]; }
  };

  // What each customer sees of a window of her own.
  struct OwnBounds {
    std::vector<Bounds> bounds;
    std::vector<uint8_t> unknown;  // empty: none
  };

  class Correlated;

  void forget_moment();
  Result<Selected> select(const Selection& selection);
  Result<const Selected*> selected(uint32_t selection);
  std::span<const uint32_t> among_ends(uint32_t event);
  std::vector<uint32_t> last_between_ends(uint32_t selection, const Selected& taken);
  Result<std::vector<uint32_t>> count_before_ends(uint32_t selection);
  Result<Ranges> ranges(uint32_t selection, uint32_t window);
  // Keeps it until the next moment.
  std::span<const uint32_t> keep(std::vector<uint32_t> positions);
  Result<const SeriesValues*> series(uint32_t series);
  Result<Vector> slot(const Slot& slot);
  Result<Vector> fold(const Slot& slot, const Ranges& ranges);
  Result<Vector> event_fold(const Slot& slot, const SeriesValues& values, const Ranges& ranges);
  Rows& rows_of(uint32_t selection) { return rows_[plan_.selections[selection].event]; }
  Result<OwnBounds> sequence_session(const PlannedSequence& planned);
  Result<std::vector<Ranges>> sequence_ranges(const PlannedSequence& planned);
  std::vector<int64_t> named_times(const PlannedSequence& planned, size_t customer) const;
  Result<Vector> sequence(const PlannedSequence& planned);
  const std::vector<const Zone*>& own_zones();
  std::vector<int64_t> today(bool own_zone, uint32_t shift);  // one for all, or of each customer
  OwnBounds own_bounds(const PlannedWindow& planned);
  Result<Ranges> own_ranges(uint32_t selection, OwnBounds own);
  Result<Ranges> session_ranges(const Slot& slot);
  Result<Vector> node(const Node& node);
  Result<Vector> scalar(const Node& node);
  Result<Vector> over_time(const Node& node) const;  // kEver, kEntered, kSince
  Vector attribute(const std::string& name) const;
  const Moment& moment(uint32_t shift) const { return binding_.moment(moment_, shift); }

  const Binding& binding_;
  const CompiledPlan& plan_;
  size_t first_customer_;
  size_t customers_;
  size_t moment_ = 0;
  std::vector<const Zone*> own_zones_;  // per customer, once they are asked for
  std::vector<Rows> rows_;              // per event type
  std::vector<std::optional<Selected>> selected_;
  std::vector<std::optional<SeriesValues>> series_;
  std::vector<std::vector<uint32_t>> among_ends_;  // [event type][event]
  // Of the current moment:
  // [selection][end * customers + customer]: how many of the selected lie at or before an end, or
  // belong to customers before.
  std::vector<std::vector<uint32_t>> before_ends_;
  std::deque<std::vector<uint32_t>> kept_;
  std::vector<Vector> nodes_;
};

// The values, unknown where `unknown` says so.
Vector without(Vector values, const std::vector<uint8_t>& unknown);

}  // namespace regulars::evaluate
