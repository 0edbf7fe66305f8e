// Private to evaluate: the scalar operations beyond arithmetic, comparison and logic: which they
// are, what types they take and give, and what their nodes must say.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "evaluate/places.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

// kIsTrue .. kBucket, and kMonthOf, kWeekdayOf and kHourOf. kLinkedSum is none: it looks at other
// events.
bool is_scalar(Op op);

// As operation_type, of scalar operations. Whether a text is a set is asked by check_scalar.
Result<Type> scalar_type(Op op, std::span<const Type> arguments);

// What a node with arguments of these types must hold beside them: literals in their places,
// patterns that mean something, windows, sets where sets are asked for. Errors do not name the
// node.
Result<void> check_scalar(const Expression& node, std::span<const Type> arguments);

// The corners of a kInPolygon that has been checked.
std::vector<Place> corners_of(const Expression& node);

// 0 .. buckets - 1, the same for a customer wherever the same name is asked about.
int64_t bucket_of(const std::string& name, std::string_view customer, int64_t buckets);

}  // namespace regulars::evaluate
