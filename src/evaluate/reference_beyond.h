// Private to evaluate: the reference's way with the operations that look beyond one instant or one
// customer (evaluate/beyond.h).
#pragma once

#include "evaluate/reference.h"

namespace regulars::evaluate {

Result<Value> beyond_reference(const Expression& e, const Question& question, Trace* trace);

}  // namespace regulars::evaluate
