#include "definitions/linker.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/near_names.h"
#include "definitions/tree_walk.h"
#include "definitions/version.h"
#include "language/parse.h"
#include "language/print.h"

namespace regulars::definitions {
namespace {

using evaluate::ExpressionPtr;
using language::Node;
using language::NodePtr;
using language::ReferenceKind;

// A definition with all it refers to put in. Beyond this no answer is worth its time: the usual
// cause is a feature used twice in a feature that is used twice in a feature ...
constexpr uint64_t kMostNodes = 200'000;
constexpr uint64_t kDeepestTree = 1'000;

const char* word_for(ReferenceKind kind) {
  return kind == ReferenceKind::kSegment ? "segment" : "feature";
}

std::string told(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) text += fmt::format("{}{}", text.empty() ? "line " : ":", place.line);
  if (place.line > 0 && place.column > 0) text += fmt::format(":{}", place.column);
  return text.empty() ? text : text + ": ";
}

// "refers to segment 'b', which cannot be used", with the reason and its place below.
Error blocked_by(const char* kind, const std::string& name, const Error& reason) {
  return Error(ErrorCode::kBadDefinition,
               fmt::format("refers to {} '{}', which cannot be used", kind, name),
               told(reason.place()) + reason.message());
}

NodePtr call_of(const char* function, const std::string& text) {
  Node argument;
  argument.kind = Node::Kind::kText;
  argument.text = text;
  Node call;
  call.kind = Node::Kind::kCall;
  call.text = function;
  call.arguments = {std::make_shared<const Node>(std::move(argument))};
  return std::make_shared<const Node>(std::move(call));
}

// (rule) and not in_segment('a') and not in_segment('b')
NodePtr without(const NodePtr& rule, const std::vector<std::string>& except) {
  if (except.empty()) return rule;
  Node both;
  both.kind = Node::Kind::kAnd;
  if (rule->kind == Node::Kind::kAnd) {
    both.arguments = rule->arguments;
  } else {
    both.arguments = {rule};
  }
  for (const std::string& segment : except) {
    Node negation;
    negation.kind = Node::Kind::kNot;
    negation.arguments = {call_of("in_segment", segment)};
    both.arguments.push_back(std::make_shared<const Node>(std::move(negation)));
  }
  return std::make_shared<const Node>(std::move(both));
}

// Two-valued: a segment holds those for whom its rule is true.
ExpressionPtr as_membership(const ExpressionPtr& rule) {
  if (rule->op == evaluate::Op::kIsTrue || rule->op == evaluate::Op::kKnown) return rule;
  return evaluate::make(evaluate::Op::kIsTrue, {rule});
}

ExpressionPtr answer_of(const Item& item) {
  const ExpressionPtr& tree = item.linked.compiled.expression;
  return item.kind == ReferenceKind::kSegment ? as_membership(tree) : tree;
}

}  // namespace

Linker::Linker(const Catalogue& catalogue, language::Scope base) : scope_(std::move(base)) {
  const NameFaults names(catalogue, scope_);
  base_resolve_ = scope_.resolve;
  add_values(catalogue, names);
  add_items(catalogue, names);
  scope_.resolve = [this](ReferenceKind kind, const std::string& name) {
    return resolve(kind, name);
  };
}

void Linker::add_values(const Catalogue& catalogue, const NameFaults& names) {
  const auto refuse = [&](const std::string& name, const Error& error) {
    broken_values_.try_emplace(name, error);
    other_faults_.push_back({name, error});
  };
  for (size_t i = 0; i < catalogue.parameters.size(); ++i) {
    const ParameterDefinition& parameter = catalogue.parameters[i];
    if (const Error* error = names.parameter(i)) refuse(parameter.name, *error);
    scope_.parameters.try_emplace(parameter.name, parameter.value);
  }
  for (size_t i = 0; i < catalogue.lists.size(); ++i) {
    const ListDefinition& list = catalogue.lists[i];
    if (const Error* error = names.list(i)) refuse(list.name, *error);
    scope_.lists.try_emplace(list.name, list.customers);
  }
}

void Linker::add_items(const Catalogue& catalogue, const NameFaults& names) {
  for (size_t i = 0; i < catalogue.segments.size(); ++i) {
    const SegmentDefinition& segment = catalogue.segments[i];
    Item item{.kind = ReferenceKind::kSegment,
              .name = segment.name,
              .text = &segment.rule,
              .except = &segment.except,
              .place = segment.place,
              .origin = &segment.origin};
    if (const Error* error = names.segment(i)) item.fault = *error;
    items_.push_back(std::move(item));
  }
  for (size_t i = 0; i < catalogue.features.size(); ++i) {
    const FeatureDefinition& feature = catalogue.features[i];
    Item item{.kind = ReferenceKind::kFeature,
              .name = feature.name,
              .text = &feature.formula,
              .except = nullptr,
              .place = feature.place,
              .origin = &feature.origin};
    if (const Error* error = names.feature(i)) item.fault = *error;
    items_.push_back(std::move(item));
  }
  for (size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].fault) items_[i].state = Item::State::kFailed;
    by_name_.try_emplace(items_[i].name, i);
    scope_.references.try_emplace(items_[i].name, items_[i].kind);
  }
}

Item* Linker::find(const std::string& name) {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &items_[found->second];
}

const Item* Linker::find(const std::string& name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &items_[found->second];
}

void Linker::run() {
  parse_all();
  for (const size_t i : order()) {
    if (items_[i].state == Item::State::kWaiting) compile(items_[i]);
  }
}

void Linker::parse_all() {
  for (Item& item : items_) {
    if (item.state == Item::State::kFailed) continue;
    Result<NodePtr> tree = language::parse(*item.text);
    if (tree) {
      item.tree = std::move(tree).value();
      continue;
    }
    item.fault = moved_to_file(std::move(tree).error(), item.place, *item.origin, *item.text);
    item.state = Item::State::kFailed;
  }
}

// Depth first, without recursion: chains of references may be long.
std::vector<size_t> Linker::order() const {
  std::vector<size_t> result;
  std::vector<uint8_t> seen(items_.size(), 0);
  struct Step {
    size_t item;
    std::vector<size_t> below;
  };
  const auto below = [&](size_t i) {
    std::vector<size_t> others;
    if (items_[i].tree == nullptr) return others;
    std::vector<std::string> names = references_of(*items_[i].tree);
    if (items_[i].except != nullptr) {
      names.insert(names.end(), items_[i].except->begin(), items_[i].except->end());
    }
    for (const std::string& name : names) {
      if (const auto found = by_name_.find(name); found != by_name_.end()) {
        others.push_back(found->second);
      }
    }
    return others;
  };
  for (size_t start = 0; start < items_.size(); ++start) {
    if (std::exchange(seen[start], uint8_t{1}) != 0) continue;
    std::vector<Step> path = {{start, below(start)}};
    while (!path.empty()) {
      if (path.back().below.empty()) {
        result.push_back(path.back().item);
        path.pop_back();
        continue;
      }
      const size_t next = path.back().below.back();
      path.back().below.pop_back();
      if (std::exchange(seen[next], uint8_t{1}) == 0) path.push_back({next, below(next)});
    }
  }
  return result;
}

void Linker::compile(Item& item) {
  item.state = Item::State::kRunning;
  running_.push_back(&item);
  Result<LinkedDefinition> built = build(item);
  running_.pop_back();
  if (built && !item.cycle && !item.blocked) {
    item.linked = std::move(built).value();
    item.state = Item::State::kDone;
    return;
  }
  item.state = Item::State::kFailed;
  if (item.cycle) {
    item.fault = std::move(item.cycle);
  } else if (item.blocked) {
    const Place place = built ? item.place : built.error().place();
    item.fault = Error(*item.blocked).at(place);
  } else {
    item.fault = std::move(built).error();
  }
}

Result<language::Compiled> Linker::compiled(const Item& item, const Node& tree,
                                            const std::string& text) const {
  return item.kind == ReferenceKind::kSegment ? language::compile_rule(tree, text, scope_)
                                              : language::compile(tree, text, scope_);
}

Result<LinkedDefinition> Linker::build(Item& item) {
  // The rule as written comes first, so that its faults point at what was written.
  Result<language::Compiled> written = compiled(item, *item.tree, *item.text);
  if (!written) {
    return moved_to_file(std::move(written).error(), item.place, *item.origin, *item.text);
  }
  LinkedDefinition linked{.name = item.name,
                          .text = {},
                          .tree = nullptr,
                          .compiled = std::move(written).value(),
                          .version = 0,
                          .place = item.place};
  REGULARS_TRY(check_except(item));
  const bool has_except = item.except != nullptr && !item.except->empty();
  linked.text = language::print(has_except ? *without(item.tree, *item.except) : *item.tree);
  REGULARS_ASSIGN(linked.tree, language::parse(linked.text));
  if (has_except) {
    Result<language::Compiled> whole = compiled(item, *linked.tree, linked.text);
    if (!whole) return std::move(whole).error().at(item.place);
    whole->warnings = std::move(linked.compiled.warnings);
    linked.compiled = std::move(whole).value();
  }
  const std::set<std::string> lists = lists_of(*linked.tree);
  REGULARS_TRY(check_values(item, linked.compiled, lists));
  const TreeSize size = size_of(linked.compiled.expression, kMostNodes);
  if (size.nodes > kMostNodes || size.depth > kDeepestTree) {
    return Error(ErrorCode::kBadDefinition, "is too large once everything it refers to is put in",
                 "refer to fewer definitions, or say it more directly", item.place);
  }
  linked.version = version(linked, lists);
  return linked;
}

Result<void> Linker::check_except(const Item& item) const {
  if (item.except == nullptr) return {};
  std::vector<std::string> segments;
  for (const Item& other : items_) {
    if (other.kind == ReferenceKind::kSegment) segments.push_back(other.name);
  }
  for (const std::string& name : *item.except) {
    const Item* found = find(name);
    if (found != nullptr && found->kind == ReferenceKind::kSegment) continue;
    std::string hint;
    for (const std::string& near : near_names(name, segments)) {
      hint += fmt::format("{}'{}'", hint.empty() ? "did you mean " : " or ", near);
    }
    if (!hint.empty()) hint += "?";
    return Error(ErrorCode::kBadDefinition,
                 fmt::format("except names '{}', which is no segment", name), hint, item.place);
  }
  return {};
}

Result<void> Linker::check_values(const Item& item, const language::Compiled& compiled,
                                  const std::set<std::string>& lists) const {
  const auto check = [&](const char* kind, const std::string& name) -> Result<void> {
    const auto broken = broken_values_.find(name);
    if (broken == broken_values_.end()) return {};
    return blocked_by(kind, name, broken->second).at(item.place);
  };
  for (const std::string& name : compiled.parameters) REGULARS_TRY(check("parameter", name));
  for (const std::string& name : lists) REGULARS_TRY(check("list", name));
  return {};
}

Result<ExpressionPtr> Linker::resolve(ReferenceKind kind, const std::string& name) {
  Item* item = find(name);
  const bool ours = kind == ReferenceKind::kSegment || kind == ReferenceKind::kFeature;
  if (item == nullptr || !ours) {
    if (base_resolve_) return base_resolve_(kind, name);
    return Error(ErrorCode::kInternal, fmt::format("nothing answers for '{}'", name));
  }
  if (item->state == Item::State::kWaiting) compile(*item);
  Item* asker = running_.empty() ? nullptr : running_.back();
  if (item->state == Item::State::kRunning) return cycle_through(*item);
  if (item->state == Item::State::kFailed) {
    Error error = blocked_by(word_for(item->kind), name, *item->fault);
    if (asker != nullptr && !asker->blocked) asker->blocked = error;
    return error;
  }
  return answer_of(*item);
}

// Every definition of the cycle gets the path as seen from itself.
Error Linker::cycle_through(const Item& again) {
  const auto first = std::find(running_.begin(), running_.end(), &again);
  const std::vector<Item*> members(first, running_.end());
  for (size_t i = 0; i < members.size(); ++i) {
    if (members[i]->cycle) continue;
    std::string path = members[i]->name;
    for (size_t k = 1; k <= members.size(); ++k) {
      path += " -> " + members[(i + k) % members.size()]->name;
    }
    members[i]->cycle = Error(ErrorCode::kBadDefinition, "refers to itself: " + path,
                              "take one of the references out", members[i]->place);
  }
  return *running_.back()->cycle;
}

uint64_t Linker::version(const LinkedDefinition& linked, const std::set<std::string>& lists) const {
  VersionParts parts{
      .text = &linked.text, .compiled = &linked.compiled, .versions = {}, .lists = lists};
  for (const std::string& name : linked.compiled.references) {
    const Item* item = find(name);
    if (item != nullptr) parts.versions[name] = item->linked.version;
  }
  return version_of(parts, scope_);
}

language::Scope Linker::scope_for_others() {
  auto answers = std::make_shared<Answers>();
  for (const Item& item : items_) {
    answers->try_emplace(item.name, item.state == Item::State::kDone
                                        ? Result<ExpressionPtr>(answer_of(item))
                                        : Result<ExpressionPtr>(blocked_by(
                                              word_for(item.kind), item.name, *item.fault)));
  }
  language::Scope scope = scope_;
  scope.resolve = [answers, base = base_resolve_](
                      ReferenceKind kind, const std::string& name) -> Result<ExpressionPtr> {
    const bool ours = kind == ReferenceKind::kSegment || kind == ReferenceKind::kFeature;
    const auto found = answers->find(name);
    if (ours && found != answers->end()) return found->second;
    if (base) return base(kind, name);
    return Error(ErrorCode::kInternal, fmt::format("nothing answers for '{}'", name));
  };
  return scope;
}

}  // namespace regulars::definitions
