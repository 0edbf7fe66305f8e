// Private to evaluate: the ends of all windows, seen from each instant of a run, in the form in
// which the events of a block are counted before them: each event is placed once among all ends
// that its type is asked about, and from there, by a small table, among those of one selection.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evaluate/compiled.h"
#include "evaluate/vector_ops.h"
#include "evaluate/window.h"

namespace regulars::evaluate {

// How many of some instants lie before another one.
class InstantIndex {
 public:
  explicit InstantIndex(std::vector<Instant> ascending);

  const std::vector<Instant>& instants() const { return instants_; }
  // Of each of `times`.
  std::vector<uint32_t> before(std::span<const Instant> times) const;

 private:
  uint32_t before(Instant t) const;

  std::vector<Instant> instants_;
  // A grid over them, where they are many: how many lie before the beginning of each cell.
  Instant begin_;
  int shift_ = 0;
  std::vector<uint32_t> before_cell_;
};

class WindowEnds {
 public:
  WindowEnds() = default;
  // `seen`: the as-of instants of each moment, and what each shift makes of them.
  WindowEnds(const CompiledPlan& plan, const std::vector<std::vector<Moment>>& seen);

  // The ends that a selection is asked about at one moment.
  struct OfSelection {
    std::vector<Instant> ends;    // ascending
    std::vector<uint32_t> place;  // [how many of its type's ends lie before an event]: of its own
  };
  struct Pair {
    uint32_t after;  // indices into `ends`
    uint32_t upto;
  };

  // Of all selections of an event type, at all moments.
  const InstantIndex& of_event(uint32_t event) const { return events_[event]; }
  const OfSelection& of(size_t moment, uint32_t selection) const {
    return moments_[moment].selections[selection];
  }
  // A window that looks the same to every customer, among the ends of a selection that a slot or
  // sequence sees through it.
  Pair pair(size_t moment, uint32_t selection, uint32_t window) const;

 private:
  struct AtMoment {
    std::vector<Bounds> windows;
    std::vector<OfSelection> selections;
  };
  void collect(const CompiledPlan& plan);
  void place(const CompiledPlan& plan);

  std::vector<InstantIndex> events_;
  std::vector<AtMoment> moments_;
};

}  // namespace regulars::evaluate
