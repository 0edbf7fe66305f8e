#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/time.h"
#include "project/read_parts.h"

namespace regulars::project {
namespace {

using definitions::Catalogue;
using definitions::FeatureDefinition;
using definitions::SegmentDefinition;

std::string stem_of(const std::string& path) { return std::filesystem::path(path).stem().string(); }

// A rule or formula: its text as it is, its place and origin.
bool read_rule(const YamlNode* node, const std::string& what, Reader& reader, std::string& text,
               Place& place, definitions::TextOrigin& origin) {
  if (node != nullptr && node->kind == YamlNode::Kind::kList) {
    reader.fault(*node, fmt::format("{} takes a text, found a list", what),
                 "write one text and join the conditions with 'and' or 'or'");
    return false;
  }
  if (node == nullptr || !reader.text(*node, what)) return false;
  text = node->text;
  origin = origin_of(*node, reader.file().text);
  place = reader.place(*node);
  if (!origin.pieces.empty()) {
    place.line = origin.pieces.front().line;
    place.column = origin.pieces.front().column;
  }
  return true;
}

void read_action(Section& section, definitions::Action& action) {
  action.text = section.text("action");
  action.goal = section.text("goal");
  action.owner = section.text("owner");
  action.channel = section.text("channel");
  action.purpose = section.text("purpose", action.purpose);
  action.control_percent =
      static_cast<int>(std::lround(100 * section.share("control", action.control_percent / 100.0)));
  action.review_after_days = section.days("review_after").value_or(action.review_after_days);
}

// `name`: the key under which the definition stands; null: it names itself, or the file does.
void read_segment(const YamlNode* name, const YamlNode& node, Reader& reader,
                  Catalogue& catalogue) {
  if (!reader.is_map(node, "a segment")) return;
  SegmentDefinition segment;
  segment.name = name != nullptr ? name->text : stem_of(reader.file().name);
  const YamlNode* own = node.find("name");
  const std::string& called = own != nullptr ? own->text : segment.name;
  Section section(node, fmt::format("segment '{}'", called), reader);
  segment.name = section.text("name", segment.name);
  segment.title = section.text("title");
  segment.description = section.text("description");
  segment.why = section.text("why");
  const bool has_rule = read_rule(section.required("rule", "write rule: and what must be true"),
                                  "'rule'", reader, segment.rule, segment.place, segment.origin);
  read_action(section, segment.action);
  segment.needs = section.texts("needs");
  segment.except = section.texts("except");
  segment.exclusion = section.truth("exclusion", false);
  section.done();
  if (has_rule) catalogue.segments.push_back(std::move(segment));
}

// A literal as parameters write it; texts in quotes where their words could be something else.
std::optional<evaluate::Literal> literal_of(const YamlNode& node, const std::string& what,
                                            Reader& reader) {
  evaluate::Literal literal;
  const auto as_text = [&] {
    literal.type = ValueType::kText;
    literal.text = node.text;
    return literal;
  };
  if (node.kind != YamlNode::Kind::kScalar) {
    reader.fault(node, fmt::format("{} takes one value, found {}", what, told(node)), "");
    return {};
  }
  if (!node.plain) return as_text();
  if (node.text == "true" || node.text == "false") {
    literal.type = ValueType::kBoolean;
    literal.number = node.text == "true" ? 1 : 0;
    return literal;
  }
  const std::string& text = node.text;
  const char first = text.starts_with('-') && text.size() > 1 ? text[1]
                     : text.empty()                           ? ' '
                                                              : text[0];
  const bool like_number = (first >= '0' && first <= '9') || first == '.' || first == '+';
  const bool zero_in_front = first == '0' && text.size() > 1 && text.find('.') != 1 &&
                             text.find('.') != (text[0] == '-' ? 2 : 1);
  const auto number = Decimal::parse(text);
  if (like_number && number && !zero_in_front && first != '.' && first != '+') {
    literal.type = number->scale == 0 ? ValueType::kInteger : ValueType::kDecimal;
    literal.number = number->units;
    literal.scale = number->scale;
    return literal;
  }
  std::string folded = text;
  for (char& c : folded) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  constexpr std::string_view kTruths[] = {"yes", "no",   "on",    "off", "y",
                                          "n",   "true", "false", "null"};
  const bool like_truth =
      std::find(std::begin(kTruths), std::end(kTruths), folded) != std::end(kTruths);
  if (like_number || like_truth) {
    reader.fault(node,
                 fmt::format("{}: {} could be a text or {}", what, text,
                             like_truth ? "a truth value" : "a number or a date"),
                 fmt::format("write '{}' in quotes for the text{}", text,
                             like_truth ? ", or true or false" : ""));
    return {};
  }
  return as_text();
}

}  // namespace

void read_segments(const YamlFile& file, Catalogue& catalogue, Faults& faults) {
  if (file.root == nullptr || file.root->kind == YamlNode::Kind::kNull) return;
  Reader reader(file, faults);
  const YamlNode& root = *file.root;
  if (root.kind == YamlNode::Kind::kList) {
    for (const YamlPtr& item : root.items) {
      if (item->kind == YamlNode::Kind::kMap && item->find("name") == nullptr) {
        reader.fault(*item, "a segment in a list needs a key 'name'", "");
      } else {
        read_segment(nullptr, *item, reader, catalogue);
      }
    }
    return;
  }
  if (!reader.is_map(root, "a file of segments")) return;
  const bool named = std::all_of(root.entries.begin(), root.entries.end(), [](const auto& entry) {
    return entry.second->kind == YamlNode::Kind::kMap;
  });
  if (!named) return read_segment(nullptr, root, reader, catalogue);
  for (const auto& [key, value] : root.entries) {
    read_segment(key.get(), *value, reader, catalogue);
  }
}

void read_features(const YamlFile& file, Catalogue& catalogue, Faults& faults) {
  if (file.root == nullptr || file.root->kind == YamlNode::Kind::kNull) return;
  Reader reader(file, faults);
  if (!reader.is_map(*file.root, "a file of features")) return;
  for (const auto& [key, value] : file.root->entries) {
    FeatureDefinition feature;
    feature.name = key->text;
    const std::string what = fmt::format("feature '{}'", key->text);
    const YamlNode* formula = value.get();
    std::optional<Section> section;
    if (value->kind == YamlNode::Kind::kMap) {
      section.emplace(*value, what, reader);
      formula = section->required("formula", "write formula: and what is computed");
      feature.description = section->text("description");
      section->done();
    }
    if (read_rule(formula, what, reader, feature.formula, feature.place, feature.origin)) {
      catalogue.features.push_back(std::move(feature));
    }
  }
}

void read_parameters(const YamlFile& file, Catalogue& catalogue, Faults& faults) {
  if (file.root == nullptr || file.root->kind == YamlNode::Kind::kNull) return;
  Reader reader(file, faults);
  if (!reader.is_map(*file.root, "parameters.yaml")) return;
  for (const auto& [key, value] : file.root->entries) {
    definitions::ParameterDefinition parameter;
    parameter.name = key->text;
    parameter.place = reader.place(*key);
    const std::string what = fmt::format("parameter '{}'", key->text);
    const YamlNode* node = value.get();
    if (value->kind == YamlNode::Kind::kMap) {
      Section section(*value, what, reader);
      node = section.required("value", "write value: and the value");
      parameter.description = section.text("description");
      section.done();
    }
    if (node == nullptr) continue;
    const auto literal = literal_of(*node, what, reader);
    if (!literal) continue;
    parameter.value = *literal;
    catalogue.parameters.push_back(std::move(parameter));
  }
}

}  // namespace regulars::project
