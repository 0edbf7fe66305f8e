#include "definitions/tree_walk.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace regulars::definitions {
namespace {

using evaluate::Aggregate;
using evaluate::Expression;
using evaluate::ExpressionPtr;
using evaluate::Sequence;
using evaluate::Window;

// The places of a node that hold trees. One list serves reading and rebuilding, so that neither can
// forget a place the other knows.
template <class Node, class Visit>
void places_of_aggregate(Node& aggregate, const Visit& visit) {
  visit(aggregate.where);
  visit(aggregate.value.expression);
  visit(aggregate.weight.expression);
  visit(aggregate.window.anchor);
}

template <class Node, class Visit>
void places_of_sequence(Node& sequence, const Visit& visit) {
  for (auto& step : sequence.steps) visit(step.where);
  visit(sequence.window.anchor);
}

class Replacer {
 public:
  explicit Replacer(const std::function<ExpressionPtr(const ExpressionPtr&)>& replace)
      : replace_(replace) {}

  void operator()(ExpressionPtr& place) {
    if (place == nullptr) return;
    ExpressionPtr made = replace_(place);
    if (made == place) return;
    place = std::move(made);
    changed_ = true;
  }
  bool take_changed() { return std::exchange(changed_, false); }

 private:
  const std::function<ExpressionPtr(const ExpressionPtr&)>& replace_;
  bool changed_ = false;
};

}  // namespace

void for_each_node(const language::Node& node,
                   const std::function<void(const language::Node&)>& visit) {
  visit(node);
  const auto below = [&](const language::NodePtr& child) {
    if (child != nullptr) for_each_node(*child, visit);
  };
  for (const language::NodePtr& argument : node.arguments) below(argument);
  below(node.where);
  below(node.among);
  if (node.span) below(node.span->anchor);
  for (const language::SequenceStep& step : node.steps) below(step.where);
}

void for_each_child(const Expression& e, const std::function<void(const ExpressionPtr&)>& visit) {
  const auto known = [&](const ExpressionPtr& place) {
    if (place != nullptr) visit(place);
  };
  for (const ExpressionPtr& argument : e.arguments) known(argument);
  if (e.aggregate) places_of_aggregate(*e.aggregate, known);
  if (e.window) known(e.window->anchor);
  if (e.sequence) places_of_sequence(*e.sequence, known);
}

ExpressionPtr with_children(const ExpressionPtr& e,
                            const std::function<ExpressionPtr(const ExpressionPtr&)>& replace) {
  Replacer replacer(replace);
  const auto visit = [&](ExpressionPtr& place) { replacer(place); };
  bool changed = false;

  std::vector<ExpressionPtr> arguments = e->arguments;
  for (ExpressionPtr& argument : arguments) visit(argument);
  changed = replacer.take_changed() || changed;

  std::optional<Aggregate> aggregate = e->aggregate;
  if (aggregate) places_of_aggregate(*aggregate, visit);
  changed = replacer.take_changed() || changed;

  std::shared_ptr<const Window> window = e->window;
  if (window != nullptr && window->anchor != nullptr) {
    Window copy = *window;
    visit(copy.anchor);
    if (replacer.take_changed()) {
      window = std::make_shared<const Window>(std::move(copy));
      changed = true;
    }
  }

  std::shared_ptr<const Sequence> sequence = e->sequence;
  if (sequence != nullptr) {
    Sequence copy = *sequence;
    places_of_sequence(copy, visit);
    if (replacer.take_changed()) {
      sequence = std::make_shared<const Sequence>(std::move(copy));
      changed = true;
    }
  }
  if (!changed) return e;

  Expression made = *e;
  made.arguments = std::move(arguments);
  made.aggregate = std::move(aggregate);
  made.window = std::move(window);
  made.sequence = std::move(sequence);
  return std::make_shared<const Expression>(std::move(made));
}

namespace {

class Measure {
 public:
  explicit Measure(uint64_t most) : most_(most) {}

  TreeSize of(const ExpressionPtr& tree) {
    if (const auto known = sizes_.find(tree.get()); known != sizes_.end()) return known->second;
    TreeSize size{.nodes = 1, .depth = 0};
    for_each_child(*tree, [&](const ExpressionPtr& child) {
      const TreeSize below = of(child);
      size.nodes = std::min(size.nodes + below.nodes, most_ + 1);
      size.depth = std::max(size.depth, below.depth);
    });
    ++size.depth;
    sizes_[tree.get()] = size;
    return size;
  }

 private:
  uint64_t most_;
  std::unordered_map<const Expression*, TreeSize> sizes_;
};

}  // namespace

TreeSize size_of(const ExpressionPtr& tree, uint64_t most) { return Measure(most).of(tree); }

}  // namespace regulars::definitions
