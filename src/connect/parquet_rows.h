// Rows of a Parquet file (connect/rows.h), read by DuckDB. Times come as ISO 8601 ("Z" where the
// file says UTC), decimals exactly, nested structures as names with points, lists as JSON.
#pragma once

#include <memory>

#include "base/files.h"
#include "connect/rows.h"
#include "connect/source_bytes.h"

namespace regulars::connect {

bool looks_like_parquet(const SourceBytes& source);
// kUnsupported when the file is not on disk: DuckDB opens it by itself.
Result<std::unique_ptr<RowReader>> open_parquet(SourceBytes source, Files& files,
                                                const RowHints& hints);

}  // namespace regulars::connect
