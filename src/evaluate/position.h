// Private to evaluate: where a value stands in a population.
#pragma once

#include <optional>
#include <string_view>

#include "evaluate/expression.h"
#include "evaluate/type.h"

namespace regulars::evaluate {

enum class PositionKind { kPercentile, kRank, kDecile, kZScore };

std::optional<PositionKind> position_kind(std::string_view name);
Type position_type(PositionKind kind);

const Population::Group* find_group(const Population& population, std::string_view name);

// A number of the population's kind or another: exact numbers are compared exactly, whatever their
// scales; where a real number takes part, both are compared as reals.
struct Placed {
  bool is_real = false;
  int64_t number = 0;
  int scale = 0;
  double real = 0;
};

// How many of the group's values, which ascend, are less than the value, and how many are greater.
struct Neighbours {
  size_t below = 0;
  size_t above = 0;
  size_t all = 0;
};
Neighbours neighbours(const Population& population, const Population::Group& group,
                      const Placed& value);

// Of kPercentile and kZScore; NaN where undefined (no values, no deviation).
double real_position(PositionKind kind, const Population& population,
                     const Population::Group& group, const Placed& value);
// Of kRank and kDecile; kMissing where undefined.
int64_t whole_position(PositionKind kind, const Population& population,
                       const Population::Group& group, const Placed& value);

// A group's name is the text of the value it stands for: "12", "0.50", "2024-01-31", "true".
std::string group_text(const Type& type, int64_t number);

}  // namespace regulars::evaluate
