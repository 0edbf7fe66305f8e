// Private to sql: what DuckDB accepts as text.
#pragma once

#include <string_view>

namespace regulars::sql {

// Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7): no overlong forms, no
// surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace regulars::sql
