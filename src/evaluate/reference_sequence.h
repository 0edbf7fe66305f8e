// Private to evaluate: sequences as the reference finds them, trying everything.
#pragma once

#include <functional>

#include "evaluate/reference.h"

namespace regulars::evaluate {

// Whether a row of a stream meets a condition.
using MeetsCondition =
    std::function<Result<bool>(const ExpressionPtr& where, const Stream& stream, uint32_t row)>;

Result<Value> sequence_reference(const Sequence& sequence, const Question& question,
                                 const MeetsCondition& meets, Trace* trace);

}  // namespace regulars::evaluate
