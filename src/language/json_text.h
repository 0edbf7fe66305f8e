// JSON text to values, with what the library lets pass: a key given twice.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "base/result.h"

namespace regulars::language {

// kBadDefinition; the place has line and column, or for a duplicate key its JSON pointer.
Result<nlohmann::json> read_json(std::string_view text);

// An error about the value at a JSON pointer.
Error json_error(const nlohmann::json::json_pointer& at, std::string message,
                 std::string hint = {});

}  // namespace regulars::language
