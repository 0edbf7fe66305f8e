#include "random_tree.h"

#include <array>
#include <limits>

namespace regulars::language {
namespace {

// Names that are words of the language elsewhere, too.
constexpr std::array<const char*, 44> kNames = {"last",
                                                "at",
                                                "item",
                                                "any",
                                                "all",
                                                "top",
                                                "member",
                                                "session",
                                                "lifetime",
                                                "since",
                                                "from",
                                                "by",
                                                "of",
                                                "gap",
                                                "ago",
                                                "starts",
                                                "ends",
                                                "with",
                                                "known",
                                                "day",
                                                "m",
                                                "km",
                                                "to",
                                                "calendar",
                                                "customer",
                                                "zone",
                                                "retail",
                                                "least",
                                                "start",
                                                "past",
                                                "this",
                                                "missing",
                                                "purchase",
                                                "item.category",
                                                "purchase.net",
                                                "a.or",
                                                "größe",
                                                "x1",
                                                "_",
                                                "名前",
                                                "later",
                                                "Country",
                                                "month",
                                                "none"};
constexpr std::array<const char*, 12> kCalls = {"count",         "last",  "any",   "at",
                                                "top",           "store", "month", "ß",
                                                "household.sum", "next",  "x.y.z", "within_reach"};
constexpr std::array<const char*, 10> kTexts = {
    "web",        "",    "it's", "''", "-- no comment", "größe", "a\tb", "日本\xF0\x9F\x8D\xA3",
    "2025-01-31", "%_\\"};
constexpr std::array<const char*, 15> kOperators = {
    "=",        "!=",          "<",         "<=", ">", ">=", "like", "matches",
    "contains", "starts with", "ends with", "+",  "-", "*",  "/"};
constexpr std::array<const char*, 4> kStates = {"known", "missing", "true", "false"};
constexpr std::array<const char*, 3> kLengths = {"m", "km", "miles"};
constexpr std::array<const char*, 3> kQuantities = {"any", "all", "none"};

using Kind = Node::Kind;

class Maker {
 public:
  Maker(Random& random, int parts) : random_(random), parts_(parts) {}

  NodePtr part() {
    if (--parts_ <= 0) return literal(true);
    Node node;
    node.kind = static_cast<Kind>(random_.below(static_cast<int64_t>(Kind::kAt) + 1));
    switch (node.kind) {
      case Kind::kInteger:
      case Kind::kDecimal:
      case Kind::kText:
      case Kind::kBoolean:
      case Kind::kUnknown:
      case Kind::kTime:
      case Kind::kLength:
      case Kind::kName:
        return literal(true);
      case Kind::kCall:
        call(node);
        break;
      case Kind::kBinary:
        node.text = pick(kOperators);
        node.negated = node.text[0] >= 'a' && random_.chance(0.3);
        parts(node, 2);
        break;
      case Kind::kBetween:
        node.negated = random_.chance(0.3);
        parts(node, 3);
        break;
      case Kind::kIn:
      case Kind::kHas:
        members_of_list(node);
        break;
      case Kind::kAnd:
      case Kind::kOr:
        parts(node, 2 + random_.below(3));
        break;
      case Kind::kIf:
        parts(node, 3);
        break;
      case Kind::kAtLeast:
        node.number = 1 + random_.below(5);
        parts(node, 1 + random_.below(4));
        break;
      case Kind::kSequence:
        sequence(node);
        break;
      default:
        with_one(node);
    }
    return std::make_shared<const Node>(std::move(node));
  }

 private:
  template <size_t N>
  const char* pick(const std::array<const char*, N>& values) {
    return values[static_cast<size_t>(random_.below(static_cast<int64_t>(N)))];
  }

  void parts(Node& node, int64_t count) {
    for (int64_t i = 0; i < count; ++i) node.arguments.push_back(part());
  }

  void with_one(Node& node) {
    parts(node, 1);
    switch (node.kind) {
      case Kind::kInList:
        node.text = pick(kNames);
        node.negated = random_.chance(0.3);
        break;
      case Kind::kWithin:
        node.span = span();
        node.negated = random_.chance(0.3);
        break;
      case Kind::kIs:
        node.text = pick(kStates);
        node.negated = random_.chance(0.3);
        break;
      case Kind::kItems:
        node.text = random_.chance(0.5) ? "any" : "all";
        break;
      case Kind::kMembers:
        node.text = random_.chance(0.5) ? "any" : "all";
        node.name = pick(kNames);
        break;
      case Kind::kTop:
        node.decimal = decimal(random_.below(3));
        node.distinct = random_.chance(0.4);
        if (random_.chance(0.5)) node.among = part();
        break;
      case Kind::kAt:
        node.moment = moment();
        break;
      default:
        break;  // kNegate, kNot
    }
  }

  void members_of_list(Node& node) {
    parts(node, 1);
    node.negated = node.kind == Kind::kIn && random_.chance(0.3);
    if (node.kind == Kind::kHas) node.text = pick(kQuantities);
    const int64_t count = 1 + random_.below(3);
    for (int64_t i = 0; i < count; ++i) node.arguments.push_back(literal(true));
  }

  Decimal decimal(int64_t scale) {
    const int64_t limit = random_.chance(0.1) ? std::numeric_limits<int64_t>::max() : 100'000;
    return {random_.below(limit), static_cast<int>(scale)};
  }

  NodePtr literal(bool may_be_negative) {
    Node node;
    node.kind = static_cast<Kind>(random_.below(static_cast<int64_t>(Kind::kName) + 1));
    const bool negative = may_be_negative && random_.chance(0.3);
    switch (node.kind) {
      case Kind::kInteger:
        node.number =
            random_.chance(0.9) ? random_.below(1000) : std::numeric_limits<int64_t>::max();
        if (negative) node.number = random_.chance(0.1) ? INT64_MIN : -node.number;
        break;
      case Kind::kDecimal:
        node.decimal = decimal(1 + random_.below(kMaxScale));
        if (negative) node.decimal.units = -node.decimal.units;
        break;
      case Kind::kText:
        node.text = pick(kTexts);
        break;
      case Kind::kBoolean:
        node.number = random_.below(2);
        break;
      case Kind::kTime:
        node.time = time();
        break;
      case Kind::kLength:
        node.decimal = decimal(random_.below(kMaxScale + 1));
        node.text = pick(kLengths);
        break;
      case Kind::kName:
        node.text = pick(kNames);
        break;
      default:
        break;
    }
    return std::make_shared<const Node>(std::move(node));
  }

  Unit unit() { return static_cast<Unit>(random_.below(8)); }

  TimeAmount time() { return {1 + random_.below(400), unit()}; }

  Span span() {
    Span span;
    span.kind =
        static_cast<Span::Kind>(random_.below(static_cast<int64_t>(Span::Kind::kNextCalendar) + 1));
    span.own_zone = random_.chance(0.2);
    switch (span.kind) {
      case Span::Kind::kLifetime:
        break;
      case Span::Kind::kThis:
      case Span::Kind::kPrevious:
        span.amount.unit = unit();
        span.retail = random_.chance(0.3);
        break;
      case Span::Kind::kLastCalendar:
      case Span::Kind::kPast:
        span.retail = random_.chance(0.3);
        span.amount = time();
        break;
      case Span::Kind::kBetween:
        span.from = pick(kTexts);
        span.to = pick(kTexts);
        break;
      case Span::Kind::kSession:
        if (random_.chance(0.5)) span.amount = time();
        break;
      default:
        span.amount = time();
        if (span.kind == Span::Kind::kSince) span.amount = {};
        if (span.kind == Span::Kind::kAgo) span.until = {random_.below(100), unit()};
        if (span.kind == Span::Kind::kSince || span.kind == Span::Kind::kAfter) {
          span.anchor = part();
        }
    }
    return span;
  }

  Moment moment() {
    Moment moment;
    moment.kind = static_cast<Moment::Kind>(random_.below(3));
    if (moment.kind == Moment::Kind::kAgo) moment.amount = time();
    if (moment.kind == Moment::Kind::kDate) moment.date = pick(kTexts);
    if (moment.kind == Moment::Kind::kStartOf) {
      moment.amount.unit = unit();
      moment.retail = random_.chance(0.3);
    }
    return moment;
  }

  void call(Node& node) {
    node.text = pick(kCalls);
    parts(node, random_.below(4));
    node.distinct = !node.arguments.empty() && random_.chance(0.2);
    if (random_.chance(0.4)) node.where = part();
    if (random_.chance(0.3)) node.among = part();
    if (random_.chance(0.2)) node.at_least = decimal(random_.below(3));
    if (random_.chance(0.5)) node.span = span();
  }

  void sequence(Node& node) {
    const int64_t count = 1 + random_.below(4);
    for (int64_t i = 0; i < count; ++i) {
      SequenceStep step;
      step.event = pick(kNames);
      step.next = i > 0 && random_.chance(0.3);
      step.absent = random_.chance(0.3);
      if (random_.chance(0.3)) step.alias = "a" + std::to_string(i);
      if (random_.chance(0.5)) step.where = part();
      if (random_.chance(0.4)) step.within = time();
      if (random_.chance(0.3)) step.at_least = time();
      node.steps.push_back(std::move(step));
    }
    if (random_.chance(0.5)) node.span = span();
  }

  Random& random_;
  int parts_;
};

void collect(const NodePtr& tree, std::vector<NodePtr>& found) {
  if (tree == nullptr) return;
  for (const NodePtr& argument : tree->arguments) collect(argument, found);
  collect(tree->where, found);
  collect(tree->among, found);
  if (tree->span) collect(tree->span->anchor, found);
  for (const SequenceStep& step : tree->steps) collect(step.where, found);
  found.push_back(tree);
}

}  // namespace

NodePtr random_tree(Random& random, int parts) { return Maker(random, parts).part(); }

std::vector<NodePtr> trees_of(const NodePtr& tree) {
  std::vector<NodePtr> found;
  collect(tree, found);
  return found;
}

}  // namespace regulars::language
