// Random shops as scripts (tests/scripts/README.md): something of every event type, attribute,
// table and definition that the examples of the function table name.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"

namespace regulars::rules {

// Lines of a script up to its rules, as-ofs included: three to five customers, events on and around
// the edges of days, weeks and months before and after the as-ofs, many ties and unknowns.
std::vector<std::string> random_shop(Random& random);

// Texts that stand in columns, for rules to name.
std::string random_word(Random& random);

}  // namespace regulars::rules
