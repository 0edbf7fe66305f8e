// Makes a script that shows a difference as small as it gets, and ready for tests/scripts.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace regulars::rules {

using Shows = std::function<bool(const std::vector<std::string>& lines)>;

// Fewer customers, events, columns, values and definitions, and smaller rules, as long as the
// script shows it; `lines` must. At most `tries` scripts are looked at.
std::vector<std::string> shrunk(std::vector<std::string> lines, const Shows& shows,
                                size_t tries = 4000);

// The script with what the reference answers as what is expected, under that description.
Result<std::string> ready_script(const std::vector<std::string>& lines,
                                 const std::string& description);

}  // namespace regulars::rules
