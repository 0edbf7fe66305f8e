// What a script says in the language: linked as a project's definitions are, bound to the
// population the script asks for.
#pragma once

#include <set>

#include "definitions/definitions.h"
#include "script.h"

namespace regulars::evaluate {

// One run: what holds for some of the script's instants.
struct Asked {
  History history;
  std::vector<Definition> definitions;
  std::vector<Instant> as_of;
};

// The same as what every way is asked.
Questions questions_of(const Script& script, const Asked& asked);

class ScriptLanguage {
 public:
  // kBadDefinition for a rule that does not compile and for definitions with unforeseen faults.
  static Result<ScriptLanguage> make(const Script& script);

  // All instants together, or each on its own where the history or the population differs.
  Result<std::vector<Asked>> asked() const;

  // What is not as `said` has it; empty: all is.
  std::vector<std::string> differences() const;

  // In which further rules may be compiled.
  const language::Scope& scope() const { return linked_->scope(); }

  // Rows of the function table that the script's rules use.
  const std::set<std::string>& used() const { return used_; }

 private:
  explicit ScriptLanguage(const Script& script) : script_(&script) {}

  Result<void> link_definitions();
  Result<void> add_segmentations(language::Scope& scope);
  Result<void> complete();
  Result<ExpressionPtr> compiled(const std::string& text);
  Result<std::vector<Definition>> bound(const Script::AsOf& as_of) const;
  std::string difference(const Script::Said& said) const;

  const Script* script_;
  std::optional<definitions::Linked> linked_;
  std::vector<Definition> definitions_;
  std::map<std::string, ExpressionPtr> words_;  // of population snapshots
  std::set<std::string> used_;
};

}  // namespace regulars::evaluate
