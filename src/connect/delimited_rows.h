// Rows of delimited text (connect/rows.h).
#pragma once

#include <memory>

#include "connect/rows.h"
#include "connect/source_bytes.h"

namespace regulars::connect {

Result<std::unique_ptr<RowReader>> open_delimited(SourceBytes source, const RowHints& hints);

}  // namespace regulars::connect
