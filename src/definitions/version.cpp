#include "definitions/version.h"

#include <algorithm>
#include <bit>

#include "base/random.h"
#include "definitions/population.h"
#include "definitions/tree_walk.h"

namespace regulars::definitions {
namespace {

class Hash {
 public:
  Hash& add(uint64_t value) {
    state_ = mix(state_ * 31 + value);
    return *this;
  }
  Hash& add(int64_t value) { return add(static_cast<uint64_t>(value)); }
  Hash& add(int value) { return add(int64_t{value}); }
  Hash& add(bool value) { return add(uint64_t{value ? 1U : 0U}); }
  Hash& add(std::string_view text) { return add(stable_hash(text)); }
  // Otherwise a literal text would be taken for a truth value.
  Hash& add(const char* text) { return add(std::string_view(text)); }
  uint64_t value() const { return state_; }

 private:
  uint64_t state_ = 1;  // of this way of making versions
};

void add(Hash& hash, const evaluate::Literal& literal) {
  hash.add(static_cast<int>(literal.type)).add(literal.number).add(literal.scale);
  hash.add(std::bit_cast<uint64_t>(literal.real)).add(literal.text);
}

void add_time(Hash& hash, const ProjectFacts& facts) {
  hash.add(facts.zone).add(static_cast<int>(facts.retail.pattern));
  hash.add(static_cast<int>(facts.retail.year_end)).add(facts.retail.year_end_month);
  hash.add(facts.retail.week_start);
}

void add_attribute(Hash& hash, const std::string& name, const ProjectFacts& facts) {
  hash.add("attribute").add(name);
  const AttributeDeclaration* declared = facts.attribute(name);
  if (declared == nullptr) return;
  hash.add(static_cast<int>(declared->field.type)).add(declared->field.scale);
  hash.add(declared->field.is_set).add(declared->constant);
  hash.add(declared->expires_after_months.value_or(-1));
}

void add_consent(Hash& hash, const ConsentPolicy& policy) {
  hash.add("consent").add(static_cast<int>(policy.default_from));
  for (const std::string& source : policy.sources) hash.add(source);
  hash.add(policy.expires_after_months.value_or(-1));
}

// What the shop's own words are made of beside the population.
void add_words(Hash& hash, const language::Compiled& compiled, const ProjectFacts& facts) {
  const std::vector<std::string> words = needs_of({compiled.expression}).words;
  if (std::find(words.begin(), words.end(), "life_cycle") == words.end()) return;
  hash.add("life_cycle").add(facts.activity).add(facts.kind_of_shop);
}

}  // namespace

uint64_t version_of(const VersionParts& parts, const language::Scope& scope) {
  Hash hash;
  hash.add(*parts.text);
  add_time(hash, scope.facts);
  for (const auto& [name, version] : parts.versions) hash.add("definition").add(name).add(version);
  for (const std::string& name : parts.compiled->parameters) {
    hash.add("parameter").add(name);
    const auto value = scope.parameters.find(name);
    if (value != scope.parameters.end()) add(hash, value->second);
  }
  for (const std::string& name : parts.lists) {
    hash.add("list").add(name);
    const auto list = scope.lists.find(name);
    if (list == scope.lists.end()) continue;
    // Neither the order of a list nor a repetition changes who is on it.
    for (const std::string& id : std::set(list->second.begin(), list->second.end())) hash.add(id);
  }
  for (const std::string& name : parts.compiled->attributes) add_attribute(hash, name, scope.facts);
  if (parts.compiled->events.contains("consent")) add_consent(hash, scope.facts.consent);
  add_words(hash, *parts.compiled, scope.facts);
  return hash.value();
}

std::set<std::string> lists_of(const language::Node& tree) {
  std::set<std::string> lists;
  for_each_node(tree, [&](const language::Node& node) {
    if (node.kind == language::Node::Kind::kInList) lists.insert(node.text);
  });
  return lists;
}

}  // namespace regulars::definitions
