// Private to segments: sentences about values, for explanations.
#pragma once

#include <optional>
#include <string>

#include "evaluate/reference.h"
#include "language/syntax.h"

namespace regulars::segments {

// Whether the part compares its first argument with something (=, between, in, has, within ...).
bool compares(const language::Node& node);

struct Compared {
  evaluate::Value value;                 // of the node's first argument
  std::optional<evaluate::Value> bound;  // of the second of a comparison; nullopt: an amount
  bool length_of_time = false;           // the values are microseconds
};

// One of the two values: 3, 12.50, 5 days 12:00.
std::string compared_words(const evaluate::Value& value, const Compared& compared,
                           const Zone& zone);

// "count(purchase) over last 90 days is 2; at least 3 is needed (1 more)", or for a part that is to
// cease "... is 5; below 3 it ceases (3 fewer)". `to_hold`: what the part should turn to.
std::string change_words(const language::Node& node, const std::string& left,
                         const Compared& compared, bool to_hold, const Zone& zone);

}  // namespace regulars::segments
