// Private to evaluate: all trees directly inside a node, wherever it keeps them.
#pragma once

#include "evaluate/expression.h"

namespace regulars::evaluate {

// Calls visit(const Expression&) for each argument and for each tree in the node's aggregate,
// sequence and window.
template <class Visit>
void for_each_part(const Expression& e, Visit visit) {
  const auto one = [&](const ExpressionPtr& part) {
    if (part != nullptr) visit(*part);
  };
  for (const ExpressionPtr& argument : e.arguments) one(argument);
  if (e.window != nullptr) one(e.window->anchor);
  if (e.aggregate) {
    one(e.aggregate->where);
    one(e.aggregate->value.expression);
    one(e.aggregate->weight.expression);
    one(e.aggregate->window.anchor);
  }
  if (e.sequence == nullptr) return;
  for (const Sequence::Step& step : e.sequence->steps) one(step.where);
  one(e.sequence->window.anchor);
}

// Whether the node itself, not its parts, asks for the customer's own zone.
inline bool asks_own_zone(const Expression& e) {
  if (e.own_zone || (e.window != nullptr && e.window->own_zone)) return true;
  if (e.aggregate && (e.aggregate->own_zone || e.aggregate->window.own_zone)) return true;
  return e.sequence != nullptr && e.sequence->window.own_zone;
}

}  // namespace regulars::evaluate
