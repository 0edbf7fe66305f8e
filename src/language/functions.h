// Every function and word of the language: one row in one table, from which the checker, the
// reference page, the completion list and near names all come.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regulars::language {

enum class Chapter {
  kEvents,   // count, sum, first, typical_gap ...
  kWindows,  // spans
  kTime,     // days_since, age, month ...
  kText,
  kSets,
  kPlaces,
  kNumbers,
  kLogic,
  kPopulation,  // percentile, rank, top ...
  kSegments,    // in_segment, was_in_segment, life_cycle ...
  kOrder,       // sequence, streak
  kUnits,       // household
  kProgram,     // points, tiers, consent, campaigns
  kScores,
};

struct Example {
  std::string_view rule;     // compiles and runs on the example shop (tests/language/example_shop)
  std::string_view meaning;  // in words
};

struct FunctionRow {
  std::string_view name;  // "count", "over last", "in_segment"
  Chapter chapter;
  std::string_view signature;  // "count(EVENT [where RULE]) [over SPAN]"
  std::string_view result;     // "integer", "as the value", "true or false"
  std::string_view meaning;    // one or two sentences
  std::string_view unknowns;   // what happens to the unknown, and to nothing at all
  std::vector<Example> examples;
};

std::span<const FunctionRow> function_table();
const FunctionRow* find_function(std::string_view name);

// The reference page in Markdown (docs/reference/language.md).
std::string reference_page();

// Names a person may type next, in order of the table, then those of the scope.
std::vector<std::string> completions();

}  // namespace regulars::language
