// Every function and word of the language: one row in one table, from which the checker, the
// reference page, the completion list and near names all come.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace regulars::language {

struct Node;
struct Lowering;  // language/lower/lowering.h
struct Typed;

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

// Turns a call, or a bare word, into what computes it; the row's shape has been checked.
using Lower = Result<Typed> (*)(Lowering&, const Node&);

// Which clauses a call takes, and where it may stand.
enum Clause : uint8_t {
  kNoClause = 0,
  kTakesDistinct = 1,
  kTakesWhere = 2,
  kTakesWithin = 4,
  kTakesAtLeast = 8,
  kTakesOver = 16,
  kOutsideWhere = 32,  // looks at the whole customer: may not stand in the `where` of an event
  kAlsoWord = 64,      // may be written without brackets, too
};

struct FunctionRow {
  std::string_view name;  // "count", "over last", "in_segment"
  Chapter chapter;
  std::string_view signature;  // "count(EVENT [where RULE]) [over SPAN]"
  std::string_view result;     // "integer", "as the value", "true or false"
  std::string_view meaning;    // one or two sentences
  std::string_view unknowns;   // what happens to the unknown, and to nothing at all
  std::vector<Example> examples;
  Lower lower = nullptr;  // null: an operator or a form of the syntax, lowered by its kind
  int least = 0;          // arguments; -1: a word, written without brackets
  int most = 0;
  int clauses = kNoClause;
};

std::span<const FunctionRow> function_table();
const FunctionRow* find_function(std::string_view name);

// The reference page in Markdown (docs/reference/language.md).
std::string reference_page();

// Names a person may type next, in order of the table, then those of the scope.
std::vector<std::string> completions();

}  // namespace regulars::language
