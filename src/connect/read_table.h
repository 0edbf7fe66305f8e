// Private to connect: sources of kind reference (read_source.h says what becomes of them).
#pragma once

#include "connect/source_reading.h"

namespace regulars::connect {

Result<SourceContents> read_table(SourceReading reading);

}  // namespace regulars::connect
