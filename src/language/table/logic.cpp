#include "language/table/table.h"

namespace regulars::language {

Rows logic_rows() {
  const auto op = [](std::string_view name, std::string_view signature, std::string_view meaning,
                     std::string_view unknowns, std::vector<Example> examples) {
    return FunctionRow{name,    Chapter::kLogic, signature, "true or false",
                       meaning, unknowns,        std::move(examples)};
  };
  const std::string_view unknown = "Unknown when either side is.";
  return {
      op("and", "A and B", "Both.", "False when one is false, else unknown when one is unknown.",
         {{"count(purchase) >= 2 and country = 'GB'", "both hold"}}),
      op("or", "A or B", "At least one.", "True when one is true, else unknown when one is unknown.",
         {{"count(purchase) >= 3 or count(visit) >= 3", "one of them holds"}}),
      op("not", "not A", "The opposite; binds weaker than a comparison.", "Unknown of the unknown.",
         {{"not in_segment('regulars')", "no regular, or not known to be one"}}),
      op("at least", "at least K of (A, B, ...)", "At least K of the conditions.",
         "Unknown while the unknown ones could decide.",
         {{"at least 2 of (count(purchase) >= 3, count(visit) >= 3, country = 'GB')",
           "two of the three"}}),
      op("if", "if A then X else Y", "A value by a condition.", "An unknown condition takes the else.",
         {{"if country = 'GB' then count(purchase) >= 2 else count(purchase) >= 1",
           "a threshold by country"}}),
      op("=", "A = B", "Equal. An instant equals a date when it lies in that day.", unknown,
         {{"country = 'GB'", "lives there"}}),
      op("!=", "A != B", "Different; also written <>.", unknown, {{"country != 'GB'", "elsewhere"}}),
      op("<", "A < B", "Smaller; earlier.", unknown, {{"count(purchase) < 3", "less than three"}}),
      op("<=", "A <= B", "Smaller or equal; a date as written counts to its end.", unknown,
         {{"last(purchase) <= '2025-06-30'", "not since June"}}),
      op(">", "A > B", "Larger; later.", unknown, {{"count(purchase) > 3", "more than three"}}),
      op(">=", "A >= B", "Larger or equal.", unknown,
         {{"first(purchase) >= '2025-01-01'", "came this year"}}),
      op("between", "A [not] between B and C", "From B to C, both included.", unknown,
         {{"count(purchase) between 2 and 5", "two to five"}}),
      op("is known", "A is known, A is missing, A is true, A is false",
         "Two-valued questions about the unknown.", "Never unknown.",
         {{"country is known", "we know it"},
          {"interests is missing", "never asked"},
          {"(country = 'GB') is true", "known to be so"}}),
      op("any item", "any item (RULE), all item (RULE)",
         "Inside the `where` of an event: some item, or every item, for which the whole rule in the "
         "bracket is true.",
         "As `or` and `and` over the items; of no items: false, and true.",
         {{"count(purchase where any item (category = 'coffee' and price > 5)) >= 1",
           "one line that is both"},
          {"count(purchase where all item (category = 'coffee')) >= 1", "nothing but coffee"}}),
      {"known", Chapter::kLogic, "known(VALUE)", "true or false", "Whether there is a value.",
       "Never unknown.", {{"known(birth_date)", "we know the birth date"}}, lower_known, 1, 1,
       kNoClause},
      {"missing", Chapter::kLogic, "missing(VALUE)", "true or false", "Whether there is none.",
       "Never unknown.", {{"missing(last(survey))", "never answered"}}, lower_missing, 1, 1,
       kNoClause},
      {"coalesce", Chapter::kLogic, "coalesce(VALUE, INSTEAD)", "as the value",
       "The value, or the other where it is not known.", "Unknown when both are.",
       {{"coalesce(avg(purchase.amount), 0.0) < 20", "also those without purchases"}},
       lower_coalesce, 2, 2, kNoClause},
  };
}

}  // namespace regulars::language
