// A small shop made by hand that has something of everything the language knows: every event type,
// attributes constant and changing, reference tables, units, lists, parameters, definitions. The
// examples of the function table run on it.
#pragma once

#include "base/time.h"
#include "data/history.h"
#include "language/scope.h"

namespace regulars::language {

struct ExampleShop {
  History history;
  Scope scope;
  Instant as_of;
};

// Refers to itself: not to be copied or moved once made.
const ExampleShop& example_shop();

}  // namespace regulars::language
