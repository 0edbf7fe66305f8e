#include "random_rule.h"

#include <array>

#include "random_shop.h"

namespace regulars::rules {
namespace {

using language::Node;
using language::NodePtr;
using language::Span;
using language::TimeAmount;
using language::Unit;
using Kind = Node::Kind;

template <class T>
const T& pick(Random& random, const std::vector<T>& all) {
  return all[static_cast<size_t>(random.below(static_cast<int64_t>(all.size())))];
}
template <size_t N>
const char* pick(Random& random, const std::array<const char*, N>& all) {
  return all[static_cast<size_t>(random.below(static_cast<int64_t>(N)))];
}

bool is_comparison(const Node& node) {
  return node.kind == Kind::kBinary &&
         (node.text == "=" || node.text == "!=" || node.text[0] == '<' || node.text[0] == '>');
}

std::string random_date(Random& random) {
  static constexpr std::array kDates = {"2025-06-30", "2025-06-01", "2025-01-01", "2024-02-29",
                                        "2025-03-30", "2025-07-15", "2024-12-31", "2025-05-31"};
  return pick(random, kDates);
}

bool is_date(const std::string& text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-';
}

TimeAmount random_amount(Random& random, Unit unit) {
  static constexpr std::array<Unit, 6> kUnits = {Unit::kHour,  Unit::kDay,     Unit::kWeek,
                                                 Unit::kMonth, Unit::kQuarter, Unit::kYear};
  if (random.chance(0.4)) unit = kUnits[static_cast<size_t>(random.below(kUnits.size()))];
  const bool short_one = unit <= Unit::kHour;
  const int64_t most = unit == Unit::kDay ? 120 : short_one ? 72 : unit == Unit::kWeek ? 20 : 4;
  return {1 + random.below(most), unit};
}

void alter_span(Random& random, Span& span) {
  if (random.chance(0.15)) span.own_zone = !span.own_zone;
  if (random.chance(0.2)) span.retail = !span.retail;
  if (random.chance(0.3)) {
    static constexpr std::array<Span::Kind, 6> kKinds = {
        Span::Kind::kLifetime, Span::Kind::kLast, Span::Kind::kLastCalendar,
        Span::Kind::kPast,     Span::Kind::kThis, Span::Kind::kPrevious};
    span.kind = kKinds[static_cast<size_t>(random.below(kKinds.size()))];
  }
  span.amount = random_amount(random, span.amount.unit);
  if (span.kind == Span::Kind::kAgo) {
    span.until = {random.below(30), span.amount.unit};
    span.amount.count += span.until.count;
  }
  if (span.kind == Span::Kind::kBetween) {
    span.from = random_date(random);
    span.to = random.chance(0.5) ? "2025-07-20" : random_date(random);
  }
}

void alter_number(Random& random, int64_t& number) {
  const int64_t form = random.below(4);
  if (form == 0) number += random.below(3) - 1;
  if (form == 1) number = random.below(6);
  if (form == 2) number = number * 2 + random.below(2);
  if (form == 3) number = number / 2;
}

void alter_step(Random& random, language::SequenceStep& step, bool first) {
  if (!first && random.chance(0.3)) step.absent = !step.absent;
  if (!first && random.chance(0.2)) step.next = !step.next;
  if (!first && random.chance(0.4)) step.within = random_amount(random, Unit::kDay);
  if (!first && random.chance(0.2)) step.at_least = TimeAmount{1 + random.below(20), Unit::kHour};
  if (random.chance(0.3)) step.where = nullptr;
}

// What a node says itself.
void alter_self(Random& random, Node& node) {
  static constexpr std::array kComparisons = {"=", "!=", "<", "<=", ">", ">="};
  static constexpr std::array kArithmetic = {"+", "-", "*", "/"};
  static constexpr std::array kTexts = {"like", "contains", "starts with", "ends with", "matches"};
  static constexpr std::array kQuantities = {"any", "all", "none"};
  switch (node.kind) {
    case Kind::kInteger:
      return alter_number(random, node.number);
    case Kind::kAtLeast:
      node.number = random.below(static_cast<int64_t>(node.arguments.size()) + 2);
      return;
    case Kind::kDecimal:
      return alter_number(random, node.decimal.units);
    case Kind::kText:
      node.text = is_date(node.text) ? random_date(random) : random_word(random);
      return;
    case Kind::kBoolean:
      node.number = 1 - node.number;
      return;
    case Kind::kTime:
      node.time = random_amount(random, node.time.unit);
      return;
    case Kind::kBinary:
      if (is_comparison(node)) {
        node.text = pick(random, kComparisons);
      } else if (node.text.size() == 1) {
        node.text = pick(random, kArithmetic);
      } else if (random.chance(0.5)) {
        node.text = pick(random, kTexts);
      } else {
        node.negated = !node.negated;
      }
      return;
    case Kind::kHas:
      node.text = pick(random, kQuantities);
      return;
    case Kind::kItems:
    case Kind::kMembers:
      node.text = node.text == "any" ? "all" : "any";
      return;
    case Kind::kTop:
      node.distinct = !node.distinct;
      node.decimal = Decimal{1 + random.below(node.distinct ? 90 : 4), 0};
      return;
    case Kind::kIs: {
      static constexpr std::array kStates = {"known", "missing", "true", "false"};
      node.text = pick(random, kStates);
      return;
    }
    case Kind::kBetween:
    case Kind::kIn:
    case Kind::kInList:
    case Kind::kWithin:
      node.negated = !node.negated;
      return;
    case Kind::kAt:
      node.moment->amount = random_amount(random, node.moment->amount.unit);
      if (!node.moment->date.empty()) node.moment->date = random_date(random);
      return;
    case Kind::kSequence: {
      const size_t step =
          static_cast<size_t>(random.below(static_cast<int64_t>(node.steps.size())));
      return alter_step(random, node.steps[step], step == 0);
    }
    case Kind::kCall:
      if (random.chance(0.3)) node.distinct = !node.distinct;
      return;
    default:
      return;
  }
}

NodePtr made(Kind kind, std::vector<NodePtr> arguments) {
  Node node;
  node.kind = kind;
  node.arguments = std::move(arguments);
  return std::make_shared<const Node>(std::move(node));
}

size_t parts_of(const NodePtr& tree) {
  Node copy = *tree;
  size_t count = 1;
  for_each_part(copy, [&](NodePtr& part, bool) { count += parts_of(part); });
  return count;
}

// The tree with its `place`-th part, counted from the root, exchanged.
NodePtr exchanged(const NodePtr& tree, size_t& place, bool inside,
                  const std::function<NodePtr(const NodePtr&, bool)>& exchange) {
  if (place-- == 0) return exchange(tree, inside);
  Node copy = *tree;
  bool done = false;
  for_each_part(copy, [&](NodePtr& part, bool where) {
    if (done) return;
    const size_t parts = parts_of(part);
    if (place >= parts) {
      place -= parts;
      return;
    }
    part = exchanged(part, place, inside || where, exchange);
    done = true;
  });
  return std::make_shared<const Node>(std::move(copy));
}

}  // namespace

void for_each_part(Node& node, const VisitPart& visit) {
  for (NodePtr& argument : node.arguments) visit(argument, node.kind == Kind::kItems);
  if (node.where) visit(node.where, true);
  if (node.among) visit(node.among, true);
  if (node.span && node.span->anchor) visit(node.span->anchor, false);
  for (language::SequenceStep& step : node.steps) {
    if (step.where) visit(step.where, true);
  }
}

void RuleMaker::learn(const NodePtr& tree) {
  const std::function<void(const NodePtr&, bool)> add = [&](const NodePtr& part, bool inside) {
    (inside ? inside_ : outside_).push_back(part);
    if (part->span) spans_.push_back(*part->span);
    Node copy = *part;
    for_each_part(copy, [&](NodePtr& one, bool where) { add(one, inside || where); });
  };
  add(tree, false);
}

void RuleMaker::alter(Random& random, Node& node, bool inside) const {
  const std::vector<NodePtr>& parts = inside ? inside_ : outside_;
  if (node.span && random.chance(0.5)) {
    if (random.chance(0.5)) {
      node.span = pick(random, spans_);
    } else {
      alter_span(random, *node.span);
    }
    return;
  }
  if (node.kind == Kind::kCall && random.chance(0.3)) {
    if (node.where && random.chance(0.3)) {
      node.where = nullptr;
    } else if (node.where && random.chance(0.5)) {
      node.where = combined(random, {node.where, pick(random, inside_)});
    } else {
      node.where = pick(random, inside_);
    }
    return;
  }
  if (!node.span && node.kind == Kind::kCall && random.chance(0.2)) {
    node.span = pick(random, spans_);
    return;
  }
  if (random.chance(0.35)) {
    node = *pick(random, parts);
  } else {
    alter_self(random, node);
  }
}

NodePtr RuleMaker::alter_one(Random& random, const NodePtr& tree) const {
  size_t place = static_cast<size_t>(random.below(static_cast<int64_t>(parts_of(tree))));
  return exchanged(tree, place, false, [&](const NodePtr& part, bool inside) {
    Node copy = *part;
    alter(random, copy, inside);
    return std::make_shared<const Node>(std::move(copy));
  });
}

NodePtr RuleMaker::altered(Random& random, const NodePtr& tree) const {
  NodePtr result = tree;
  for (int64_t changes = random.below(5); changes > 0; --changes) {
    result = alter_one(random, result);
  }
  return result;
}

NodePtr RuleMaker::combined(Random& random, const std::vector<NodePtr>& rules) {
  switch (random.below(5)) {
    case 0:
      return made(Kind::kOr, rules);
    case 1:
      return made(Kind::kNot, {made(Kind::kAnd, rules)});
    case 2:
      return made(Kind::kOr, {rules[0], made(Kind::kNot, {rules.back()})});
    case 3: {
      Node node;
      node.kind = Kind::kAtLeast;
      node.number = 1 + random.below(static_cast<int64_t>(rules.size()));
      node.arguments = rules;
      return std::make_shared<const Node>(std::move(node));
    }
    default:
      return made(Kind::kAnd, rules);
  }
}

}  // namespace regulars::rules
