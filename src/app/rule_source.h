// A rule as the command line gives it: the name of a segment, text of the language, or a file.
#pragma once

#include <string>

#include "app/project_shop.h"
#include "base/files.h"
#include "base/result.h"

namespace regulars::app {

struct NamedRule {
  std::string name;  // of the segment; "rule" for text
  std::string text;  // canonical
  language::NodePtr tree;
  evaluate::ExpressionPtr expression;
  std::vector<language::Warning> warnings;
};

// A word that is a segment's name is that segment; anything else is read as a rule. A single word
// that is neither gives the message about segments, with near names.
Result<NamedRule> named_rule(ProjectShop& shop, const std::string& name_or_rule);

// The text itself, or with a leading @ what the file of that name holds.
Result<std::string> rule_text(const std::string& argument, Files& files);

}  // namespace regulars::app
