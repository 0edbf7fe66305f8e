// The columns of a file and its first rows, for error messages: a person sees at once what was
// read.
#pragma once

#include <string>

#include "connect/source_profile.h"

namespace regulars::connect {

// One line per column with its first three cells, at most 100 characters wide, without a line end
// behind the last.
std::string first_rows(const SourceProfile& source);

}  // namespace regulars::connect
