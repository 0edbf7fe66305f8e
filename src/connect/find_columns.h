// Which column is what: from names, contents and how columns hang together, corrected by what the
// user says and by recognised export shapes.
#pragma once

#include <string>
#include <vector>

#include "connect/read_orders.h"
#include "connect/roles.h"
#include "connect/source_profile.h"
#include "data/intake.h"

namespace regulars::connect {

struct ColumnsFound {
  ColumnMapping mapping;
  std::vector<FoundColumn> found;  // one per role that has a column, in the order of all_roles()
  std::string shape;               // of a recognised export, else empty
};

// kBadDefinition: a column named by the user does not exist (the hint names near ones).
// Columns that nothing was found for stay empty; require_columns says what cannot be missed.
Result<ColumnsFound> find_columns(const SourceProfile& source, const ColumnMapping& said);

// "none" in an override: the file has no such column, whatever it looks like.
bool is_none(const std::string& said);

}  // namespace regulars::connect
