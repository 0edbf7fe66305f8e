// Private to definitions: walking trees of the language, and walking and rebuilding expression
// trees, through everything that holds a tree (conditions, values, anchors, steps), not only the
// arguments.
//
// Thread-safety: pure functions.
#pragma once

#include <functional>

#include "evaluate/expression.h"
#include "language/syntax.h"

namespace regulars::definitions {

// The node and every node below it.
void for_each_node(const language::Node& node,
                   const std::function<void(const language::Node&)>& visit);

// Every tree directly below `e`, in a fixed order.
void for_each_child(const evaluate::Expression& e,
                    const std::function<void(const evaluate::ExpressionPtr&)>& visit);

// `e` with each child replaced by what `replace` makes of it; `e` itself when none changed.
evaluate::ExpressionPtr with_children(
    const evaluate::ExpressionPtr& e,
    const std::function<evaluate::ExpressionPtr(const evaluate::ExpressionPtr&)>& replace);

// How large a tree is once everything shared is written out (at most `most` + 1), and how deep.
struct TreeSize {
  uint64_t nodes = 0;
  uint64_t depth = 0;
};
TreeSize size_of(const evaluate::ExpressionPtr& tree, uint64_t most);

}  // namespace regulars::definitions
