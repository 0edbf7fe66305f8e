// Private to evaluate: the operations of evaluate/scalar.h over whole vectors.
#pragma once

#include "evaluate/text_store.h"
#include "evaluate/vector_ops.h"

namespace regulars::evaluate {

// From where operations are seen.
struct ScalarPlace {
  const Moment* moment = nullptr;
  const Zone* project = nullptr;
  std::vector<const Zone*> zones;  // of each element; empty: the project's everywhere
  TextStore* texts = nullptr;
};

// As `apply`; a kBucket gets the customers' ids before its argument.
Result<Vector> apply_scalar(const Expression& node, const Arguments& arguments, size_t count,
                            const ScalarPlace& place);

// The vector with an element of its own in each place, texts as codes: what an aggregate reads.
Vector spread(Vector vector, size_t count, TextStore& texts);

}  // namespace regulars::evaluate
