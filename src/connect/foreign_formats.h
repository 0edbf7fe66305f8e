// Files that are no tables of ours, recognised to say what to do instead.
#pragma once

#include <optional>

#include "base/result.h"
#include "connect/source_bytes.h"

namespace regulars::connect {

// kUnsupported, naming what the bytes look like; empty when they may be text.
std::optional<Error> find_foreign_format(const SourceBytes& source);

}  // namespace regulars::connect
