#include "used_rows.h"

#include "language/functions.h"

namespace regulars::evaluate {
namespace {

using language::Node;
using language::Span;

const char* row_of(Span::Kind kind) {
  switch (kind) {
    case Span::Kind::kLifetime:
      return "over lifetime";
    case Span::Kind::kLast:
      return "over last";
    case Span::Kind::kLastCalendar:
      return "over last calendar";
    case Span::Kind::kPast:
      return "over past";
    case Span::Kind::kThis:
      return "over this";
    case Span::Kind::kPrevious:
      return "over last period";
    case Span::Kind::kAgo:
      return "ago";
    case Span::Kind::kBetween:
      return "from to";
    case Span::Kind::kSince:
      return "since";
    case Span::Kind::kAfter:
      return "after";
    case Span::Kind::kSession:
      return "session";
    default:
      return "within next";
  }
}

// Of the forms that have a syntax of their own; calls and names have their own text.
std::string row_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNegate:
      return "-";
    case Node::Kind::kBetween:
      return "between";
    case Node::Kind::kIn:
    case Node::Kind::kInList:
      return "in";
    case Node::Kind::kHas:
      return "has";
    case Node::Kind::kIs:
      return "is known";
    case Node::Kind::kAnd:
      return "and";
    case Node::Kind::kOr:
      return "or";
    case Node::Kind::kNot:
      return "not";
    case Node::Kind::kIf:
      return "if";
    case Node::Kind::kAtLeast:
      return "at least";
    case Node::Kind::kItems:
      return "any item";
    case Node::Kind::kMembers:
      return "any member";
    case Node::Kind::kSequence:
      return "sequence";
    case Node::Kind::kTop:
      return "top";
    case Node::Kind::kAt:
      return "at moment";
    default:
      return node.text;
  }
}

class Walk {
 public:
  Walk(const language::Scope& scope, std::set<std::string>& used) : scope_(scope), used_(used) {}

  void node(const Node& node) {
    used_.insert(row_of(node));
    const size_t point = node.text.rfind('.');
    const std::string head = node.text.substr(0, point);
    if (point != std::string::npos && scope_.facts.unit(head) != nullptr) {
      const std::string last = node.text.substr(point + 1);
      const bool own = last == "size" || last == "members";
      used_.insert(own ? "UNIT." + last : "UNIT.FUNCTION");
    }
    if (head == "customer") used_.insert("customer");
    const auto reference = scope_.references.find(node.text);
    if (node.kind == Node::Kind::kName && reference != scope_.references.end()) {
      used_.insert(reference->second == language::ReferenceKind::kFeature ? "feature"
                                                                          : "segmentation");
    }
    for (const auto* part : {&node.where, &node.among}) {
      if (*part) this->node(**part);
    }
    for (const language::NodePtr& argument : node.arguments) this->node(*argument);
    if (node.span) span(*node.span);
    for (const language::SequenceStep& step : node.steps) {
      if (step.where) this->node(*step.where);
    }
  }

 private:
  void span(const Span& span) {
    used_.insert(row_of(span.kind));
    if (span.own_zone) used_.insert("in customer zone");
    if (span.anchor) node(*span.anchor);
  }

  const language::Scope& scope_;
  std::set<std::string>& used_;
};

}  // namespace

void note_used_rows(const Node& tree, const language::Compiled& compiled,
                    const language::Scope& scope, std::set<std::string>& used) {
  Walk(scope, used).node(tree);
  if (!compiled.parameters.empty()) used.insert("parameter");
}

}  // namespace regulars::evaluate
