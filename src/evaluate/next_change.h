// Private to evaluate: looks for the next instant at which a tree's answer can change.
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "evaluate/edges.h"
#include "evaluate/reference.h"
#include "evaluate/shared_tree.h"

namespace regulars::evaluate {

// How a value moves with the clock while nothing else happens.
struct Motion {
  enum class Kind { kStill, kUp, kDown };
  Kind kind = Kind::kStill;
  bool steps = true;  // moves in steps far apart, not with each microsecond
  bool still() const { return kind == Kind::kStill; }
};

// What steps more often cannot be followed from step to step.
constexpr Duration kShortestStep = seconds(1);

// The event, and perhaps the item of it, inside `where`.
struct RowPlace {
  const Stream* stream = nullptr;
  uint32_t event = 0;
  std::optional<uint32_t> item;
};

// The two ends of a window; nothing crosses an end that is not there.
struct WindowEdges {
  Edge after;
  Edge upto;
};

// A time in which something does not change.
struct Standstill {
  Instant from{1};
  Instant until{0};          // the first instant after it
  bool until_found = false;  // it ends because something can change, not because the look ended

  bool covers(Instant t) const { return from <= t && t < until; }
};

// Finds instants after an as-of at which a part of a tree can change, for one customer, and its
// values. What has been found of a part is kept, with the time for which it holds: moved along from
// change to change, the finder looks again only at what may have changed.
class ChangeFinder {
 public:
  enum class Search {
    kNext,    // the first change of all is wanted: what has been found bounds what is looked for
    kFollow,  // every part is looked at up to the limit, as the next changes will be wanted too
  };

  // The tree must outlive the finder, and so must the question's history, zone and columns.
  ChangeFinder(const SharedTree& tree, const Question& question, const RowPlace* row,
               Search search);

  // Begins anew: what changes in (from, limit]?
  void look(Instant from, Instant limit);
  // Finds changes of everything in the tree that does not itself move with the clock; says how
  // the value moves until the first of them.
  Result<Motion> walk(const Expression& e);
  // Finds changes of the whole tree's value.
  Result<void> settle(const Expression& e);

  Instant limit() const { return limit_; }  // the first change found, or where to stop
  bool found() const { return found_; }

  // The value of a part at any instant.
  Result<Value> value_at(const Expression& e, Instant t);

 private:
  // What is known of a part.
  struct Kept {
    Standstill walked;
    Motion motion;  // while `walked` lasts
    Standstill settled;
    Standstill held;
    Value held_value;  // while `held` lasts
    bool has_once = false;
    Instant once;
    Value once_value;                       // at that instant
    std::unique_ptr<ChangeFinder> shifted;  // of kShifted: finds in its own time
  };
  struct Scope {
    Instant limit;
    bool found = false;
  };

  Instant now() const { return question_.as_of; }
  void add(std::optional<Instant> x);
  const Zone& zone(bool own) const;
  Kept* kept_of(const Expression& e);
  bool still_holds(const Standstill& known);
  Scope open();
  Standstill close(const Scope& outer);
  Result<Motion> walk_anew(const Expression& e);
  ChangeFinder inner(const Question& question, const RowPlace* row) const;

  // next_change_values.cpp
  Result<Value> computed(const Expression& e, Instant t);
  Result<Value> plain(const Expression& e, Instant t);
  Result<Value> shifted_value(const Expression& e, Instant t);

  // The first change of a value that only moves one way.
  void search(const Expression& e);
  bool hurries(const Expression& e);
  Result<void> stop_motion(const Expression& e, const Motion& motion);
  Result<void> settle_arguments(const Expression& e);

  // next_change_operations.cpp
  Result<Motion> operation(const Expression& e);
  Result<Motion> sum(const Expression& e);
  Result<Motion> product(const Expression& e);
  Result<Motion> absolute_value(const Expression& e);
  Result<Motion> choice(const Expression& e);
  Result<Motion> extreme(const Expression& e);
  Result<Motion> comparison(const Expression& e);
  Result<Motion> membership(const Expression& e);
  Result<Motion> since(const Expression& e);
  Result<Motion> anniversary(const Expression& e);
  Result<Motion> clock_part(const Expression& e);
  bool moves_together(const Motion& a, const Motion& b) const;

  // next_change_windows.cpp
  Result<Motion> aggregate(const Expression& e);
  Result<Motion> in_window(const Expression& e);
  Result<Motion> sequence(const Expression& e);
  Result<void> window_changes(const Window& window, const Stream& stream);
  Result<WindowEdges> edges(const Window& window);
  Result<void> row_changes(const ExpressionPtr& tree, const Stream& stream, bool items);
  void changes_by_age(const Expression& e, const Stream& stream);
  void next_event(const std::string& type);
  void crossings(const Edge& edge, const Stream& stream);
  std::span<const Instant> times(const Stream& stream) const;

  // next_change_beyond.cpp
  ChangeFinder& shifted_finder(const Expression& e);
  Result<Motion> shifted(const Expression& e);
  Result<Motion> of_unit(const Expression& e);
  Result<Motion> over_time(const Expression& e);

  const SharedTree& tree_;
  Question question_;
  Question asked_;  // the same at any instant
  const RowPlace* row_ = nullptr;
  Search search_;
  Instant horizon_;
  Instant limit_;
  bool found_ = false;
  std::vector<uint32_t> places_;  // [part of the tree]: where it is kept, from 1
  std::deque<Kept> kept_;
  std::vector<std::unique_ptr<ChangeFinder>> foreign_;  // of shifts that are no part of the tree
};

}  // namespace regulars::evaluate
