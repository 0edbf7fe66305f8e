// Readable tests of evaluation: events, definitions, an as-of and what is expected of each
// customer. tests/scripts/README.md describes the format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/identity.h"
#include "every_way.h"

namespace regulars::evaluate {

struct Script {
  struct Expected {
    std::string line;  // "12: anna 3 ?", for messages
    size_t as_of = 0;  // index
    std::string customer;
    std::vector<size_t> definitions;  // indices
    std::vector<std::string> values;  // empty: she is not in the universe
  };
  struct Refused {
    ExpressionPtr expression;
    std::string message;
  };

  std::string description;
  Zone zone = Zone::utc();
  History history;
  std::vector<IdentityChange> merges;  // the history is merged as of each instant
  std::vector<Definition> definitions;
  std::vector<Instant> as_of;
  std::vector<Expected> expected;
  std::vector<Refused> refused;
};

// kBadData with the line where the text is no script.
Result<Script> parse_script(std::string_view text);

}  // namespace regulars::evaluate
