// What cannot be missed: customer, time and amount.
#pragma once

#include <string>

#include "base/result.h"
#include "connect/source_profile.h"
#include "data/source_spec.h"

namespace regulars::connect {

// kBadDefinition when customer, time or amount is missing: the message shows what was found, what
// is missing, the columns with the first rows, and the options to give.
Result<void> require_columns(const SourceProfile& source, const ColumnMapping& mapping,
                             const std::string& file);

}  // namespace regulars::connect
