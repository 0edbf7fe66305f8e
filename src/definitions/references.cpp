#include <set>

#include "definitions/definitions.h"
#include "definitions/tree_walk.h"

namespace regulars::definitions {

std::vector<std::string> references_of(const language::Node& tree) {
  using language::Node;
  std::set<std::string> names;
  for_each_node(tree, [&](const Node& node) {
    if (node.kind == Node::Kind::kName || node.kind == Node::Kind::kInList) names.insert(node.text);
    // in_segment('loyal'), was_in_segment('loyal'): the text names one.
    if (node.kind != Node::Kind::kCall || node.text.find("segment") == std::string::npos) return;
    for (const language::NodePtr& argument : node.arguments) {
      if (argument->kind == Node::Kind::kText) names.insert(argument->text);
    }
  });
  return {names.begin(), names.end()};
}

}  // namespace regulars::definitions
