// Private to evaluate: the operations that look beyond one instant or one customer: kShifted,
// kPosition, kSnapshotText, kOfUnit, kEver, kEntered, kSince. What they take and give.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "evaluate/expression.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

bool looks_beyond(Op op);
// Whether its argument is a plan of its own.
bool is_staged(Op op);

// kBadDefinition when the node's own parameters or its arguments' types do not fit.
Result<Type> beyond_type(const Expression& node, std::span<const Type> arguments);

enum class UnitFold { kTogether, kAny, kAll, kCount };
std::optional<UnitFold> unit_fold(std::string_view name);

}  // namespace regulars::evaluate
