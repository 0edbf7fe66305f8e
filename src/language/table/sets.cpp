#include "language/table/table.h"

namespace regulars::language {

Rows set_rows() {
  return {
      {"has",
       Chapter::kSets,
       "SET has [any or all or none] 'TEXT' or ('TEXT', ...)",
       "true or false",
       "Whether an attribute of several texts holds any, all or none of these.",
       "Unknown when the set is; an empty set has none.",
       {{"interests has 'vegan'", "said so"},
        {"interests has any ('coffee', 'tea')", "one of them"},
        {"interests has all ('coffee', 'tea')", "both"},
        {"interests has none ('coffee', 'tea')", "neither"}}},
      {"size",
       Chapter::kSets,
       "size(SET)",
       "integer",
       "How many texts it holds.",
       "Unknown of the unknown, 0 of an empty set.",
       {{"size(interests) >= 2", "two or more"}},
       lower_size,
       1,
       1,
       kNoClause},
      {"in",
       Chapter::kSets,
       "VALUE [not] in (LITERAL, ...), or customer in LIST",
       "true or false",
       "Whether the value is one of these; whether the customer's id is in a list.",
       "Unknown when the value is.",
       {{"country in ('GB', 'DE')", "one of two countries"},
        {"customer in staff", "in the list of that name"},
        {"customer not in staff", "not in it"}}},
  };
}

}  // namespace regulars::language
