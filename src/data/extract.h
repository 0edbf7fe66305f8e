// A few customers out of many: the same events, columns and attributes, and nobody else's.
//
// Thread-safety: pure function.
#pragma once

#include <optional>
#include <span>

#include "base/result.h"
#include "data/history.h"

namespace regulars {

// Customers are numbered as they are listed (each once). `upto`: without events later than that.
// Dictionaries are shared with the original, event ids stay.
Result<History> extract(const History& history, std::span<const CustomerNumber> customers,
                        std::optional<Instant> upto = {});

// The same customers' rows of a column with one row per customer.
Column extract(const Column& column, std::span<const CustomerNumber> customers);

}  // namespace regulars
