// Tree to text. Brackets stand only where the tree would be another without them.
#include "language/printer.h"

#include <algorithm>

#include "language/lexer.h"
#include "language/parser.h"
#include "language/print.h"
#include "language/words.h"

namespace regulars::language {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    result += c;
    if (c == '\'') result += c;
  }
  return result + '\'';
}

std::string units(const TimeAmount& time) {
  return std::string(name_of(time.unit)) + (time.count == 1 ? "" : "s");
}

std::string written(const TimeAmount& time) {
  return std::to_string(time.count) + ' ' + units(time);
}

bool is_plain_number(const Node& node) {
  return node.kind == Node::Kind::kInteger || node.kind == Node::Kind::kDecimal;
}

// `since` alone depends on what follows.
bool reads_as_span(const std::string& text) {
  const Result<std::vector<Token>> tokens = lex(text);
  return tokens && (begins_span(*tokens, 0) || lower(text) == "since");
}

class Printer {
 public:
  std::string print(const Node& node, Level least) {
    part(node, least);
    return std::move(out_);
  }

 private:
  void part(const Node& node, Level least) {
    const bool swallows = group_follows_ && node.kind == Node::Kind::kTop && node.among == nullptr;
    if (level_of(node) >= least && !swallows) return bare(node);
    in_brackets(node);
  }

  void in_brackets(const Node& node) {
    const bool before = group_follows_;
    group_follows_ = false;
    out_ += '(';
    bare(node);
    out_ += ')';
    group_follows_ = before;
  }

  void bare(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kInteger:
        out_ += std::to_string(node.number);
        break;
      case Node::Kind::kDecimal:
        out_ += node.decimal.to_string();
        break;
      case Node::Kind::kText:
        out_ += quoted(node.text);
        break;
      case Node::Kind::kBoolean:
        out_ += node.number != 0 ? "true" : "false";
        break;
      case Node::Kind::kUnknown:
        out_ += "unknown";
        break;
      case Node::Kind::kTime:
        out_ += written(node.time);
        break;
      case Node::Kind::kLength:
        out_ += node.decimal.to_string() + ' ' + node.text;
        break;
      case Node::Kind::kName:
        out_ += node.text;
        break;
      case Node::Kind::kCall:
      case Node::Kind::kItems:
      case Node::Kind::kMembers:
      case Node::Kind::kSequence:
      case Node::Kind::kTop:
      case Node::Kind::kAtLeast:
        return composed(node);
      default:
        return operation(node);
    }
  }

  void composed(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kCall:
        call(node);
        break;
      case Node::Kind::kItems:
        out_ += node.text + (node.text == "any" ? " item " : " items ");
        in_brackets(*node.arguments[0]);
        break;
      case Node::Kind::kMembers:
        out_ += node.text + (node.text == "any" ? " member of " : " members of ") + node.name + ' ';
        in_brackets(*node.arguments[0]);
        break;
      case Node::Kind::kSequence:
        sequence(node);
        break;
      case Node::Kind::kTop:
        top(node);
        break;
      default:
        out_ += "at least " + std::to_string(node.number) + " of (";
        list(node.arguments, 0, Level::kRule);
        out_ += ')';
    }
  }

  void operation(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kOr:
        joined(node, " or ", Level::kAnd);
        break;
      case Node::Kind::kAnd:
        joined(node, " and ", Level::kNot);
        break;
      case Node::Kind::kNot:
        out_ += "not ";
        part(*node.arguments[0], Level::kNot);
        break;
      case Node::Kind::kIf:
        out_ += "if ";
        part(*node.arguments[0], Level::kRule);
        out_ += " then ";
        part(*node.arguments[1], Level::kRule);
        out_ += " else ";
        part(*node.arguments[2], Level::kRule);
        break;
      case Node::Kind::kNegate:
        out_ += '-';
        part(*node.arguments[0],
             is_plain_number(*node.arguments[0]) ? Level::kNever : Level::kPostfix);
        break;
      case Node::Kind::kAt:
        part(*node.arguments[0], Level::kPostfix);
        out_ += " at ";
        moment(*node.moment);
        break;
      case Node::Kind::kBinary:
        binary(node);
        break;
      default:
        comparison(node);
    }
  }

  void joined(const Node& node, std::string_view word, Level least) {
    for (size_t i = 0; i < node.arguments.size(); ++i) {
      if (i > 0) out_ += word;
      part(*node.arguments[i], least);
    }
  }

  void list(const std::vector<NodePtr>& nodes, size_t first, Level least) {
    const bool before = group_follows_;
    group_follows_ = false;
    for (size_t i = first; i < nodes.size(); ++i) {
      if (i > first) out_ += ", ";
      part(*nodes[i], least);
    }
    group_follows_ = before;
  }

  void binary(const Node& node) {
    Level left = Level::kSum;
    Level right = Level::kSum;
    if (binding_of(node.text) == Binding::kSum) right = Level::kProduct;
    if (binding_of(node.text) == Binding::kProduct) left = Level::kProduct, right = Level::kUnary;
    part(*node.arguments[0], left);
    out_ += (node.negated ? " not " : " ") + node.text + ' ';
    part(*node.arguments[1], right);
  }

  void comparison(const Node& node) {
    part(*node.arguments[0], Level::kSum);
    out_ += node.negated && node.kind != Node::Kind::kIs ? " not " : " ";
    switch (node.kind) {
      case Node::Kind::kBetween:
        out_ += "between ";
        part(*node.arguments[1], Level::kSum);
        out_ += " and ";
        part(*node.arguments[2], Level::kSum);
        break;
      case Node::Kind::kIn:
        out_ += "in (";
        list(node.arguments, 1, Level::kRule);
        out_ += ')';
        break;
      case Node::Kind::kInList:
        out_ += "in " + node.text;
        break;
      case Node::Kind::kHas:
        has(node);
        break;
      case Node::Kind::kWithin:
        out_ += "within ";
        span(*node.span);
        break;
      default:
        out_ += node.negated ? "is not " : "is ";
        out_ += node.text;
    }
  }

  // has 'a', has any ('a', 'b'), has any (name of a parameter)
  void has(const Node& node) {
    const std::string word = node.text == "any" ? lower(node.arguments[1]->text) : "";
    const bool quantity = word == "any" || word == "all" || word == "none";
    const bool one =
        node.arguments.size() == 2 && !(quantity && node.arguments[1]->kind == Node::Kind::kName);
    if (one) {
      out_ += node.text == "any" ? "has " : "has " + node.text + ' ';
      list(node.arguments, 1, Level::kRule);
      return;
    }
    out_ += "has " + node.text + " (";
    list(node.arguments, 1, Level::kRule);
    out_ += ')';
  }

  void call(const Node& node) {
    const bool before = group_follows_;
    out_ += node.text + (node.distinct ? "(distinct " : "(");
    group_follows_ = node.among != nullptr && node.where == nullptr;
    if (!node.arguments.empty()) part(*node.arguments[0], Level::kRule);
    if (node.where != nullptr) {
      group_follows_ = node.among != nullptr;
      out_ += node.arguments.empty() ? "where " : " where ";
      part(*node.where, Level::kRule);
    }
    group_follows_ = false;
    if (node.among != nullptr) {
      out_ += node.arguments.empty() && node.where == nullptr ? "within " : " within ";
      group(*node.among, Level::kRule);
    }
    for (size_t i = 1; i < node.arguments.size(); ++i) {
      out_ += ", ";
      part(*node.arguments[i], Level::kRule);
    }
    if (node.at_least) {
      const bool first = node.arguments.empty() && node.where == nullptr && node.among == nullptr;
      out_ += (first ? "at least " : ", at least ") + node.at_least->to_string();
    }
    out_ += ')';
    group_follows_ = before;
    over(node);
  }

  // What follows `within` and is no span: in brackets when it could be read as one.
  void group(const Node& node, Level least) {
    const size_t begin = out_.size();
    part(node, least);
    if (!reads_as_span(out_.substr(begin))) return;
    out_.insert(begin, 1, '(');
    out_ += ')';
  }

  void over(const Node& node) {
    if (!node.span) return;
    out_ += " over ";
    span(*node.span);
  }

  void top(const Node& node) {
    const bool before = group_follows_;
    group_follows_ = node.among != nullptr;
    out_ += "top " + node.decimal.to_string() + (node.distinct ? " % by " : " by ");
    part(*node.arguments[0], Level::kPrimary);
    group_follows_ = before;
    if (node.among == nullptr) return;
    out_ += " within ";
    group(*node.among, Level::kPrimary);
  }

  void sequence(const Node& node) {
    const bool before = group_follows_;
    group_follows_ = false;
    out_ += "sequence(";
    for (size_t i = 0; i < node.steps.size(); ++i) {
      const SequenceStep& step = node.steps[i];
      if (i > 0) out_ += step.next ? " then next " : " then ";
      out_ += (step.absent ? "not " : "") + step.event;
      if (!step.alias.empty()) out_ += " as " + step.alias;
      if (step.where != nullptr) {
        out_ += " where ";
        part(*step.where, Level::kRule);
      }
      if (step.within) out_ += " within " + written(*step.within);
      if (step.at_least) out_ += " at least " + written(*step.at_least) + " later";
    }
    out_ += ')';
    group_follows_ = before;
    over(node);
  }

  void span(const Span& span) {
    const std::string retail = span.retail ? "retail " : "";
    const std::string period = retail + std::string(name_of(span.amount.unit));
    const std::string count = std::to_string(span.amount.count) + ' ';
    switch (span.kind) {
      case Span::Kind::kLifetime:
        out_ += "lifetime";
        break;
      case Span::Kind::kLast:
        out_ += "last " + written(span.amount);
        break;
      case Span::Kind::kLastCalendar:
        out_ += "last " + count + (span.retail ? retail : "calendar ") + units(span.amount);
        break;
      case Span::Kind::kPast:
        out_ += "past " + count + retail + units(span.amount);
        break;
      case Span::Kind::kThis:
        out_ += "this " + period;
        break;
      case Span::Kind::kPrevious:
        out_ += "last " + period;
        break;
      case Span::Kind::kAgo:
        out_ += span.amount.unit == span.until.unit ? std::to_string(span.amount.count)
                                                    : written(span.amount);
        out_ += " to " + written(span.until) + " ago";
        break;
      case Span::Kind::kBetween:
        out_ += "from " + quoted(span.from) + " to " + quoted(span.to);
        break;
      case Span::Kind::kSince:
        out_ += "since ";
        anchor(span);
        break;
      case Span::Kind::kAfter:
        out_ += written(span.amount) + " after ";
        anchor(span);
        break;
      case Span::Kind::kSession:
        out_ += "last session";
        if (span.amount.count > 0) out_ += " gap " + written(span.amount);
        break;
      case Span::Kind::kNext:
        out_ += "next " + written(span.amount);
        break;
      case Span::Kind::kNextCalendar:
        out_ += "next " + count + "calendar " + units(span.amount);
        break;
    }
    if (span.own_zone) out_ += " in customer zone";
  }

  // A span at the end of the anchor would take what follows for its own; so would a `top`.
  void anchor(const Span& span) {
    const Node& node = *span.anchor;
    const bool open = node.span.has_value() || node.kind == Node::Kind::kTop;
    part(node, open ? Level::kNever : Level::kPrimary);
  }

  void moment(const Moment& moment) {
    switch (moment.kind) {
      case Moment::Kind::kAgo:
        out_ += written(moment.amount) + " ago";
        break;
      case Moment::Kind::kDate:
        out_ += quoted(moment.date);
        break;
      case Moment::Kind::kStartOf:
        out_ += moment.retail ? "start of retail " : "start of ";
        out_ += name_of(moment.amount.unit);
    }
  }

  std::string out_;
  // A group (`within country`) comes after the part being printed; a `top` without one would take
  // it.
  bool group_follows_ = false;
};

}  // namespace

Level level_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kIf:
      return Level::kRule;
    case Node::Kind::kOr:
      return Level::kOr;
    case Node::Kind::kAnd:
      return Level::kAnd;
    case Node::Kind::kNot:
      return Level::kNot;
    case Node::Kind::kBetween:
    case Node::Kind::kIn:
    case Node::Kind::kInList:
    case Node::Kind::kHas:
    case Node::Kind::kWithin:
    case Node::Kind::kIs:
      return Level::kComparison;
    case Node::Kind::kBinary:
      break;
    case Node::Kind::kNegate:
      return Level::kUnary;
    case Node::Kind::kInteger:
      return node.number < 0 ? Level::kUnary : Level::kPrimary;
    case Node::Kind::kDecimal:
      return node.decimal.units < 0 ? Level::kUnary : Level::kPrimary;
    case Node::Kind::kAt:
      return Level::kPostfix;
    default:
      return Level::kPrimary;
  }
  const Binding binding = binding_of(node.text);
  if (binding == Binding::kComparison) return Level::kComparison;
  return binding == Binding::kSum ? Level::kSum : Level::kProduct;
}

std::string print_at(const Node& node, Level least) { return Printer().print(node, least); }

std::string print(const Node& node) { return print_at(node, Level::kRule); }

}  // namespace regulars::language
