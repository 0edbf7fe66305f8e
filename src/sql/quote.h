// Text made safe inside SQL. Values belong into parameters (connection.h); literals are for the
// few places where DuckDB takes none, such as COPY ... TO.
#pragma once

#include <string>
#include <string_view>

namespace regulars::sql {

// order"id -> "order""id". A NUL byte, which no name can hold, becomes U+FFFD.
std::string quote_identifier(std::string_view name);

// O'Neil -> 'O''Neil'. A NUL byte is spelled with chr(0).
std::string quote_literal(std::string_view text);

}  // namespace regulars::sql
