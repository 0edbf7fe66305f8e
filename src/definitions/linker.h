// Private to definitions: the work of link(). See definitions.h for what comes out of it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "definitions/definitions.h"
#include "definitions/names.h"

namespace regulars::definitions {

// The answer to each reference once everything is linked; what the scope of a Linked asks.
using Answers = std::map<std::string, Result<evaluate::ExpressionPtr>>;

// A segment or feature on its way. Definitions are compiled in the order of their references as far
// as the text shows them; the compiler may still ask for one that has not had its turn (a name that
// looked like a column), which is then compiled at once. So only true references make a cycle.
struct Item {
  language::ReferenceKind kind = language::ReferenceKind::kSegment;
  std::string name;
  const std::string* text = nullptr;
  const std::vector<std::string>* except = nullptr;
  Place place;
  const TextOrigin* origin = nullptr;

  enum class State { kWaiting, kRunning, kDone, kFailed } state = State::kWaiting;
  language::NodePtr tree{};  // as written
  LinkedDefinition linked{};
  std::optional<Error> fault{};
  std::optional<Error> cycle{};    // found while it was running
  std::optional<Error> blocked{};  // the first reference that could not be answered
};

class Linker {
 public:
  Linker(const Catalogue& catalogue, language::Scope base);

  void run();

  std::vector<Item>& items() { return items_; }
  const std::vector<Fault>& other_faults() const { return other_faults_; }  // lists, parameters
  language::Scope scope_for_others();

 private:
  void add_items(const Catalogue& catalogue, const NameFaults& names);
  void add_values(const Catalogue& catalogue, const NameFaults& names);
  void parse_all();
  std::vector<size_t> order() const;

  void compile(Item& item);
  Result<LinkedDefinition> build(Item& item);
  Result<void> check_except(const Item& item) const;
  Result<language::Compiled> compiled(const Item& item, const language::Node& tree,
                                      const std::string& text) const;
  Result<void> check_values(const Item& item, const language::Compiled& compiled,
                            const std::set<std::string>& lists) const;
  Result<evaluate::ExpressionPtr> resolve(language::ReferenceKind kind, const std::string& name);
  Error cycle_through(const Item& again);
  Item* find(const std::string& name);
  const Item* find(const std::string& name) const;
  uint64_t version(const LinkedDefinition& linked, const std::set<std::string>& lists) const;

  language::Scope scope_;
  std::function<Result<evaluate::ExpressionPtr>(language::ReferenceKind, const std::string&)>
      base_resolve_;
  std::vector<Item> items_;
  std::map<std::string, size_t> by_name_;
  std::map<std::string, Error> broken_values_;  // lists and parameters that cannot be used
  std::vector<Fault> other_faults_;
  std::vector<Item*> running_;
};

}  // namespace regulars::definitions
