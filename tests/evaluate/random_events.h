// Random aggregates over order, weight, gaps, days: the kinds from kNth on.
#pragma once

#include "base/random.h"
#include "evaluate/expression.h"

namespace regulars::evaluate {

// Gives an aggregate with its event, condition and window a kind whose answer is a number, and what
// the kind asks for. `items`: the condition may look at items.
void make_number_of_events(Random& random, bool items, Aggregate& aggregate);

// Gives it a kind whose answer is of the type of that column: text, when, date or flag.
void make_value_of_events(Random& random, bool items, const std::string& column,
                          Aggregate& aggregate);

}  // namespace regulars::evaluate
