// Who enters and who leaves when a rule is changed, before it is saved; who is in several segments.
//
// Thread-safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "segments/ask.h"

namespace regulars::segments {

// Both rules at the same instant, over everybody: exact, no sample. Customers ascending.
struct RuleDiff {
  Instant as_of;
  std::string snapshot;  // the one both rules looked at; empty: none needed
  int64_t before = 0, after = 0;
  std::vector<CustomerNumber> entering;  // in the new one only
  std::vector<CustomerNumber> leaving;   // in the old one only
  int64_t staying = 0;
};
Result<RuleDiff> diff_rules(const Asking& asking, const evaluate::ExpressionPtr& before,
                            const evaluate::ExpressionPtr& after, Instant t);

// For each pair of rules how many customers are in both.
struct Overlap {
  std::vector<std::string> names;
  std::vector<int64_t> sizes;
  std::vector<std::vector<int64_t>> both;  // [i][j]; both[i][i] = sizes[i]
  int64_t in_any = 0;
  int64_t population = 0;  // customers known at the instant

  // Customers in both / customers in either; 0 when both are empty.
  double jaccard(size_t i, size_t j) const;
};
Result<Overlap> overlap(const Asking& asking, const std::vector<evaluate::Definition>& rules,
                        Instant t);

}  // namespace regulars::segments
