// Private to evaluate: operations over whole vectors. `count` is the number of elements; the
// vectors hold as many, or are constant. Types have been checked.
#pragma once

#include <vector>

#include "evaluate/vector.h"

namespace regulars::evaluate {

// `now` is the as-of instant, `today` its local day: for kDaysSince.
struct Moment {
  Instant now;
  Day today;
};

using Arguments = std::vector<const Vector*>;

// kOverflow when any element overflows.
Result<Vector> apply(Op op, const Arguments& arguments, size_t count, const Moment& moment);

// kPosition: of each value in the node's population.
Vector positions(const Expression& node, const Arguments& arguments, size_t count);

// Whether all of the first `count` truths are kTrue.
bool all_true(const Vector& truths, size_t count);

Vector compared(Op op, const Vector& a, const Vector& b, size_t count);

// Per group of items offset[i] .. offset[i+1]: whether any, or all, are true.
Vector any_item(const Vector& items, std::span<const uint32_t> offset, size_t count);
Vector all_items(const Vector& items, std::span<const uint32_t> offset, size_t count);

}  // namespace regulars::evaluate
