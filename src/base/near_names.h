// Names that a person may have meant, for messages: "custmer" is near "customer".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace regulars {

// Up to `most` of the names that are spelled like `wanted`, best first. Case, blanks and
// punctuation do not count; a name within the other counts as near.
std::vector<std::string> near_names(std::string_view wanted, const std::vector<std::string>& names,
                                    size_t most = 3);

}  // namespace regulars
