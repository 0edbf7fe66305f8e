// Sequences of events for a block of customers.
#include <algorithm>

#include "evaluate/block.h"
#include "evaluate/number.h"
#include "evaluate/sequence.h"

namespace regulars::evaluate {
namespace {

bool same_value(const Vector& a, uint32_t i, const Vector& b, uint32_t j) {
  if (!a.known(i) || !b.known(j)) return false;
  switch (a.form()) {
    case Form::kTexts:
      return a.text(i) == b.text(j);
    case Form::kTruths:
      return a.truth(i) == b.truth(j);
    default:
      return compare_units(a.number(i), a.type().scale, b.number(j), b.type().scale) == 0;
  }
}

// A column of a step's events or items, and which of its elements belong to an event.
struct Compared {
  const Rows* rows;
  bool item;
  Vector values;
  uint32_t begin(uint32_t row) const { return item ? rows->item_of(row) : row; }
  uint32_t end(uint32_t row) const { return item ? rows->item_of(row + 1) : row + 1; }
};

Compared compared_column(const Rows& rows, const std::string& name, bool item) {
  if (rows.events() == 0) return {&rows, item, {}};  // then nothing is compared
  return {&rows, item, item ? rows.item_column(name) : rows.column(name)};
}

std::string key_of(const Compared& column, uint32_t row) {
  std::string key;
  for (uint32_t i = column.begin(row); i < column.end(row); ++i) {
    if (!column.values.known(i)) continue;
    const bool text = column.values.form() == Form::kTexts;
    const std::string value = text ? std::string(column.values.text(i))
                              : column.values.form() == Form::kTruths
                                  ? std::to_string(column.values.truth(i))
                                  : std::to_string(column.values.number(i));
    key += std::to_string(value.size()) + ":" + value;
  }
  return key + ";";
}

}  // namespace

// The columns that a sequence compares, over the block's events.
class Block::Correlated {
 public:
  Correlated(const Sequence& sequence, const std::vector<const Rows*>& rows)
      : named_(sequence.steps.size()) {
    for (size_t s = 0; s < sequence.steps.size(); ++s) {
      for (const Sequence::Correlation& one : sequence.steps[s].equal) {
        pairs_.push_back({&one, compared_column(*rows[s], one.column, one.item),
                          compared_column(*rows[one.step], one.other, one.other_item)});
        named_[one.step].push_back(pairs_.size() - 1);
      }
    }
  }

  bool equal(const Sequence::Correlation& what, uint32_t row, uint32_t other) const {
    const auto pair = std::find_if(pairs_.begin(), pairs_.end(),
                                   [&](const Pair& one) { return one.what == &what; });
    const auto& [correlation, mine, theirs] = *pair;
    for (uint32_t i = mine.begin(row); i < mine.end(row); ++i) {
      for (uint32_t j = theirs.begin(other); j < theirs.end(other); ++j) {
        if (same_value(mine.values, i, theirs.values, j)) return true;
      }
    }
    return false;
  }

  std::string key(size_t step, uint32_t row) const {
    std::string key;
    for (const size_t pair : named_[step]) key += key_of(pairs_[pair].theirs, row);
    return key;
  }

 private:
  struct Pair {
    const Sequence::Correlation* what;
    Compared mine;
    Compared theirs;
  };
  std::vector<Pair> pairs_;
  std::vector<std::vector<size_t>> named_;  // [step]: the pairs that name it
};

// From the first event of the latest session of the events that fit any positive step.
Result<Block::OwnBounds> Block::sequence_session(const PlannedSequence& planned) {
  const PlannedWindow& window = plan_.windows[planned.window];
  const Instant now = moment(window.shift).now;
  std::vector<std::vector<int64_t>> times(customers_);
  for (size_t s = 0; s < planned.selections.size(); ++s) {
    const uint32_t selection = planned.selections[s];
    if (planned.sequence->steps[s].absent || rows_of(selection).events() == 0) continue;
    REGULARS_ASSIGN(const Selected* taken, selected(selection));
    REGULARS_ASSIGN(const Ranges ever, ranges(selection, planned.ever));
    for (size_t c = 0; c < customers_; ++c) {
      for (uint32_t i = ever.begin[c]; i < ever.end[c]; ++i) {
        times[c].push_back(rows_of(selection).at()[taken->row(i)].micros);
      }
    }
  }
  OwnBounds own{std::vector<Bounds>(customers_, Bounds{now, now}), {}};
  for (size_t c = 0; c < customers_; ++c) {
    if (times[c].empty()) continue;
    std::sort(times[c].begin(), times[c].end());
    size_t first = times[c].size() - 1;
    while (first > 0 &&
           Int128{times[c][first]} - times[c][first - 1] <= window.window.from.micros) {
      --first;
    }
    own.bounds[c].after = Instant{times[c][first]} - microseconds(1);
  }
  return own;
}

// Where each step's events lie, customer by customer: of positive ones those in the window.
Result<std::vector<Ranges>> Block::sequence_ranges(const PlannedSequence& planned) {
  const bool session = plan_.windows[planned.window].window.kind == Window::Kind::kSession;
  OwnBounds own;
  if (session) {
    REGULARS_ASSIGN(own, sequence_session(planned));
  }
  std::vector<Ranges> result;
  for (size_t s = 0; s < planned.selections.size(); ++s) {
    const uint32_t selection = planned.selections[s];
    const bool absent = planned.sequence->steps[s].absent;
    if (rows_of(selection).events() == 0) {
      const std::span<const uint32_t> nothing = keep(std::vector<uint32_t>(customers_));
      result.push_back({nothing, nothing, {}});
    } else if (session && !absent) {
      REGULARS_ASSIGN(Ranges made, own_ranges(selection, own));
      result.push_back(std::move(made));
    } else {
      REGULARS_ASSIGN(Ranges made, ranges(selection, absent ? planned.ever : planned.window));
      result.push_back(std::move(made));
    }
  }
  return result;
}

// When the customer had events of the types the steps name, up to the as-of, in order.
std::vector<int64_t> Block::named_times(const PlannedSequence& planned, size_t customer) const {
  const Instant now = moment(plan_.windows[planned.window].shift).now;
  std::vector<int64_t> times;
  for (const uint32_t event : planned.events) {
    const Rows& rows = rows_[event];
    const uint32_t end = rows.reached(customer, now);
    for (uint32_t row = rows.reached(customer, Instant{kMissing}); row < end; ++row) {
      times.push_back(rows.at()[row].micros);
    }
  }
  std::sort(times.begin(), times.end());
  return times;
}

Result<Vector> Block::sequence(const PlannedSequence& planned) {
  const Sequence& sequence = *planned.sequence;
  const size_t steps = sequence.steps.size();
  std::vector<int64_t> out(customers_);
  std::vector<uint8_t> unknown;
  const PlannedWindow& window = plan_.windows[planned.window];
  if (window.window.anchor != nullptr) unknown = own_bounds(window).unknown;
  REGULARS_ASSIGN(const std::vector<Ranges> ranges, sequence_ranges(planned));

  std::vector<const Rows*> rows;
  std::vector<const Selected*> taken(steps);
  bool possible = true;
  for (size_t s = 0; s < steps; ++s) {
    rows.push_back(&rows_of(planned.selections[s]));
    const bool none = rows[s]->events() == 0;
    possible = possible && (!none || sequence.steps[s].absent);
    if (!none) {
      REGULARS_ASSIGN(taken[s], selected(planned.selections[s]));
    }
  }
  const Type type{ValueType::kInteger, 0, false};
  if (!possible) return without(Vector::own(type, std::move(out)), unknown);

  const Correlated correlated(sequence, rows);
  SequenceSearch search(
      sequence, {[&](const Sequence::Correlation& what, size_t, uint32_t row, uint32_t other) {
                   return correlated.equal(what, row, other);
                 },
                 [&](size_t step, uint32_t row) { return correlated.key(step, row); }});
  SequenceEvents events;
  for (size_t c = 0; c < customers_; ++c) {
    events.steps.assign(steps, {});
    for (size_t s = 0; s < steps; ++s) {
      for (uint32_t i = ranges[s].begin[c]; i < ranges[s].end[c]; ++i) {
        const uint32_t row = taken[s]->row(i);
        events.steps[s].rows.push_back(row);
        events.steps[s].at.push_back(rows[s]->at()[row].micros);
      }
    }
    if (sequence.strict) events.named = named_times(planned, c);
    out[c] = search.count(events, moment(window.shift).now);
  }
  return without(Vector::own(type, std::move(out)), unknown);
}

}  // namespace regulars::evaluate
