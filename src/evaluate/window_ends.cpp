#include "evaluate/window_ends.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "evaluate/kernels.h"

namespace regulars::evaluate {
namespace {

constexpr Instant kBeforeAll{std::numeric_limits<int64_t>::min()};

void make_ascending(std::vector<Instant>& instants) {
  std::sort(instants.begin(), instants.end());
  instants.erase(std::unique(instants.begin(), instants.end()), instants.end());
}

uint32_t index_of(const std::vector<Instant>& ascending, Instant t) {
  return static_cast<uint32_t>(std::lower_bound(ascending.begin(), ascending.end(), t) -
                               ascending.begin());
}

}  // namespace

InstantIndex::InstantIndex(std::vector<Instant> ascending) : instants_(std::move(ascending)) {
  constexpr size_t kFew = 8;  // are as quickly looked at one by one
  constexpr int kCellBits = 11;
  if (instants_.size() <= kFew) return;
  const bool ever = instants_.front() == kBeforeAll;
  begin_ = instants_[ever ? 1 : 0];
  const uint64_t length =
      static_cast<uint64_t>(instants_.back().micros) - static_cast<uint64_t>(begin_.micros);
  shift_ = std::max(0, static_cast<int>(std::bit_width(length)) - kCellBits);
  before_cell_.resize((length >> shift_) + 1);
  size_t found = 0;
  for (size_t cell = 1; cell < before_cell_.size(); ++cell) {
    const uint64_t cell_begin = static_cast<uint64_t>(begin_.micros) + (cell << shift_);
    while (instants_[found].micros < static_cast<int64_t>(cell_begin)) ++found;
    before_cell_[cell] = static_cast<uint32_t>(found);
  }
}

uint32_t InstantIndex::before(Instant t) const {
  size_t cell = 0;
  if (t > begin_) {
    const uint64_t distance =
        static_cast<uint64_t>(t.micros) - static_cast<uint64_t>(begin_.micros);
    cell = std::min<uint64_t>(distance >> shift_, before_cell_.size() - 1);
  }
  size_t found = before_cell_[cell];
  while (found < instants_.size() && instants_[found] < t) ++found;
  return static_cast<uint32_t>(found);
}

std::vector<uint32_t> InstantIndex::before(std::span<const Instant> times) const {
  std::vector<uint32_t> result(times.size());
  if (!before_cell_.empty()) {
    for (size_t i = 0; i < times.size(); ++i) result[i] = before(times[i]);
    return result;
  }
  for (const Instant instant : instants_) kernels::add_later(times, instant, result);
  return result;
}

WindowEnds::WindowEnds(const CompiledPlan& plan, const std::vector<std::vector<Moment>>& seen) {
  for (const std::vector<Moment>& moments : seen) {
    AtMoment& made = moments_.emplace_back();
    made.selections.resize(plan.selections.size());
    for (const PlannedWindow& planned : plan.windows) {
      made.windows.push_back(
          planned.own ? Bounds{}
                      : bounds_of(planned.window, moments[planned.shift].now, plan.zone));
    }
  }
  collect(plan);
  place(plan);
}

// The ends of each selection.
void WindowEnds::collect(const CompiledPlan& plan) {
  const auto add = [&](uint32_t selection, uint32_t window) {
    if (plan.windows[window].own) return;
    for (AtMoment& moment : moments_) {
      std::vector<Instant>& ends = moment.selections[selection].ends;
      ends.push_back(moment.windows[window].after);
      ends.push_back(moment.windows[window].upto);
    }
  };
  for (const Slot& slot : plan.slots) add(plan.series[slot.series].selection, slot.window);
  for (const PlannedSequence& sequence : plan.sequences) {
    for (const uint32_t selection : sequence.selections) {
      add(selection, sequence.window);
      add(selection, sequence.ever);
    }
  }
  for (AtMoment& moment : moments_) {
    for (OfSelection& selection : moment.selections) make_ascending(selection.ends);
  }
}

void WindowEnds::place(const CompiledPlan& plan) {
  std::vector<std::vector<Instant>> all(plan.events.size());
  for (const AtMoment& moment : moments_) {
    for (size_t s = 0; s < moment.selections.size(); ++s) {
      const std::vector<Instant>& ends = moment.selections[s].ends;
      std::vector<Instant>& of_event = all[plan.selections[s].event];
      of_event.insert(of_event.end(), ends.begin(), ends.end());
    }
  }
  for (std::vector<Instant>& of_event : all) {
    make_ascending(of_event);
    events_.emplace_back(std::move(of_event));
  }
  for (AtMoment& moment : moments_) {
    for (size_t s = 0; s < moment.selections.size(); ++s) {
      OfSelection& selection = moment.selections[s];
      const std::vector<Instant>& of_event = events_[plan.selections[s].event].instants();
      uint32_t found = 0;
      for (const Instant t : of_event) {
        while (found < selection.ends.size() && selection.ends[found] < t) ++found;
        selection.place.push_back(found);
      }
      selection.place.push_back(static_cast<uint32_t>(selection.ends.size()));
    }
  }
}

WindowEnds::Pair WindowEnds::pair(size_t moment, uint32_t selection, uint32_t window) const {
  const std::vector<Instant>& ends = of(moment, selection).ends;
  const Bounds& bounds = moments_[moment].windows[window];
  return {index_of(ends, bounds.after), index_of(ends, bounds.upto)};
}

}  // namespace regulars::evaluate
