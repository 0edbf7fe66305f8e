#include <fmt/format.h>

#include <algorithm>

#include "project/read_parts.h"

namespace regulars::project {
namespace {

using Kind = SourceDeclaration::Kind;

template <class Declared>
std::vector<std::string> names_of(const std::vector<Declared>& declared) {
  std::vector<std::string> names;
  for (const Declared& one : declared) names.push_back(one.name);
  return names;
}

std::vector<std::string> field_names(const std::vector<FieldDeclaration>& fields) {
  return names_of(fields);
}

std::vector<std::string> attribute_names(const ProjectFacts& facts) {
  std::vector<std::string> names;
  for (const AttributeDeclaration& one : facts.attributes) names.push_back(one.field.name);
  return names;
}

std::vector<std::string> event_names(const ProjectFacts& facts) {
  std::vector<std::string> names = names_of(facts.events);
  for (const EventTypeDeclaration& one : well_known_events()) names.push_back(one.name);
  return names;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Checker {
 public:
  Checker(const YamlFile& file, const Project& project, Faults& faults)
      : reader_(file, faults), project_(project), facts_(project.facts), root_(*file.root) {}

  void check() {
    if (const YamlNode* node = root_.find("activity")) {
      one(*node, facts_.activity, event_names(facts_), "'{}' is no event type");
    }
    check_units();
    if (const YamlNode* consent = root_.find("consent")) {
      each(consent->find("sources"), names_of(project_.sources), "'{}' is no source");
    }
    check_sources();
    check_exports();
  }

 private:
  // The message names what stands there; near names follow.
  void one(const YamlNode& node, const std::string& name, const std::vector<std::string>& names,
           const char* message) {
    if (holds(names, name)) return;
    std::string hint = near_hint(name, names);
    if (hint.empty() && !names.empty() && names.size() <= 12) hint = "there are " + listed(names);
    reader_.fault(node, fmt::format(fmt::runtime(message), name), hint);
  }

  void each(const YamlNode* node, const std::vector<std::string>& names, const char* message) {
    if (node == nullptr) return;
    if (node->kind == YamlNode::Kind::kScalar) one(*node, node->text, names, message);
    for (const YamlPtr& item : node->items) {
      if (item->kind == YamlNode::Kind::kScalar) one(*item, item->text, names, message);
    }
  }

  void check_units() {
    const YamlNode* units = root_.find("units");
    if (units == nullptr) return;
    for (const auto& [key, value] : units->entries) {
      if (value->kind != YamlNode::Kind::kScalar) continue;
      one(*value, value->text, attribute_names(facts_), "'{}' is no attribute of customers");
    }
  }

  void check_sources() {
    const YamlNode* all = root_.find("sources");
    if (all == nullptr) return;
    for (const SourceDeclaration& source : project_.sources) {
      const YamlNode* node = all->find(source.name);
      if (node == nullptr) continue;
      if (const YamlNode* type = node->find("type");
          type != nullptr && source.kind == Kind::kEvents) {
        one(*type, source.event_type, event_names(facts_), "'{}' is no event type");
      }
      if (const YamlNode* types = node->find("types")) {
        for (const auto& [key, value] : types->entries) {
          if (value->kind != YamlNode::Kind::kScalar) continue;
          one(*value, value->text, event_names(facts_), "'{}' is no event type");
        }
      }
      if (const YamlNode* table = node->find("table"); table && source.kind == Kind::kReference) {
        one(*table, source.table, names_of(facts_.tables), "'{}' is no table");
      }
      if (const YamlNode* columns = node->find("columns")) check_columns(source, *columns);
    }
  }

  void check_columns(const SourceDeclaration& source, const YamlNode& columns) {
    const std::optional<std::vector<std::string>> allowed = fields_for(source);
    if (!allowed) return;
    for (const auto& [key, value] : columns.entries) {
      if (holds(*allowed, key->text)) continue;
      std::string hint = near_hint(key->text, *allowed);
      if (hint.empty()) hint = "there are " + listed(*allowed);
      if (source.kind == Kind::kEvents) hint += "\nA further field is declared under 'events'.";
      reader_.fault(*key, fmt::format("this source has no column for '{}'", key->text), hint);
    }
  }

  // What the columns of a source can be for; nothing: anything, or checked elsewhere.
  std::optional<std::vector<std::string>> fields_for(const SourceDeclaration& source) const {
    std::vector<std::string> fields;
    switch (source.kind) {
      case Kind::kOrders:
        return {};
      case Kind::kCustomers:
        fields = attribute_names(facts_);
        fields.insert(fields.end(), {"customer", "time"});
        return fields;
      case Kind::kEvents: {
        const EventTypeDeclaration* event = facts_.event(source.event_type);
        if (event == nullptr) return {};
        fields = field_names(event->fields);
        for (const FieldDeclaration& item : event->item_fields) {
          fields.push_back("item." + item.name);
        }
        fields.insert(fields.end(), {"customer", "time", "id"});
        return fields;
      }
      case Kind::kReference: {
        const ReferenceTable* table = facts_.table(source.table);
        if (table == nullptr) return {};
        fields = field_names(table->fields);
        fields.insert(fields.end(), {table->key, table->valid_from});
        return fields;
      }
    }
    return {};
  }

  void check_exports() {
    const YamlNode* exports = root_.find("exports");
    if (exports == nullptr) return;
    std::vector<std::string> columns = attribute_names(facts_);
    for (const auto& feature : project_.catalogue.features) columns.push_back(feature.name);
    for (const YamlPtr& item : exports->items) {
      each(item->find("segments"), names_of(project_.catalogue.segments), "'{}' is no segment");
      each(item->find("columns"), columns, "'{}' is neither an attribute nor a feature");
    }
  }

  Reader reader_;
  const Project& project_;
  const ProjectFacts& facts_;
  const YamlNode& root_;
};

}  // namespace

void check_names(const YamlFile& settings, const Project& project, Faults& faults) {
  if (settings.root == nullptr || settings.root->kind != YamlNode::Kind::kMap) return;
  Checker(settings, project, faults).check();
}

}  // namespace regulars::project
