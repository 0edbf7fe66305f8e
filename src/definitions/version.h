// Private to definitions: the version of a definition.
#pragma once

#include <map>
#include <set>
#include <string>

#include "definitions/definitions.h"

namespace regulars::definitions {

struct VersionParts {
  const std::string* text = nullptr;  // canonical
  const language::Compiled* compiled = nullptr;
  std::map<std::string, uint64_t> versions;  // of definitions referred to
  std::set<std::string> lists;               // named by the rule
};

// Changes exactly when the text, or anything the answer depends on beside the data, changes:
// definitions referred to (and so on through theirs), parameters, lists, the zone and calendar, the
// declarations of attributes, the consent policy.
uint64_t version_of(const VersionParts& parts, const language::Scope& scope);

// Names of the lists that a rule asks (`in NAME`).
std::set<std::string> lists_of(const language::Node& tree);

}  // namespace regulars::definitions
