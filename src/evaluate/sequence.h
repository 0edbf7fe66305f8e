// Private to evaluate: finds out how often a customer's events follow a pattern.
//
// A positive step's event must lie between a first and a last instant that follow from the event
// before it: from `within`, from the first event that an absent step forbids, and with `strict`
// from the next event of any type. So without correlations a pass from the back decides each
// event in O(log n); with them a search remembers which events led nowhere for which values.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "evaluate/expression.h"

namespace regulars::evaluate {

// Events of one customer that a step's type and condition let in, in order: of a positive step
// those in the window, of an absent step all up to the as-of instant.
struct StepEvents {
  std::vector<uint32_t> rows;
  std::vector<int64_t> at;
};

struct SequenceEvents {
  std::vector<StepEvents> steps;
  std::vector<int64_t> named;  // strict: when there were events of the types named, in order
};

// How the events of steps compare where a sequence correlates them.
struct SequenceValues {
  // Whether a row of the step and a row of the earlier step it names are equal there.
  std::function<bool(const Sequence::Correlation&, size_t step, uint32_t row, uint32_t other)>
      equal;
  // What later steps may ask of a row of the step: rows with the same key are the same to them.
  std::function<std::string(size_t step, uint32_t row)> key;
};

class SequenceSearch {
 public:
  SequenceSearch(const Sequence& sequence, SequenceValues values);

  // The number of first events that begin a match.
  int64_t count(const SequenceEvents& events, Instant now);

 private:
  struct Limits {
    int64_t first;
    int64_t last;
  };
  const StepEvents& positive(size_t i) const { return events_->steps[positives_[i]]; }
  bool agrees(size_t step, uint32_t row) const;
  int64_t forbidden(size_t absent, int64_t since) const;
  Limits limits(size_t i, int64_t at) const;
  bool ends_well(int64_t at) const;
  bool stands_alone(size_t i, int64_t at) const;
  int64_t count_from_back();
  bool leads_on(size_t i, size_t k);
  bool search_on(size_t i, size_t k);
  std::string state(size_t i, size_t k) const;

  const Sequence& sequence_;
  SequenceValues values_;
  std::vector<size_t> positives_;             // steps
  std::vector<std::vector<size_t>> absents_;  // [positive]: the absent steps after it
  std::vector<std::vector<size_t>> asked_;    // [positive]: steps up to it that later ones name
  bool correlated_ = false;
  const SequenceEvents* events_ = nullptr;
  int64_t now_ = 0;
  std::vector<uint32_t> chosen_;  // [step]: the row taken
  std::set<std::string> hopeless_;
};

// Shape of a sequence: steps, times, correlations among its own steps. Names and types of columns
// are checked against the schema by check_correlations.
Result<void> check_sequence(const Sequence& sequence);

}  // namespace regulars::evaluate
