// Evaluates definitions in every way there is and compares the answers with the reference's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluate/reference.h"

namespace regulars::evaluate {

struct Questions {
  const History* history = nullptr;
  Schema schema;
  std::vector<Definition> definitions;
  std::vector<Instant> as_of;
  const Zone* zone = nullptr;
  std::vector<const Column*> given;
};

using Table = std::vector<std::vector<std::vector<Value>>>;  // [as-of][definition][customer]

Result<Table> by_reference(const Questions& questions);

// The first way whose answers are not the reference's, and where; empty when all agree. An error is
// an answer too: all must fail with the same code.
std::optional<std::string> disagreement(const Questions& questions);

// The first answer of the reference that is not what stepping from change to change leads to, from
// some weeks before the first instant on; empty when there is none. Trees whose changes cannot be
// told are left out.
std::optional<std::string> disagreement_by_steps(const Questions& questions);

std::string to_string(const Value& value);

// Only what the type uses: the reference leaves the other members as it finds them.
Value plain(Value value);

// The values of each definition for every customer.
std::vector<std::vector<Value>> columns_of(const Answers& answers);

}  // namespace regulars::evaluate
