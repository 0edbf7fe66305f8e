#include "app/rule_source.h"

#include <algorithm>

#include "language/parse.h"
#include "language/print.h"

namespace regulars::app {
namespace {

bool is_one_word(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
}

}  // namespace

Result<NamedRule> named_rule(ProjectShop& shop, const std::string& name_or_rule) {
  const auto segment = shop.segment(name_or_rule);
  if (segment) {
    const definitions::LinkedDefinition& one = **segment;
    return NamedRule{one.name, one.text, one.tree, one.compiled.expression, one.compiled.warnings};
  }
  const bool wrong_name =
      is_one_word(name_or_rule) || segment.error().code() != ErrorCode::kNotFound;
  const auto compiled = shop.compile_rule(name_or_rule);
  if (!compiled) return wrong_name ? segment.error() : compiled.error();
  REGULARS_ASSIGN(const language::NodePtr tree, language::parse(name_or_rule));
  const std::string text = language::print(*tree);
  // Extents must fit the canonical text from here on.
  REGULARS_ASSIGN(language::NodePtr canonical, language::parse(text));
  return NamedRule{"rule", text, std::move(canonical), compiled->expression, compiled->warnings};
}

Result<std::string> rule_text(const std::string& argument, Files& files) {
  if (!argument.starts_with('@')) return argument;
  return files.read(argument.substr(1));
}

}  // namespace regulars::app
