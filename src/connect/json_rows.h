// Rows of JSON (connect/rows.h): an array of objects, an object that holds one, or JSON lines. All
// of the file is read once at the beginning to learn the names of its columns.
#pragma once

#include <memory>

#include "connect/rows.h"
#include "connect/source_bytes.h"

namespace regulars::connect {

// True when the beginning of the file looks like JSON objects.
bool looks_like_json(const SourceBytes& source);
Result<std::unique_ptr<RowReader>> open_json(SourceBytes source);

}  // namespace regulars::connect
