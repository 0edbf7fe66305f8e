#include "language/table/table.h"

namespace regulars::language {

Rows text_rows() {
  const auto op = [](std::string_view name, std::string_view signature, std::string_view meaning,
                     std::vector<Example> examples) {
    return FunctionRow{name,    Chapter::kText,
                       signature, "true or false",
                       meaning, "Unknown when either text is.",
                       std::move(examples)};
  };
  return {
      op("like", "TEXT [not] like 'PATTERN'",
         "% stands for any text, _ for one character, \\ takes the next as it is. The whole text "
         "must fit; capitals count.",
         {{"city like 'L%'", "begins with L"}}),
      op("matches", "TEXT [not] matches 'REGEX'",
         "A regular expression (RE2) found anywhere in the text.",
         {{"email matches '@example\\.(com|org)$'", "an address at the example"}}),
      op("contains", "TEXT [not] contains TEXT", "The second text stands within the first.",
         {{"fold(city) contains 'leed'", "without regard to capitals and accents"}}),
      op("starts with", "TEXT [not] starts with TEXT", "The first begins with the second.",
         {{"city starts with 'Lee'", "Leeds and the like"}}),
      op("ends with", "TEXT [not] ends with TEXT", "The first ends with the second.",
         {{"email ends with '.org'", "an address that ends so"}}),
      {"lower", Chapter::kText, "lower(TEXT)", "text", "In lower case, of any script.",
       "Unknown of the unknown.", {{"lower(city) = 'leeds'", "however it is written"}},
       lower_lower, 1, 1, kNoClause},
      {"fold", Chapter::kText, "fold(TEXT)", "text", "In lower case and without accents.",
       "Unknown of the unknown.", {{"fold(city) = 'munchen'", "also with the accent"}},
       lower_fold, 1, 1, kNoClause},
      {"length", Chapter::kText, "length(TEXT)", "integer", "Its number of characters.",
       "Unknown of the unknown.", {{"length(city) > 2", "more than an abbreviation"}},
       lower_length, 1, 1, kNoClause},
      {"version_compare", Chapter::kText, "version_compare(TEXT, TEXT)", "integer",
       "-1, 0 or 1: numbers between points compare as numbers, so 2.10 comes after 2.9.",
       "Unknown when either is.",
       {{"version_compare(app_version, '2.10') >= 0", "version 2.10 or later"}},
       lower_version_compare, 2, 2, kNoClause},
  };
}

}  // namespace regulars::language
