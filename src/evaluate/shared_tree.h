// Private to evaluate: which parts of trees are equal, so that what is known of one of them is
// known of all. Made once, used for many customers.
//
// Thread-safety: immutable.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "evaluate/expression.h"

namespace regulars::evaluate {

class SharedTree {
 public:
  explicit SharedTree(std::span<const ExpressionPtr> roots);

  static constexpr uint32_t kForeign = UINT32_MAX;
  // The number of a part of the trees, the same for equal parts; kForeign for anything else.
  uint32_t number_of(const Expression& part) const;
  size_t size() const { return size_; }  // different parts

 private:
  using Alike = std::unordered_multimap<uint64_t, const Expression*>;
  uint32_t add(const Expression& part, Alike& alike);

  std::vector<ExpressionPtr> roots_;  // keeps all parts alive
  std::unordered_map<const Expression*, uint32_t> numbers_;
  uint32_t size_ = 0;
};

}  // namespace regulars::evaluate
