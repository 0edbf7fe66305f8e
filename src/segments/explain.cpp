#include "segments/explain.h"

#include <algorithm>
#include <memory>

#include "evaluate/timeline.h"
#include "language/print.h"
#include "segments/explain_words.h"
#include "segments/one_customer.h"

namespace regulars::segments {
namespace {

using language::Node;
using language::NodePtr;

// One part of the rule with what is needed to ask what-if of the whole.
struct Part {
  const Node* node = nullptr;
  Verdict verdict = Verdict::kOpen;
  std::string to_hold, to_cease;  // leaves: what would turn it
  std::vector<Part> parts;
};

Verdict negated(Verdict verdict) {
  if (verdict == Verdict::kOpen) return verdict;
  return verdict == Verdict::kYes ? Verdict::kNo : Verdict::kYes;
}

bool is_joint(const Node& node) {
  return node.kind == Node::Kind::kAnd || node.kind == Node::Kind::kOr ||
         node.kind == Node::Kind::kNot || node.kind == Node::Kind::kAtLeast;
}

Verdict at_least(int64_t wanted, const std::vector<Verdict>& verdicts) {
  const auto yes = std::count(verdicts.begin(), verdicts.end(), Verdict::kYes);
  const auto perhaps = std::count(verdicts.begin(), verdicts.end(), Verdict::kOpen);
  if (yes >= wanted) return Verdict::kYes;
  return yes + perhaps < wanted ? Verdict::kNo : Verdict::kOpen;
}

// The whole's verdict when `turned` were `instead`.
Verdict verdict_with(const Part& part, const Part* turned, Verdict instead) {
  if (&part == turned) return instead;
  if (part.parts.empty()) return part.verdict;
  std::vector<Verdict> verdicts;
  for (const Part& one : part.parts) verdicts.push_back(verdict_with(one, turned, instead));
  switch (part.node->kind) {
    case Node::Kind::kAnd:
      return *std::min_element(verdicts.begin(), verdicts.end());
    case Node::Kind::kOr:
      return *std::max_element(verdicts.begin(), verdicts.end());
    case Node::Kind::kNot:
      return negated(verdicts.front());
    case Node::Kind::kAtLeast:
      return at_least(part.node->number, verdicts);
    default:  // in_segment: unknown is out
      return verdicts.front() == Verdict::kYes ? Verdict::kYes : Verdict::kNo;
  }
}

std::string joint_words(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kAnd:
      return "and";
    case Node::Kind::kOr:
      return "or";
    case Node::Kind::kNot:
      return "not";
    case Node::Kind::kAtLeast:
      return "at least " + std::to_string(node.number) + " of";
    default:
      return "";
  }
}

bool is_amount(const Node& node) {
  return node.kind == Node::Kind::kTime || node.kind == Node::Kind::kLength;
}

// The segment an in_segment(...) part names; empty for any other part.
std::string segment_named(const Node& node) {
  const bool names = node.kind == Node::Kind::kCall && node.text == "in_segment" &&
                     node.arguments.size() == 1 && node.arguments[0]->kind == Node::Kind::kText;
  return names ? node.arguments[0]->text : "";
}

class Explainer {
 public:
  Explainer(const ExplainQuestion& question, const OneCustomer& customer)
      : linked_(*question.linked), as_of_(question.as_of), customer_(customer) {}

  // Explains a node of a rule whose whole text is `text`.
  Result<Part> explain(const NodePtr& node, const std::string& text, ExplainedPart& out) const {
    Part part;
    part.node = node.get();
    out.text = language::print(*node);
    REGULARS_TRY(answer(node, text, part, out));
    out.joint = joint_words(*node);
    if (is_joint(*node)) {
      for (const NodePtr& one : node->arguments) REGULARS_TRY(add(one, text, part, out));
      return part;
    }
    const definitions::LinkedDefinition* other = linked_.segment(segment_named(*node));
    if (other != nullptr) {
      REGULARS_TRY(add(other->tree, other->text, part, out));
      return part;
    }
    REGULARS_TRY(leaf(*node, text, part, out));
    return part;
  }

 private:
  Result<void> add(const NodePtr& node, const std::string& text, Part& part,
                   ExplainedPart& out) const {
    out.parts.emplace_back();
    REGULARS_ASSIGN(Part inner, explain(node, text, out.parts.back()));
    part.parts.push_back(std::move(inner));
    return {};
  }

  Result<evaluate::ExpressionPtr> tree_of(const Node& node, const std::string& text) const {
    REGULARS_ASSIGN(const language::Compiled compiled,
                    language::compile(node, text, linked_.scope()));
    return compiled.expression;
  }

  Result<void> answer(const NodePtr& node, const std::string& text, Part& part,
                      ExplainedPart& out) const {
    REGULARS_ASSIGN(const evaluate::ExpressionPtr tree, tree_of(*node, text));
    evaluate::Trace trace;
    REGULARS_ASSIGN(const evaluate::Value value, customer_.value(tree, as_of_, &trace));
    part.verdict = !value.known ? Verdict::kOpen : value.number != 0 ? Verdict::kYes : Verdict::kNo;
    out.verdict = part.verdict;
    if (!is_joint(*node)) {
      REGULARS_ASSIGN(const language::Compiled compiled,
                      language::compile(*node, text, linked_.scope()));
      customer_.events_behind(trace, compiled.columns, out);
    }
    REGULARS_ASSIGN(out.since, customer_.since(tree, as_of_));
    REGULARS_ASSIGN(out.until, customer_.until(tree, as_of_));
    return {};
  }

  // The value a leaf looks at and what would turn it.
  Result<void> leaf(const Node& node, const std::string& text, Part& part,
                    ExplainedPart& out) const {
    if (node.arguments.empty() || !compares(node) || is_amount(*node.arguments[0])) {
      out.value = part.verdict == Verdict::kOpen  ? "unknown"
                  : part.verdict == Verdict::kYes ? "yes"
                                                  : "no";
      part.to_hold = out.text + " would have to hold";
      part.to_cease = out.text + (part.verdict == Verdict::kYes ? " would have to cease"
                                                                : " would have to be known as no");
      return {};
    }
    Compared compared;
    REGULARS_ASSIGN(const evaluate::ExpressionPtr tree, tree_of(*node.arguments[0], text));
    REGULARS_ASSIGN(compared.value, customer_.value(tree, as_of_, nullptr));
    if (node.kind == Node::Kind::kBinary) {
      REGULARS_ASSIGN(compared.bound, bound(*node.arguments[1], text));
    }
    compared.length_of_time = is_length_of_time(node.arguments[0], text);
    out.value = compared_words(compared.value, compared, customer_.zone());
    const std::string left = language::print(*node.arguments[0]);
    out.compared_with = out.text.starts_with(left) ? out.text.substr(left.size()) : out.text;
    while (out.compared_with.starts_with(' ')) out.compared_with.erase(0, 1);
    part.to_hold = change_words(node, left, compared, true, customer_.zone());
    part.to_cease = change_words(node, left, compared, false, customer_.zone());
    return {};
  }

  // Whether the value counts microseconds: nothing else can be compared with a second.
  bool is_length_of_time(const NodePtr& value, const std::string& text) const {
    auto second = std::make_shared<Node>();
    second->kind = Node::Kind::kTime;
    second->time = {1, language::Unit::kSecond};
    Node comparison;
    comparison.kind = Node::Kind::kBinary;
    comparison.text = "=";
    comparison.arguments = {value, std::move(second)};
    return tree_of(comparison, text).ok();
  }

  // Amounts (30 days, 5 km) mean nothing without what they are compared with.
  Result<std::optional<evaluate::Value>> bound(const Node& node, const std::string& text) const {
    if (is_amount(node)) {
      return std::optional<evaluate::Value>();
    }
    if (node.kind == Node::Kind::kText) {
      return std::optional(evaluate::Value{ValueType::kText, true, 0, 0, 0, node.text});
    }
    REGULARS_ASSIGN(const evaluate::ExpressionPtr tree, tree_of(node, text));
    REGULARS_ASSIGN(evaluate::Value value, customer_.value(tree, as_of_, nullptr));
    return std::optional(std::move(value));
  }

  const definitions::Linked& linked_;
  Instant as_of_;
  const OneCustomer& customer_;
};

// `negated`: an odd number of `not` stands around the part.
void collect_changes(const Part& whole, const Part& part, bool negated,
                     std::vector<SingleChange>& changes) {
  const bool in = whole.verdict == Verdict::kYes;
  for (const Verdict instead : {Verdict::kNo, Verdict::kYes}) {
    const bool then = verdict_with(whole, &part, instead) == Verdict::kYes;
    if (!part.parts.empty() || instead == part.verdict || then == in) continue;
    changes.push_back(
        {language::print(*part.node), (instead == Verdict::kYes ? part.to_hold : part.to_cease) +
                                          (negated ? "; the rule negates it" : "")});
    return;
  }
  const bool turns = part.node->kind == Node::Kind::kNot;
  for (const Part& one : part.parts) collect_changes(whole, one, negated != turns, changes);
}

}  // namespace

Result<Explanation> explain(const Asking& asking, const ExplainQuestion& question) {
  Explanation explanation;
  explanation.segment = question.segment;
  explanation.customer = asking.history->customer_id(question.customer);
  explanation.as_of = question.as_of;
  explanation.known = known_at(*asking.history, question.customer, question.as_of);
  if (!explanation.known) return explanation;
  REGULARS_ASSIGN(const language::Compiled compiled,
                  language::compile_rule(*question.tree, question.text, question.linked->scope()));
  REGULARS_ASSIGN(
      const OneCustomer customer,
      OneCustomer::make(asking, question.customer, compiled.expression, question.as_of));
  REGULARS_ASSIGN(const BoundTrees now,
                  bound_over(asking, {compiled.expression}, {question.as_of, question.as_of}));
  explanation.snapshot = now.snapshot;
  const Explainer explainer(question, customer);
  REGULARS_ASSIGN(const Part whole,
                  explainer.explain(question.tree, question.text, explanation.rule));
  collect_changes(whole, whole, false, explanation.changes);
  return explanation;
}

}  // namespace regulars::segments
