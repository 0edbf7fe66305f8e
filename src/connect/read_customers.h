// Private to connect: sources of kind customers (read_source.h says what becomes of them).
#pragma once

#include "connect/source_reading.h"

namespace regulars::connect {

Result<SourceContents> read_customers(SourceReading reading);

// A column that says when somebody became a customer: "joined", "signup_date", "member since".
bool tells_joining(std::string_view column);

}  // namespace regulars::connect
