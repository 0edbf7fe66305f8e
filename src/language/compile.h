// Tree to typed expression: the checker. Names are resolved in a Scope, types and units checked,
// words of the language turned into what evaluates them (evaluate/expression.h).
//
// Thread-safety: pure functions.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/type.h"
#include "language/parse.h"
#include "language/scope.h"

namespace regulars::language {

// Something legal that is probably not what was meant.
struct Warning {
  Extent extent;
  std::string message;  // complete, with what to write instead
};

struct Compiled {
  evaluate::ExpressionPtr expression;
  evaluate::Type type;
  std::vector<Warning> warnings;
  // What the rule needs: for the graph of definitions, for doctor, and for loading only what is
  // used.
  std::set<std::string> references;  // definitions named
  std::set<std::string> parameters;
  std::set<std::string> attributes;
  std::set<std::string> events;              // event types read
  std::set<std::string> columns;             // "purchase.channel", "item.category"
  std::set<std::string> product_attributes;  // reached through items: "eco"
  // Declared or known to the language, but without data here: the rule is legal and unknown or zero
  // until it comes. "points_expiring: needs points statements".
  std::vector<std::string> without_data;
};

// Errors point into `text`, which must be what the tree was parsed from (its printed form for trees
// from JSON). `rule` demands a boolean; otherwise any type is allowed.
Result<Compiled> compile(const Node& node, std::string_view text, const Scope& scope);
Result<Compiled> compile_rule(const Node& node, std::string_view text, const Scope& scope);

}  // namespace regulars::language
