#include "language/json_reader.h"

#include "base/near_names.h"
#include "language/json.h"
#include "language/json_text.h"
#include "language/parse.h"
#include "language/print.h"
#include "language/words.h"

namespace regulars::language {
namespace {

Node node_of(Node::Kind kind, NodePtr argument = nullptr) {
  Node node;
  node.kind = kind;
  if (argument != nullptr) node.arguments.push_back(std::move(argument));
  return node;
}

NodePtr shared(Node node) { return std::make_shared<const Node>(std::move(node)); }

bool is_literal(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kInteger:
    case Node::Kind::kDecimal:
    case Node::Kind::kText:
    case Node::Kind::kBoolean:
    case Node::Kind::kUnknown:
    case Node::Kind::kTime:
    case Node::Kind::kLength:
    case Node::Kind::kName:
      return true;
    default:
      return false;
  }
}

}  // namespace

// `at_least` comes after `call`, which has a key of that name too.
const std::vector<JsonReader::Reading>& JsonReader::readings() {
  static const std::vector<Reading> all = {{"call", &JsonReader::call},
                                           {"operator", &JsonReader::binary},
                                           {"value", &JsonReader::test},
                                           {"name", &JsonReader::name},
                                           {"and", &JsonReader::logic},
                                           {"or", &JsonReader::logic},
                                           {"not", &JsonReader::negation},
                                           {"if", &JsonReader::choice},
                                           {"decimal", &JsonReader::decimal},
                                           {"time", &JsonReader::time},
                                           {"length", &JsonReader::length},
                                           {"negate", &JsonReader::negate},
                                           {"at_least", &JsonReader::at_least},
                                           {"any_item", &JsonReader::items},
                                           {"all_items", &JsonReader::items},
                                           {"any_member", &JsonReader::members},
                                           {"all_members", &JsonReader::members},
                                           {"sequence", &JsonReader::sequence},
                                           {"top", &JsonReader::top}};
  return all;
}

Result<NodePtr> JsonReader::part(const Json& json, const Pointer& at, int depth) const {
  if (depth > kDeepest) {
    return bad(at, "more than " + std::to_string(kDeepest) + " parts inside one another",
               "name some of them as features or segments");
  }
  if (!json.is_object()) return plain(json, at);
  std::vector<std::string> known;
  for (const Reading& reading : readings()) {
    if (json.contains(reading.key)) return (this->*reading.read)({json, at, depth});
    known.emplace_back(reading.key);
  }
  if (json.empty()) return bad(at, "an empty object says nothing");
  const std::string key = json.begin().key();
  const std::vector<std::string> near = near_names(key, known, 1);
  return bad(at, "no form of a rule has only the key '" + key + "'",
             near.empty() ? "" : "did you mean '" + near[0] + "'?");
}

Result<NodePtr> JsonReader::plain(const Json& json, const Pointer& at) const {
  if (json.is_null()) return shared(node_of(Node::Kind::kUnknown));
  Node node = node_of(Node::Kind::kInteger);
  if (json.is_boolean()) {
    node.kind = Node::Kind::kBoolean;
    node.number = json.get<bool>() ? 1 : 0;
  } else if (json.is_string()) {
    node.kind = Node::Kind::kText;
    node.text = json.get<std::string>();
    if (!is_writable_text(node.text)) {
      return bad(at, "the text holds control characters or line ends");
    }
  } else if (json.is_number_unsigned() && json.get<uint64_t>() > INT64_MAX) {
    return bad(at, "the number is too large", "whole numbers reach to 9223372036854775807");
  } else if (json.is_number_integer()) {
    node.number = json.get<int64_t>();
  } else if (json.is_number()) {
    return bad(at, "a number with a point is not exact in JSON",
               "write {\"decimal\": \"" + json.dump() + "\"}");
  } else {
    return bad(at, "a list is no part of a rule", R"(lists stand in {"value": ..., "in": [...]})");
  }
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::decimal(const Form& form) const {
  REGULARS_TRY(only(form, {"decimal"}));
  Node node = node_of(Node::Kind::kDecimal);
  if (!form["decimal"].is_string()) return bad(form.at / "decimal", "must be a text: \"12.50\"");
  REGULARS_ASSIGN(node.decimal, number(form, "decimal"));
  if (node.decimal.scale == 0) {
    return bad(form.at / "decimal", "has no digits after the point",
               "a whole number is written as a JSON number");
  }
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::time(const Form& form) const {
  REGULARS_TRY(only(form, {"time"}));
  Node node = node_of(Node::Kind::kTime);
  REGULARS_ASSIGN(node.time, amount(form["time"], form.at / "time", 0));
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::length(const Form& form) const {
  REGULARS_TRY(only(form, {"length", "unit"}));
  Node node = node_of(Node::Kind::kLength);
  REGULARS_ASSIGN(node.decimal, number(form, "length"));
  if (node.decimal.units < 0) return bad(form.at / "length", "is negative");
  REGULARS_ASSIGN(const std::string unit, text(form, "unit"));
  node.text = length_unit_of(unit);
  if (node.text.empty()) return bad(form.at / "unit", "must be \"m\", \"km\" or \"miles\"");
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::name(const Form& form) const {
  REGULARS_TRY(only(form, {"name"}));
  Node node = node_of(Node::Kind::kName);
  REGULARS_ASSIGN(node.text, name_at(form, "name", false));
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::call(const Form& form) const {
  REGULARS_TRY(
      only(form, {"call", "distinct", "arguments", "where", "within", "at_least", "over"}));
  Node node = node_of(Node::Kind::kCall);
  REGULARS_ASSIGN(const std::string name, name_at(form, "call", false));
  node.text = call_name(name);
  if (!is_call_name(node.text)) return bad(form.at / "call", "'" + name + "' is no function");
  REGULARS_ASSIGN(node.distinct, flag(form, "distinct"));
  if (form.has("arguments")) {
    REGULARS_ASSIGN(node.arguments, children(form, "arguments", 0));
  }
  if (node.distinct && node.arguments.empty()) {
    return bad(form.at / "distinct", "needs an argument");
  }
  REGULARS_ASSIGN(node.where, optional_child(form, "where"));
  REGULARS_ASSIGN(node.among, optional_child(form, "within"));
  if (form.has("at_least")) {
    REGULARS_ASSIGN(node.at_least, number(form, "at_least"));
    if (node.at_least->units < 0) return bad(form.at / "at_least", "is negative");
  }
  REGULARS_TRY(over(form, node));
  return shared(std::move(node));
}

Result<void> JsonReader::over(const Form& form, Node& node) const {
  if (!form.has("over")) return {};
  REGULARS_ASSIGN(node.span, span(form["over"], form.at / "over", form.depth));
  return {};
}

Result<NodePtr> JsonReader::negate(const Form& form) const {
  REGULARS_TRY(only(form, {"negate"}));
  REGULARS_ASSIGN(NodePtr inner, child(form, "negate"));
  return shared(node_of(Node::Kind::kNegate, std::move(inner)));
}

Result<NodePtr> JsonReader::binary(const Form& form) const {
  REGULARS_TRY(only(form, {"operator", "arguments", "negated"}));
  Node node = node_of(Node::Kind::kBinary);
  REGULARS_ASSIGN(node.text, text(form, "operator"));
  if (binding_of(node.text) == Binding::kNone) {
    return bad(form.at / "operator", "'" + node.text + "' is no operator",
               "= != < <= > >= + - * / like matches contains, starts with, ends with");
  }
  REGULARS_ASSIGN(node.arguments, children(form, "arguments", 2));
  if (node.arguments.size() != 2) return bad(form.at / "arguments", "must be two");
  REGULARS_ASSIGN(node.negated, flag(form, "negated"));
  if (node.negated && !is_text_operator(node.text)) {
    return bad(form.at / "negated", "'" + node.text + "' cannot be negated", "use \"not\"");
  }
  return shared(std::move(node));
}

// {"value": ..., TEST: ...}
Result<NodePtr> JsonReader::test(const Form& form) const {
  REGULARS_TRY(only(form, {"value", "between", "in", "in_list", "has_any", "has_all", "has_none",
                           "within", "is", "at", "negated"}));
  if (form.json.size() != (form.has("negated") ? 3U : 2U)) {
    return bad(form.at, "one test is made of a value",
               "between, in, in_list, has_any, has_all, has_none, within, is or at");
  }
  REGULARS_ASSIGN(Node node, test_of(form));
  REGULARS_ASSIGN(node.negated, flag(form, "negated"));
  if (node.negated && (node.kind == Node::Kind::kHas || node.kind == Node::Kind::kAt)) {
    return bad(form.at / "negated", "this test cannot be negated", "use \"not\"");
  }
  return shared(std::move(node));
}

Result<Node> JsonReader::test_of(const Form& form) const {
  REGULARS_ASSIGN(NodePtr value, child(form, "value"));
  Node node = node_of(Node::Kind::kIs, std::move(value));
  if (form.has("between")) {
    node.kind = Node::Kind::kBetween;
    REGULARS_ASSIGN(std::vector<NodePtr> ends, children(form, "between", 2));
    if (ends.size() != 2) return bad(form.at / "between", "must be two parts");
    node.arguments.insert(node.arguments.end(), ends.begin(), ends.end());
  } else if (form.has("in")) {
    node.kind = Node::Kind::kIn;
    REGULARS_TRY(literals(form, "in", node));
  } else if (form.has("in_list")) {
    node.kind = Node::Kind::kInList;
    REGULARS_ASSIGN(node.text, name_at(form, "in_list", false));
  } else if (form.has("within")) {
    node.kind = Node::Kind::kWithin;
    REGULARS_ASSIGN(node.span, span(form["within"], form.at / "within", form.depth));
  } else if (form.has("at")) {
    node.kind = Node::Kind::kAt;
    REGULARS_ASSIGN(node.moment, moment(form["at"], form.at / "at"));
  } else if (form.has("is")) {
    REGULARS_ASSIGN(node.text, text(form, "is"));
    if (node.text != "known" && node.text != "missing" && node.text != "true" &&
        node.text != "false") {
      return bad(form.at / "is", R"(must be "known", "missing", "true" or "false")");
    }
  } else {
    node.kind = Node::Kind::kHas;
    for (const char* key : {"has_any", "has_all", "has_none"}) {
      if (!form.has(key)) continue;
      node.text = key + 4;
      REGULARS_TRY(literals(form, key, node));
    }
    if (node.text.empty()) return bad(form.at, "no test is made of the value");
  }
  return node;
}

Result<NodePtr> JsonReader::logic(const Form& form) const {
  const bool all = form.has("and");
  const char* key = all ? "and" : "or";
  REGULARS_TRY(only(form, {key}));
  Node node = node_of(all ? Node::Kind::kAnd : Node::Kind::kOr);
  REGULARS_ASSIGN(node.arguments, children(form, key, 2));
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::negation(const Form& form) const {
  REGULARS_TRY(only(form, {"not"}));
  REGULARS_ASSIGN(NodePtr inner, child(form, "not"));
  return shared(node_of(Node::Kind::kNot, std::move(inner)));
}

Result<NodePtr> JsonReader::choice(const Form& form) const {
  REGULARS_TRY(only(form, {"if", "then", "else"}));
  Node node = node_of(Node::Kind::kIf);
  for (const char* key : {"if", "then", "else"}) {
    REGULARS_ASSIGN(NodePtr branch, child(form, key));
    node.arguments.push_back(std::move(branch));
  }
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::at_least(const Form& form) const {
  REGULARS_TRY(only(form, {"at_least", "of"}));
  Node node = node_of(Node::Kind::kAtLeast);
  REGULARS_ASSIGN(node.number, integer(form, "at_least", 1));
  REGULARS_ASSIGN(node.arguments, children(form, "of", 1));
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::items(const Form& form) const {
  const bool any = form.has("any_item");
  const char* key = any ? "any_item" : "all_items";
  REGULARS_TRY(only(form, {key}));
  REGULARS_ASSIGN(NodePtr inner, child(form, key));
  Node node = node_of(Node::Kind::kItems, std::move(inner));
  node.text = any ? "any" : "all";
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::members(const Form& form) const {
  const bool any = form.has("any_member");
  const char* key = any ? "any_member" : "all_members";
  REGULARS_TRY(only(form, {key, "of"}));
  REGULARS_ASSIGN(NodePtr inner, child(form, key));
  Node node = node_of(Node::Kind::kMembers, std::move(inner));
  node.text = any ? "any" : "all";
  REGULARS_ASSIGN(node.name, name_at(form, "of", false));
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::sequence(const Form& form) const {
  REGULARS_TRY(only(form, {"sequence", "over"}));
  const Json& steps = form["sequence"];
  const Pointer at = form.at / "sequence";
  if (!steps.is_array() || steps.empty()) return bad(at, "must be a list of steps");
  Node node = node_of(Node::Kind::kSequence);
  for (size_t i = 0; i < steps.size(); ++i) {
    REGULARS_ASSIGN(SequenceStep made, step(steps[i], at / i, form.depth, i == 0));
    node.steps.push_back(std::move(made));
  }
  REGULARS_TRY(over(form, node));
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::top(const Form& form) const {
  REGULARS_TRY(only(form, {"top", "percent", "by", "within"}));
  REGULARS_ASSIGN(NodePtr by, child(form, "by"));
  Node node = node_of(Node::Kind::kTop, std::move(by));
  REGULARS_ASSIGN(node.decimal, number(form, "top"));
  if (node.decimal.units < 0) return bad(form.at / "top", "is negative");
  REGULARS_ASSIGN(node.distinct, flag(form, "percent"));
  REGULARS_ASSIGN(node.among, optional_child(form, "within"));
  return shared(std::move(node));
}

Result<NodePtr> JsonReader::child(const Form& form, const char* key) const {
  REGULARS_ASSIGN(const Json* json, need(form, key));
  return part(*json, form.at / key, form.depth + 1);
}

Result<NodePtr> JsonReader::optional_child(const Form& form, const char* key) const {
  if (!form.has(key)) return NodePtr();
  return child(form, key);
}

Result<std::vector<NodePtr>> JsonReader::children(const Form& form, const char* key,
                                                  size_t least) const {
  REGULARS_ASSIGN(const Json* json, need(form, key));
  const Pointer at = form.at / key;
  if (!json->is_array()) return bad(at, "must be a list");
  if (json->size() < least) return bad(at, "needs at least " + std::to_string(least) + " parts");
  std::vector<NodePtr> result;
  for (size_t i = 0; i < json->size(); ++i) {
    REGULARS_ASSIGN(NodePtr made, part((*json)[i], at / i, form.depth + 1));
    result.push_back(std::move(made));
  }
  return result;
}

Result<void> JsonReader::literals(const Form& form, const char* key, Node& node) const {
  REGULARS_ASSIGN(std::vector<NodePtr> values, children(form, key, 1));
  for (size_t i = 0; i < values.size(); ++i) {
    if (!is_literal(*values[i])) {
      return bad(form.at / key / i, "must be a number, a text or the name of a parameter");
    }
    node.arguments.push_back(std::move(values[i]));
  }
  return {};
}

// The text form is the judge of what a tree may say, and gives the extents.
Result<NodePtr> from_json(std::string_view json) {
  REGULARS_ASSIGN(const nlohmann::json values, read_json(json));
  REGULARS_ASSIGN(NodePtr tree, JsonReader().part(values, JsonReader::Pointer(), 1));
  Result<NodePtr> parsed = parse(print(*tree));
  const JsonReader::Pointer whole;
  if (!parsed)
    return json_error(whole, "as text: " + parsed.error().message(), parsed.error().hint());
  if (!equal(*tree, **parsed)) return json_error(whole, "the tree cannot be written as text");
  return parsed;
}

}  // namespace regulars::language
