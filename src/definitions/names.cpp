#include "definitions/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "language/functions.h"
#include "language/words.h"

namespace regulars::definitions {
namespace {

bool is_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(), fits);
}

// The nearest name that would do: "Loyal customers" -> "loyal_customers".
std::string as_name(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      result += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      result += c;
    } else if (!result.empty() && result.back() != '_') {
      result += '_';
    }
  }
  while (!result.empty() && result.back() == '_') result.pop_back();
  return is_name(result) ? result : std::string();
}

const char* word_for(char kind) {
  switch (kind) {
    case 's':
      return "segment";
    case 'f':
      return "feature";
    case 'l':
      return "list";
    default:
      return "parameter";
  }
}

// What a name that stands bare in rules means already; empty: nothing.
std::string taken_by(const std::string& name, const language::Scope& base) {
  if (language::is_reserved(name) || language::unit_of(name)) return "a word of the language";
  if (language::find_function(name) != nullptr) return "a function of the language";
  if (base.facts.attribute(name) != nullptr) return "an attribute of customers";
  if (base.facts.event(name) != nullptr) return "an event type";
  if (base.facts.table(name) != nullptr) return "a reference table";
  if (base.facts.unit(name) != nullptr) return "a unit";
  return {};
}

std::string told(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) text += fmt::format("{}{}", text.empty() ? "line " : ":", place.line);
  return text.empty() ? "another place" : text;
}

}  // namespace

NameFaults::NameFaults(const Catalogue& catalogue, const language::Scope& base) {
  const auto add = [&](char kind, size_t index, const std::string& name, const Place& place) {
    const Use use{kind, index, place};
    uses_[name].push_back(use);
    check(use, name, base);
  };
  for (size_t i = 0; i < catalogue.segments.size(); ++i) {
    add('s', i, catalogue.segments[i].name, catalogue.segments[i].place);
  }
  for (size_t i = 0; i < catalogue.features.size(); ++i) {
    add('f', i, catalogue.features[i].name, catalogue.features[i].place);
  }
  for (size_t i = 0; i < catalogue.lists.size(); ++i) {
    add('l', i, catalogue.lists[i].name, catalogue.lists[i].place);
  }
  for (size_t i = 0; i < catalogue.parameters.size(); ++i) {
    add('p', i, catalogue.parameters[i].name, catalogue.parameters[i].place);
  }
  for (const auto& [name, uses] : uses_) check_uses(name, uses);
}

const Error* NameFaults::find(char kind, size_t i) const {
  const auto found = faults_.find({kind, i});
  return found == faults_.end() ? nullptr : &found->second;
}

void NameFaults::check(const Use& use, const std::string& name, const language::Scope& base) {
  const auto refuse = [&](std::string message, std::string hint) {
    faults_.try_emplace({use.kind, use.index}, Error(ErrorCode::kBadDefinition, std::move(message),
                                                     std::move(hint), use.place));
  };
  if (!is_name(name)) {
    const std::string better = as_name(name);
    refuse(fmt::format("'{}' is no name for a {}: a name begins with a small letter and goes on "
                       "with small letters, digits and _",
                       name, word_for(use.kind)),
           better.empty() ? "" : fmt::format("write {}", better));
    return;
  }
  // Segments stand in quotes, so only what is referred to by its bare name can be mistaken.
  const std::string taken = use.kind == 's' ? std::string() : taken_by(name, base);
  if (!taken.empty()) {
    refuse(fmt::format("{} '{}' is named like {}", word_for(use.kind), name, taken),
           fmt::format("give it another name, e.g. my_{}", name));
  } else if (base.references.contains(name)) {
    refuse(fmt::format("{} '{}' is named like a word that every project has", word_for(use.kind),
                       name),
           fmt::format("give it another name, e.g. my_{}", name));
  }
}

void NameFaults::check_uses(const std::string& name, const std::vector<Use>& uses) {
  for (size_t i = 0; uses.size() > 1 && i < uses.size(); ++i) {
    const Use& other = uses[i == 0 ? 1 : 0];
    const Use& use = uses[i];
    const std::string message =
        use.kind == other.kind
            ? fmt::format("{} '{}' is defined twice, also at {}", word_for(use.kind), name,
                          told(other.place))
            : fmt::format("{} '{}' has the name of a {} at {}", word_for(use.kind), name,
                          word_for(other.kind), told(other.place));
    faults_.try_emplace(
        {use.kind, use.index},
        Error(ErrorCode::kBadDefinition, message,
              "segments, features, lists and parameters need names of their own", use.place));
  }
}

}  // namespace regulars::definitions
