// Random rules, as wide as the language: what the examples of the function table and the scripts
// say, altered and put together anew. Whether they mean anything is for the checker to say.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/random.h"
#include "language/syntax.h"

namespace regulars::rules {

class RuleMaker {
 public:
  // Rules that mean something: whole, and in parts.
  void learn(const language::NodePtr& tree);

  // The tree with up to four of its parts altered or exchanged.
  language::NodePtr altered(Random& random, const language::NodePtr& tree) const;

  // Several rules (true or false) as one.
  static language::NodePtr combined(Random& random, const std::vector<language::NodePtr>& rules);

 private:
  language::NodePtr alter_one(Random& random, const language::NodePtr& tree) const;
  void alter(Random& random, language::Node& node, bool inside) const;

  std::vector<language::NodePtr> outside_;  // parts outside any `where`
  std::vector<language::NodePtr> inside_;   // parts inside
  std::vector<language::Span> spans_;
};

// Calls visit for each tree directly inside a node; `inside`: it stands in a `where`.
using VisitPart = std::function<void(language::NodePtr&, bool inside)>;
void for_each_part(language::Node& node, const VisitPart& visit);

}  // namespace regulars::rules
