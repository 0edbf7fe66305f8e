#include "language/table/table.h"

namespace regulars::language {

Rows unit_rows() {
  const auto form = [](std::string_view name, std::string_view signature, std::string_view result,
                       std::string_view meaning, std::vector<Example> examples) {
    return FunctionRow{name,
                       Chapter::kUnits,
                       signature,
                       result,
                       meaning,
                       "Whose unit is not known is alone in it.",
                       std::move(examples)};
  };
  return {
      form("UNIT.FUNCTION", "household.FUNCTION(...)", "as the function",
           "An aggregate over the events of all members as if they were one customer's. Units are "
           "declared in regulars.yaml: household, account.",
           {{"household.count(purchase) over last 1 year >= 3", "three purchases together"},
            {"household.sum(purchase.net) > 100", "more than 100 together"}}),
      form("UNIT.size", "household.size", "integer", "How many members it has.",
           {{"household.size >= 2", "not alone"}}),
      form("UNIT.members", "household.members(RULE)", "integer",
           "How many members the rule is true for.",
           {{"household.members(count(purchase) >= 1) = 1", "only one of them buys"}}),
      form("any member", "any member of UNIT (RULE), all members of UNIT (RULE)", "true or false",
           "Whether the rule is true for some member, or for every one.",
           {{"any member of household (count(visit) >= 1)", "somebody was here"},
            {"all members of household (country = 'GB')", "all live there"}}),
  };
}

}  // namespace regulars::language
