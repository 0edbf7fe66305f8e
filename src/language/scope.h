// What names mean: everything a rule may refer to, given by whoever compiles it (definitions).
//
// Thread-safety: immutable while rules are compiled.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/declarations.h"
#include "evaluate/evaluate.h"
#include "evaluate/type.h"

namespace regulars::language {

// A reference to another definition, resolved by the caller: its lowered tree.
enum class ReferenceKind {
  kSegment,       // in_segment('x'), was_in_segment('x'): a boolean tree
  kFeature,       // a word: the feature's tree
  kSegmentation,  // a word: a text tree (life_cycle, rfm_class, value_tier, tier)
  kScore,         // a word: a model's score, an attribute of the population snapshot
};

struct Scope {
  // Event types with their columns, and the attributes that are given as columns (constants and
  // scores). An event type that was declared but has no data yet is here without rows.
  evaluate::Schema schema;
  ProjectFacts facts;  // zone, retail calendar, attributes, event types, reference tables, consent
  std::map<std::string, evaluate::Literal> parameters;
  std::map<std::string, std::vector<std::string>> lists;  // customer ids, for `in NAME`

  // What definitions exist, for near names and completion.
  std::map<std::string, ReferenceKind> references;
  // The tree of a reference; kBadDefinition when that definition is itself wrong (the message names
  // it). Called for names in `references` only.
  std::function<Result<evaluate::ExpressionPtr>(ReferenceKind, const std::string&)> resolve;
  // Classes of a segmentation, for checking literals compared with it; empty: not known.
  std::function<std::vector<std::string>(const std::string&)> classes;

  // The type of a reference's tree, when the caller knows it; empty: found from the tree.
  std::function<std::optional<evaluate::Type>(ReferenceKind, const std::string&)> type_of;

  // Event types of the schema that have no event yet, for Compiled::without_data.
  std::set<std::string> empty_events;

  // Rows of reference tables that rules name by their key, store('Leeds'): table, key, field.
  std::map<std::string, std::map<std::string, std::map<std::string, evaluate::Literal>>> table_rows;

  bool in_label = false;  // model labels only: `over next` is allowed
};

}  // namespace regulars::language
