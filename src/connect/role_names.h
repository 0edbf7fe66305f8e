// The vocabulary behind name_score: what columns of each role are called.
#pragma once

#include <span>
#include <string_view>

#include "connect/roles.h"

namespace regulars::connect {

struct NameGroup {
  double weight;           // of a column called exactly so
  std::string_view names;  // folded words, separated by commas: "customer id,kundennummer"
};

struct RoleNames {
  std::span<const NameGroup> groups;
  // A name with one of these words has the role only when it is exactly one of the names.
  std::string_view spoilt_by;
};

const RoleNames& names_of(Role role);

}  // namespace regulars::connect
