#include "evaluate/sequence.h"

#include <algorithm>
#include <limits>

namespace regulars::evaluate {
namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

int64_t after(int64_t at, Duration d) {
  int64_t sum = 0;
  return __builtin_add_overflow(at, d.micros, &sum) ? kNever : sum;
}

// The first instant at which a step may hold that comes after `at`.
int64_t earliest(const Sequence::Step& step, int64_t at) {
  return std::max(after(at, microseconds(1)), after(at, step.at_least));
}

int64_t latest(const Sequence::Step& step, int64_t at) {
  return step.within == Duration{} ? kNever : after(at, step.within);
}

size_t lower(const std::vector<int64_t>& times, int64_t at) {
  return static_cast<size_t>(std::lower_bound(times.begin(), times.end(), at) - times.begin());
}

}  // namespace

SequenceSearch::SequenceSearch(const Sequence& sequence, SequenceValues values)
    : sequence_(sequence), values_(std::move(values)), chosen_(sequence.steps.size()) {
  for (size_t s = 0; s < sequence.steps.size(); ++s) {
    correlated_ = correlated_ || !sequence.steps[s].equal.empty();
    if (sequence.steps[s].absent) {
      absents_.back().push_back(s);
    } else {
      positives_.push_back(s);
      absents_.emplace_back();
    }
  }
  for (const size_t last : positives_) {
    std::vector<size_t>& asked = asked_.emplace_back();
    for (size_t s = last + 1; s < sequence.steps.size(); ++s) {
      for (const Sequence::Correlation& one : sequence.steps[s].equal) {
        if (one.step <= last) asked.push_back(one.step);
      }
    }
    std::sort(asked.begin(), asked.end());
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  }
}

bool SequenceSearch::agrees(size_t step, uint32_t row) const {
  const auto& equal = sequence_.steps[step].equal;
  return std::all_of(equal.begin(), equal.end(), [&](const Sequence::Correlation& one) {
    return values_.equal(one, step, row, chosen_[one.step]);
  });
}

// The first event that an absent step forbids after a positive one at `since`.
int64_t SequenceSearch::forbidden(size_t absent, int64_t since) const {
  const Sequence::Step& step = sequence_.steps[absent];
  const StepEvents& events = events_->steps[absent];
  const int64_t last = latest(step, since);
  for (size_t k = lower(events.at, earliest(step, since)); k < events.at.size(); ++k) {
    if (events.at[k] > last) break;
    if (agrees(absent, events.rows[k])) return events.at[k];
  }
  return kNever;
}

SequenceSearch::Limits SequenceSearch::limits(size_t i, int64_t at) const {
  const Sequence::Step& next = sequence_.steps[positives_[i + 1]];
  Limits found{earliest(next, at), latest(next, at)};
  for (const size_t absent : absents_[i]) found.last = std::min(found.last, forbidden(absent, at));
  if (sequence_.strict) {
    const size_t named = lower(events_->named, after(at, microseconds(1)));
    if (named < events_->named.size()) found.last = std::min(found.last, events_->named[named]);
  }
  return found;
}

// The absent steps at the end: their time is over and nothing forbidden came.
bool SequenceSearch::ends_well(int64_t at) const {
  return std::all_of(absents_.back().begin(), absents_.back().end(), [&](size_t absent) {
    const int64_t deadline = latest(sequence_.steps[absent], at);
    return deadline <= now_ && forbidden(absent, at) > deadline;
  });
}

// With `strict` no other event shares the instant of one in the middle.
bool SequenceSearch::stands_alone(size_t i, int64_t at) const {
  if (!sequence_.strict || i == 0 || i + 1 == positives_.size()) return true;
  return lower(events_->named, after(at, microseconds(1))) - lower(events_->named, at) == 1;
}

int64_t SequenceSearch::count(const SequenceEvents& events, Instant now) {
  events_ = &events;
  now_ = now.micros;
  for (const size_t step : positives_) {
    if (events.steps[step].at.empty()) return 0;
  }
  if (!correlated_) return count_from_back();
  hopeless_.clear();
  int64_t found = 0;
  for (size_t k = 0; k < positive(0).at.size(); ++k) found += leads_on(0, k) ? 1 : 0;
  return found;
}

int64_t SequenceSearch::count_from_back() {
  std::vector<size_t> next;  // [k]: the first event from k on that leads to the end
  int64_t found = 0;
  for (size_t i = positives_.size(); i-- > 0;) {
    const std::vector<int64_t>& times = positive(i).at;
    std::vector<size_t> leading(times.size() + 1, times.size());
    found = 0;
    for (size_t k = times.size(); k-- > 0;) {
      bool good = stands_alone(i, times[k]);
      if (good && i + 1 == positives_.size()) {
        good = ends_well(times[k]);
      } else if (good) {
        const Limits limit = limits(i, times[k]);
        const std::vector<int64_t>& later = positive(i + 1).at;
        const size_t first = next[lower(later, limit.first)];
        good = first < later.size() && later[first] <= limit.last;
      }
      leading[k] = good ? k : leading[k + 1];
      found += good ? 1 : 0;
    }
    next = std::move(leading);
  }
  return found;
}

std::string SequenceSearch::state(size_t i, size_t k) const {
  std::string state = std::to_string(i) + ":" + std::to_string(k);
  for (const size_t step : asked_[i]) {
    const std::string key = values_.key(step, chosen_[step]);
    state += ":" + std::to_string(key.size()) + ":" + key;
  }
  return state;
}

// Whether event k of positive step i, with those chosen before it, is part of a match.
bool SequenceSearch::leads_on(size_t i, size_t k) {
  chosen_[positives_[i]] = positive(i).rows[k];
  const int64_t at = positive(i).at[k];
  if (!stands_alone(i, at)) return false;
  if (i + 1 == positives_.size()) return ends_well(at);
  std::string here = state(i, k);
  if (hopeless_.contains(here)) return false;
  if (search_on(i, k)) return true;
  hopeless_.insert(std::move(here));
  return false;
}

bool SequenceSearch::search_on(size_t i, size_t k) {
  const Limits limit = limits(i, positive(i).at[k]);
  const StepEvents& later = positive(i + 1);
  for (size_t next = lower(later.at, limit.first); next < later.at.size(); ++next) {
    if (later.at[next] > limit.last) break;
    if (agrees(positives_[i + 1], later.rows[next]) && leads_on(i + 1, next)) return true;
  }
  return false;
}

Result<void> check_sequence(const Sequence& sequence) {
  const auto fail = [](const char* what) { return Error(ErrorCode::kBadDefinition, what); };
  constexpr size_t kMostSteps = 8;
  const Duration nothing;
  const auto& steps = sequence.steps;
  if (steps.empty() || steps.size() > kMostSteps) return fail("a sequence has 1 to 8 steps");
  if (steps[0].absent) return fail("the first step cannot be the absence of an event");
  if (steps[0].within != nothing || steps[0].at_least != nothing || !steps[0].equal.empty()) {
    return fail("the first step follows no other: it has no within, at_least or equal");
  }
  bool last = true;  // no positive step comes after
  for (size_t s = steps.size(); s-- > 0;) {
    const Sequence::Step& step = steps[s];
    if (step.event.empty()) return fail("a step names no event type");
    if (step.within < nothing || step.at_least < nothing ||
        (step.within != nothing && step.at_least > step.within)) {
      return fail("a step comes at least so long and within so long after the one before");
    }
    if (step.absent && last && step.within == nothing) {
      return fail("the absence of an event at the end needs a time within which it is awaited");
    }
    last = last && step.absent;
    for (const Sequence::Correlation& one : step.equal) {
      if (one.step < s && !steps[one.step].absent) continue;
      return fail("a step can only equal an earlier one that is not an absence");
    }
  }
  return {};
}

}  // namespace regulars::evaluate
