// Private to evaluate: looks for the next instant at which a tree's answer can change.
#pragma once

#include <span>

#include "evaluate/edges.h"
#include "evaluate/reference.h"
#include "evaluate/timeline.h"

namespace regulars::evaluate {

// How a value moves with the clock while nothing else happens.
struct Motion {
  enum class Kind { kStill, kUp, kDown };
  Kind kind = Kind::kStill;
  bool steps = true;  // moves in steps far apart, not with each microsecond
  bool still() const { return kind == Kind::kStill; }
};

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

// Collects instants after the question's as-of at which a part of a tree can change; what it has
// found bounds what is still looked for.
class ChangeFinder {
 public:
  ChangeFinder(const Question& question, const RowPlace* row, Instant limit)
      : question_(question), row_(row), limit_(limit) {}

  // Finds changes of everything in the tree that does not itself move with the clock; says how
  // the value moves until the first of them.
  Result<Motion> walk(const Expression& e);
  // Finds changes of the whole tree's value.
  Result<void> settle(const Expression& e);

  Instant limit() const { return limit_; }  // the first change found, or where to stop
  bool found() const { return found_; }

 private:
  Instant now() const { return question_.as_of; }
  void add(std::optional<Instant> x);
  const Zone& zone(bool own) const;
  Result<Value> value_at(const Expression& e, Instant t) const;
  // The first change of a value that only moves one way.
  void search(const Expression& e);
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
  Result<Motion> shifted(const Expression& e);
  Result<Motion> of_unit(const Expression& e);
  Result<Motion> over_time(const Expression& e);

  Question question_;
  const RowPlace* row_ = nullptr;
  Instant limit_;
  bool found_ = false;
};

}  // namespace regulars::evaluate
