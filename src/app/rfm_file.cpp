#include "app/rfm_file.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace regulars::app {
namespace {

using segments::CutKind;
using segments::MatchMode;
using segments::RfmBox;
using segments::RfmClassRule;
using segments::RfmDefinition;

// Thrown inside this file only; parse_rfm turns it into an Error.
struct Fault {
  YAML::Mark mark;
  std::string message;
};

[[noreturn]] void fail(const YAML::Node& node, const std::string& message) {
  throw Fault{node.Mark(), message};
}

void allow_only(const YAML::Node& map, std::initializer_list<const char*> keys) {
  if (!map.IsMap()) fail(map, "expected keys and values here");
  for (const auto& entry : map) {
    const auto key = entry.first.as<std::string>();
    const bool known =
        std::any_of(keys.begin(), keys.end(), [&](const char* allowed) { return key == allowed; });
    if (known) continue;
    std::string list;
    for (const char* allowed : keys) list += (list.empty() ? "" : ", ") + std::string(allowed);
    fail(entry.first, fmt::format("unknown key '{}'; here go: {}", key, list));
  }
}

std::string name_of(const YAML::Node& node) {
  auto name = node.as<std::string>();
  if (name.empty()) fail(node, "a name has at least one letter");
  return name;
}

int score(const YAML::Node& node) {
  int value = 0;
  if (!YAML::convert<int>::decode(node, value) || value < 1 || value > 5) {
    fail(node, "a score is a whole number from 1 to 5");
  }
  return value;
}

std::array<int, 2> score_range(const YAML::Node& node) {
  if (!node.IsDefined()) return {1, 5};
  if (node.IsScalar()) return {score(node), score(node)};
  if (!node.IsSequence() || node.size() != 2) fail(node, "give one score, or [lowest, highest]");
  const std::array<int, 2> range = {score(node[0]), score(node[1])};
  if (range[0] > range[1]) fail(node, "the lowest score stands first");
  return range;
}

RfmClassRule class_rule(const YAML::Node& node) {
  allow_only(node, {"name", "rules"});
  if (!node["name"]) fail(node, "a class needs a name");
  RfmClassRule rule{name_of(node["name"]), {}};
  if (!node["rules"] || !node["rules"].IsSequence()) {
    fail(node, fmt::format("class '{}' needs a list of rules", rule.name));
  }
  for (const YAML::Node& box : node["rules"]) {
    allow_only(box, {"r", "f", "m"});
    rule.rules.push_back({score_range(box["r"]), score_range(box["f"]), score_range(box["m"])});
  }
  return rule;
}

std::array<double, 4> bounds(const YAML::Node& cuts, const char* name) {
  const YAML::Node node = cuts[name];
  if (!node) fail(cuts, fmt::format("cuts need '{}': four ascending numbers", name));
  std::array<double, 4> result{};
  bool good = node.IsSequence() && node.size() == 4;
  for (size_t i = 0; good && i < 4; ++i) good = YAML::convert<double>::decode(node[i], result[i]);
  good =
      good && std::all_of(result.begin(), result.end(), [](double v) { return std::isfinite(v); });
  if (!good || !std::is_sorted(result.begin(), result.end())) {
    fail(node,
         fmt::format("'{}' takes four ascending numbers, the lower bounds of scores 2 to 5", name));
  }
  return result;
}

std::vector<RfmClassRule> class_rules(const YAML::Node& classes) {
  constexpr size_t kCodes = 125;
  if (!classes.IsSequence()) fail(classes, "classes is a list");
  if (classes.size() > kCodes) fail(classes, "more classes than the 125 codes");
  std::vector<RfmClassRule> rules;
  for (const YAML::Node& node : classes) {
    rules.push_back(class_rule(node));
    const auto same = [&](const RfmClassRule& rule) { return rule.name == rules.back().name; };
    if (std::count_if(rules.begin(), rules.end(), same) > 1) {
      fail(node, fmt::format("two classes are named '{}'", rules.back().name));
    }
  }
  return rules;
}

RfmDefinition to_definition(const YAML::Node& root) {
  allow_only(root, {"match", "else", "one_is_once", "monetary", "cuts", "classes"});
  RfmDefinition definition = segments::default_rfm();
  if (const YAML::Node match = root["match"]) {
    const auto text = match.as<std::string>();
    if (text != "first" && text != "disjoint") fail(match, "match is 'disjoint' or 'first'");
    definition.match = text == "first" ? MatchMode::kFirst : MatchMode::kDisjoint;
  }
  if (const YAML::Node other = root["else"]) definition.else_class = name_of(other);
  if (const YAML::Node once = root["one_is_once"]) definition.one_is_once = once.as<bool>();
  if (const YAML::Node monetary = root["monetary"]) {
    const auto text = monetary.as<std::string>();
    if (text != "net" && text != "average") fail(monetary, "monetary is 'net' or 'average'");
    definition.monetary_average = text == "average";
  }
  if (const YAML::Node cuts = root["cuts"]) {
    allow_only(cuts, {"recency_days", "orders", "net"});
    definition.cuts = {CutKind::kFixed, bounds(cuts, "recency_days"), bounds(cuts, "orders"),
                       bounds(cuts, "net")};
  }
  if (const YAML::Node classes = root["classes"]) definition.classes = class_rules(classes);
  return definition;
}

Error error_at(const YAML::Mark& mark, const std::string& message, const std::string& file) {
  Place place{.file = file, .field = {}};
  if (!mark.is_null()) {
    place.line = static_cast<uint64_t>(mark.line) + 1;
    place.column = static_cast<uint32_t>(mark.column) + 1;
  }
  return Error(ErrorCode::kBadDefinition, message).at(std::move(place));
}

// In double quotes, as YAML reads any text on one line.
std::string quoted(const std::string& text) {
  YAML::Emitter out;
  out << YAML::DoubleQuoted << text;
  return out.c_str();
}

std::string list_of(const std::array<double, 4>& values) {
  return fmt::format("[{}, {}, {}, {}]", values[0], values[1], values[2], values[3]);
}

}  // namespace

Result<RfmDefinition> parse_rfm(std::string_view yaml, const std::string& file) {
  try {
    return to_definition(YAML::Load(std::string(yaml)));
  } catch (const Fault& fault) {
    return error_at(fault.mark, fault.message, file);
  } catch (const YAML::Exception& exception) {
    return error_at(exception.mark, exception.msg, file);
  }
}

std::string frozen_rfm(const RfmDefinition& definition, const segments::RfmCuts& cuts) {
  std::string text = "# RFM cuts frozen from an analysis; give them back with --rfm FILE.\n";
  text += fmt::format("match: {}\n", definition.match == MatchMode::kFirst ? "first" : "disjoint");
  text += fmt::format("else: {}\n", quoted(definition.else_class));
  text += fmt::format("monetary: {}\n", definition.monetary_average ? "average" : "net");
  text += fmt::format("cuts:\n  recency_days: {}\n  orders: {}\n  net: {}\nclasses:\n",
                      list_of(cuts.recency_days), list_of(cuts.orders), list_of(cuts.net));
  const auto range = [](const std::array<int, 2>& scores) {
    return fmt::format("[{}, {}]", scores[0], scores[1]);
  };
  for (const RfmClassRule& rule : definition.classes) {
    text += fmt::format("  - name: {}\n    rules:\n", quoted(rule.name));
    for (const RfmBox& box : rule.rules) {
      text += fmt::format("      - {{r: {}, f: {}, m: {}}}\n", range(box.r), range(box.f),
                          range(box.m));
    }
  }
  return text;
}

}  // namespace regulars::app
