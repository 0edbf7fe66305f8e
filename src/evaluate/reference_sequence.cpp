#include "evaluate/reference_sequence.h"

#include <algorithm>
#include <set>

#include "evaluate/number.h"
#include "evaluate/reference_window.h"

namespace regulars::evaluate {
namespace {

struct Event {
  const Stream* stream = nullptr;
  uint32_t row = 0;
  Instant at;
};

std::vector<Event> events_of(const Question& question, const std::string& type) {
  const Stream* stream = question.history->stream(type);
  std::vector<Event> events;
  if (stream == nullptr) return events;
  const uint32_t end = stream->offset[question.customer + 1];
  for (uint32_t row = stream->offset[question.customer]; row < end; ++row) {
    if (stream->at[row] <= question.as_of) events.push_back({stream, row, stream->at[row]});
  }
  return events;
}

// The elements of a column that belong to an event.
std::vector<std::pair<const Column*, size_t>> elements_of(const Event& event,
                                                          const std::string& name, bool item) {
  if (!item) return {{find_column(event.stream->columns, name), event.row}};
  std::vector<std::pair<const Column*, size_t>> elements;
  if (event.stream->item_offset.empty()) return elements;
  const Column* column = find_column(event.stream->item_columns, name);
  for (uint32_t i = event.stream->item_offset[event.row];
       i < event.stream->item_offset[event.row + 1]; ++i) {
    elements.emplace_back(column, i);
  }
  return elements;
}

bool any_equal(const Event& a, const Event& b, const Sequence::Correlation& what) {
  for (const auto& [mine, i] : elements_of(a, what.column, what.item)) {
    for (const auto& [theirs, j] : elements_of(b, what.other, what.other_item)) {
      if (!mine->known(i) || !theirs->known(j)) continue;
      const bool same =
          mine->type == ValueType::kText
              ? mine->dictionary->text(mine->codes[i]) == theirs->dictionary->text(theirs->codes[j])
              : compare_units(mine->numbers[i], mine->scale, theirs->numbers[j], theirs->scale) ==
                    0;
      if (same) return true;
    }
  }
  return false;
}

class Matches {
 public:
  Matches(const Sequence& sequence, Instant now, std::vector<std::vector<Event>> fitting,
          std::vector<Event> named)
      : steps_(sequence.steps),
        strict_(sequence.strict),
        now_(now),
        fitting_(std::move(fitting)),
        named_(std::move(named)) {}

  bool begin_with(const Event& first) const {
    std::vector<Event> chosen(steps_.size());
    chosen[0] = first;
    return match_from(1, 0, chosen);
  }

 private:
  // Steps before `step` are settled; `last` is the latest positive one.
  bool match_from(size_t step, size_t last, std::vector<Event>& chosen) const {
    size_t next = step;
    while (next < steps_.size() && steps_[next].absent) ++next;
    if (next == steps_.size()) return ends_well(step, chosen[last], chosen) && undisturbed(chosen);
    for (const Event& event : fitting_[next]) {
      if (!comes_after(next, chosen[last], event, chosen)) continue;
      bool forbidden = false;
      for (size_t absent = step; absent < next; ++absent) {
        for (const Event& other : fitting_[absent]) {
          forbidden = forbidden ||
                      (other.at < event.at && comes_after(absent, chosen[last], other, chosen));
        }
      }
      if (forbidden) continue;
      chosen[next] = event;
      if (match_from(next + 1, next, chosen)) return true;
      chosen[next] = {};
    }
    return false;
  }

  bool comes_after(size_t step, const Event& before, const Event& event,
                   const std::vector<Event>& chosen) const {
    const Int128 passed = Int128{event.at.micros} - before.at.micros;
    const Sequence::Step& what = steps_[step];
    if (passed <= 0 || passed < what.at_least.micros) return false;
    if (what.within != Duration{} && passed > what.within.micros) return false;
    return std::all_of(what.equal.begin(), what.equal.end(),
                       [&](const auto& one) { return any_equal(event, chosen[one.step], one); });
  }

  bool ends_well(size_t first_absent, const Event& last, const std::vector<Event>& chosen) const {
    for (size_t absent = first_absent; absent < steps_.size(); ++absent) {
      if (Int128{last.at.micros} + steps_[absent].within.micros > now_.micros) return false;
      for (const Event& event : fitting_[absent]) {
        if (comes_after(absent, last, event, chosen)) return false;
      }
    }
    return true;
  }

  bool undisturbed(const std::vector<Event>& chosen) const {
    if (!strict_) return true;
    std::set<std::pair<const Stream*, uint32_t>> taken;
    Instant begin = chosen[0].at;
    Instant end = begin;
    for (const Event& event : chosen) {
      if (event.stream == nullptr) continue;
      taken.emplace(event.stream, event.row);
      end = event.at;
    }
    return std::none_of(named_.begin(), named_.end(), [&](const Event& event) {
      return begin < event.at && event.at < end && !taken.contains({event.stream, event.row});
    });
  }

  const std::vector<Sequence::Step>& steps_;
  bool strict_;
  Instant now_;
  std::vector<std::vector<Event>> fitting_;  // [step]
  std::vector<Event> named_;
};

}  // namespace

Result<Value> sequence_reference(const Sequence& sequence, const Question& question,
                                 const MeetsCondition& meets, Trace* trace) {
  std::vector<std::vector<Event>> fitting(sequence.steps.size());
  std::vector<Instant> own;
  std::set<std::string> types;
  for (size_t s = 0; s < sequence.steps.size(); ++s) {
    const Sequence::Step& step = sequence.steps[s];
    types.insert(step.event);
    const Stream* stream = question.history->stream(step.event);
    const uint32_t end = stream == nullptr ? 0 : stream->offset[question.customer + 1];
    for (uint32_t row = stream == nullptr ? 0 : stream->offset[question.customer]; row < end;
         ++row) {
      REGULARS_ASSIGN(const bool fits, meets(step.where, *stream, row));
      if (!fits || stream->at[row] > question.as_of) continue;
      fitting[s].push_back({stream, row, stream->at[row]});
      if (!step.absent) own.push_back(stream->at[row]);
    }
  }
  std::sort(own.begin(), own.end());
  REGULARS_ASSIGN(const SeenWindow window, window_reference(sequence.window, question, own, trace));
  Value result{ValueType::kInteger, window.known, 0, 0, 0, {}};
  if (!window.known) return result;
  for (size_t s = 0; s < sequence.steps.size(); ++s) {
    if (sequence.steps[s].absent) continue;
    std::erase_if(fitting[s],
                  [&](const Event& event) { return !window.bounds.contains(event.at); });
  }
  std::vector<Event> named;
  for (const std::string& type : types) {
    const std::vector<Event> more = events_of(question, type);
    named.insert(named.end(), more.begin(), more.end());
  }
  const Matches matches(sequence, question.as_of, fitting, std::move(named));
  for (const Event& first : fitting[0]) result.number += matches.begin_with(first) ? 1 : 0;
  return result;
}

}  // namespace regulars::evaluate
