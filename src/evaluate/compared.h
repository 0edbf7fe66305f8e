// Private to evaluate: the six comparisons as functions.
#pragma once

#include <functional>

#include "evaluate/expression.h"

namespace regulars::evaluate {

// Calls f with the comparison as a function object, so that loops are compiled for each.
template <class F>
decltype(auto) with_test(Op op, F&& f) {
  switch (op) {
    case Op::kEqual:
      return f(std::equal_to<>());
    case Op::kNotEqual:
      return f(std::not_equal_to<>());
    case Op::kLess:
      return f(std::less<>());
    case Op::kLessEqual:
      return f(std::less_equal<>());
    case Op::kGreater:
      return f(std::greater<>());
    default:
      return f(std::greater_equal<>());
  }
}

template <class T>
bool holds(Op op, T a, T b) {
  return with_test(op, [&](auto test) { return test(a, b); });
}

}  // namespace regulars::evaluate
