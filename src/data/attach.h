// Facts of reference tables beside the events and items that point at them.
//
// Thread-safety: plain functions.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "data/history.h"
#include "data/reference_data.h"

namespace regulars {

// For each name asked ("product.eco", "store.region"): a column of that name beside every column
// "product" (or "store") of events and of items, with the value that was valid at the event's
// instant; unknown where the table has no such id, or no row valid yet. Names that the history has
// already stay as they are. kNotFound: no such table or field, with near names.
Result<History> attach(History history, const std::vector<ReferenceData>& tables,
                       const std::vector<std::string>& asked);

}  // namespace regulars
