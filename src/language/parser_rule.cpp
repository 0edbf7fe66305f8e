// Conditions and arithmetic: from `or` down to the postfix `at`.
#include "language/parse.h"
#include "language/parser.h"
#include "language/words.h"

namespace regulars::language {
namespace {

// Brackets that say nothing leave no trace in the tree, but the parser goes down for them too; a
// printed tree has at most one pair for each of its parts.
constexpr int kMostOpenParts = 2 * kDeepest + 10;

// Counts a part as open while it lives.
class OpenPart {
 public:
  explicit OpenPart(int& count) : count_(count) { ++count_; }
  ~OpenPart() { --count_; }
  OpenPart(const OpenPart&) = delete;
  OpenPart& operator=(const OpenPart&) = delete;
  bool too_deep() const { return count_ > kMostOpenParts; }

 private:
  int& count_;
};

}  // namespace

Result<NodePtr> parse(std::string_view text) {
  REGULARS_ASSIGN(std::vector<Token> tokens, lex(text));
  return Parser(text, std::move(tokens)).whole();
}

Result<NodePtr> Parser::whole() {
  REGULARS_ASSIGN(NodePtr result, rule());
  if (token().kind != Token::Kind::kEnd) return not_the_end(After::kRule);
  return result;
}

Result<NodePtr> Parser::rule() {
  const OpenPart part(open_parts_);
  if (part.too_deep()) return too_deep();
  return either();
}

Result<NodePtr> Parser::either() {
  const uint32_t from = begin();
  REGULARS_ASSIGN(NodePtr first, both());
  if (!is("or")) return first;
  Node result = node(Node::Kind::kOr, first);
  result.name_extent = token().extent;
  while (accept("or")) {
    REGULARS_ASSIGN(NodePtr next, both());
    result.arguments.push_back(std::move(next));
  }
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::both() {
  const uint32_t from = begin();
  REGULARS_ASSIGN(NodePtr first, negation());
  if (!is("and")) return first;
  Node result = node(Node::Kind::kAnd, first);
  result.name_extent = token().extent;
  while (accept("and")) {
    REGULARS_ASSIGN(NodePtr next, negation());
    result.arguments.push_back(std::move(next));
  }
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::negation() {
  const uint32_t from = begin();
  const Extent word = token().extent;
  if (!accept("not")) return comparison();
  const OpenPart part(open_parts_);
  if (part.too_deep()) return too_deep();
  REGULARS_ASSIGN(NodePtr inner, negation());
  Node result = node(Node::Kind::kNot, std::move(inner));
  result.name_extent = word;
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::comparison() {
  REGULARS_ASSIGN(NodePtr left, sum());
  if (token().kind == Token::Kind::kSymbol) return symbol_comparison(std::move(left));
  if (token().kind != Token::Kind::kWord) return left;
  const size_t before = at_;
  const bool negated = accept("not");
  if (is("between")) return between(std::move(left), negated);
  if (is("in")) return in(std::move(left), negated);
  if (is("like") || is("matches") || is("contains") ||
      ((is("starts") || is("ends")) && token(1).is("with"))) {
    return text_comparison(std::move(left), negated);
  }
  if (is("within")) {
    const bool of_step =
        in_step_ && !negated && time_ahead(1) && !token(3).is("after") && !token(3).is("to");
    if (begins_span(tokens_, at_ + 1) && !of_step) return within(std::move(left), negated);
  }
  if (negated) {
    return unexpected(
        "'in', 'between', 'within', 'like', 'matches', 'contains', 'starts with' or "
        "'ends with' after 'not'",
        {"in", "between", "within", "like", "matches", "contains", "starts with", "ends with"});
  }
  if (is("has")) return has(std::move(left));
  if (is("is")) return is(std::move(left));
  at_ = before;
  return left;
}

Result<NodePtr> Parser::symbol_comparison(NodePtr left) {
  if (binding_of(token().word) != Binding::kComparison) return left;
  const uint32_t from = left->extent.begin;
  Node result = node(Node::Kind::kBinary, std::move(left));
  result.text = token().word;
  result.name_extent = token().extent;
  ++at_;
  REGULARS_ASSIGN(NodePtr right, sum());
  result.arguments.push_back(std::move(right));
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::text_comparison(NodePtr left, bool negated) {
  const uint32_t from = left->extent.begin;
  Node result = node(Node::Kind::kBinary, std::move(left));
  result.text = token().word;
  result.negated = negated;
  result.name_extent = token().extent;
  ++at_;
  if (is("with") && (result.text == "starts" || result.text == "ends")) {
    result.text += " with";
    result.name_extent.end = token().extent.end;
    ++at_;
  }
  REGULARS_ASSIGN(NodePtr right, sum());
  result.arguments.push_back(std::move(right));
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::between(NodePtr left, bool negated) {
  const uint32_t from = left->extent.begin;
  Node result = node(Node::Kind::kBetween, std::move(left));
  result.negated = negated;
  result.name_extent = token().extent;
  ++at_;
  REGULARS_ASSIGN(NodePtr low, sum());
  result.arguments.push_back(std::move(low));
  if (!accept("and"))
    return unexpected("'and' and the upper end of 'between'", {"and"}, "between 18 and 35");
  REGULARS_ASSIGN(NodePtr high, sum());
  result.arguments.push_back(std::move(high));
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::in(NodePtr left, bool negated) {
  const uint32_t from = left->extent.begin;
  Node result = node(Node::Kind::kIn, std::move(left));
  result.negated = negated;
  result.name_extent = token().extent;
  ++at_;
  if (is("(")) {
    REGULARS_ASSIGN(std::vector<NodePtr> values, literals());
    result.arguments.insert(result.arguments.end(), values.begin(), values.end());
  } else {
    result.kind = Node::Kind::kInList;
    REGULARS_ASSIGN(result.text, name("'(' and values, or the name of a list, after 'in'"));
  }
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::has(NodePtr left) {
  const uint32_t from = left->extent.begin;
  Node result = node(Node::Kind::kHas, std::move(left));
  result.text = "any";
  result.name_extent = token().extent;
  ++at_;
  if (is("any") || is("all") || is("none")) {
    result.text = token().word;
    ++at_;
  }
  if (is("(")) {
    REGULARS_ASSIGN(std::vector<NodePtr> values, literals());
    result.arguments.insert(result.arguments.end(), values.begin(), values.end());
  } else {
    REGULARS_ASSIGN(NodePtr value, literal_of_list());
    result.arguments.push_back(std::move(value));
  }
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::within(NodePtr left, bool negated) {
  const uint32_t from = left->extent.begin;
  Node result = node(Node::Kind::kWithin, std::move(left));
  result.negated = negated;
  result.name_extent = token().extent;
  ++at_;
  REGULARS_ASSIGN(result.span, span());
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::is(NodePtr left) {
  const uint32_t from = left->extent.begin;
  Node result = node(Node::Kind::kIs, std::move(left));
  result.name_extent = token().extent;
  ++at_;
  result.negated = accept("not");
  const std::string word = token().word;
  if (word != "known" && word != "missing" && word != "true" && word != "false") {
    return unexpected("'known', 'missing', 'true' or 'false' after 'is'",
                      {"known", "missing", "true", "false"});
  }
  result.text = word;
  ++at_;
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::sum() {
  const uint32_t from = begin();
  REGULARS_ASSIGN(NodePtr left, product());
  while (is("+") || is("-")) {
    Node result = node(Node::Kind::kBinary, std::move(left));
    result.text = token().word;
    result.name_extent = token().extent;
    ++at_;
    REGULARS_ASSIGN(NodePtr right, product());
    result.arguments.push_back(std::move(right));
    REGULARS_ASSIGN(left, finish(std::move(result), from));
  }
  return left;
}

Result<NodePtr> Parser::product() {
  const uint32_t from = begin();
  REGULARS_ASSIGN(NodePtr left, unary());
  while (is("*") || is("/")) {
    Node result = node(Node::Kind::kBinary, std::move(left));
    result.text = token().word;
    result.name_extent = token().extent;
    ++at_;
    REGULARS_ASSIGN(NodePtr right, unary());
    result.arguments.push_back(std::move(right));
    REGULARS_ASSIGN(left, finish(std::move(result), from));
  }
  return left;
}

Result<NodePtr> Parser::unary() {
  const uint32_t from = begin();
  const Extent sign = token().extent;
  if (!accept("-")) return postfix();
  const OpenPart part(open_parts_);
  if (part.too_deep()) return too_deep();
  // -5 is a number of its own; - 5 days and - 5 at 90 days ago are negations.
  const bool plain = token().kind == Token::Kind::kNumber && !unit_of(token(1).word) &&
                     length_unit_of(token(1).word).empty() &&
                     (!token(1).is("at") || token(2).is("least"));
  if (plain) {
    REGULARS_ASSIGN(NodePtr literal, number(true));
    return literal;
  }
  REGULARS_ASSIGN(NodePtr inner, unary());
  Node result = node(Node::Kind::kNegate, std::move(inner));
  result.name_extent = sign;
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::postfix() {
  const uint32_t from = begin();
  REGULARS_ASSIGN(NodePtr inner, primary());
  while (is("at") && !token(1).is("least")) {
    Node result = node(Node::Kind::kAt, std::move(inner));
    result.name_extent = token().extent;
    ++at_;
    REGULARS_ASSIGN(result.moment, moment());
    REGULARS_ASSIGN(inner, finish(std::move(result), from));
  }
  return inner;
}

const Token& Parser::token(size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool Parser::accept(std::string_view what) {
  if (!is(what)) return false;
  ++at_;
  return true;
}

bool Parser::at_least_ahead() const {
  if (!is("at") || !token(1).is("least")) return false;
  return !token(3).is("of");
}

Result<void> Parser::expect(std::string_view what, const std::string& form) {
  if (accept(what)) return {};
  return unexpected("'" + std::string(what) + "'", {std::string(what)}, form);
}

Result<void> Parser::close(size_t open, After after) {
  if (accept(")")) return {};
  if (token().kind == Token::Kind::kEnd) return open_bracket(open, "')'");
  return not_the_end(after);
}

Node Parser::node(Node::Kind kind, NodePtr argument) {
  Node result;
  result.kind = kind;
  if (argument != nullptr) result.arguments.push_back(std::move(argument));
  return result;
}

// The extent reaches to the token before this one.
Result<NodePtr> Parser::finish(Node node, uint32_t begin) const {
  node.extent = {begin, tokens_[at_ - 1].extent.end};
  if (depth_of(node) > kDeepest) return too_deep();
  return NodePtr(std::make_shared<const Node>(std::move(node)));
}

}  // namespace regulars::language
