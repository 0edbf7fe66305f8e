// What conditions are made of: literals, names, calls, brackets and the forms with words of their
// own.
#include <charconv>

#include "language/parse.h"
#include "language/parser.h"
#include "language/words.h"

namespace regulars::language {
namespace {

// Sets a flag of the parser and puts it back.
class Setting {
 public:
  Setting(bool& flag, bool value) : flag_(flag), before_(flag) { flag_ = value; }
  ~Setting() { flag_ = before_; }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;

 private:
  bool& flag_;
  bool before_;
};

bool is_whole(std::string_view number) { return number.find('.') == std::string_view::npos; }

}  // namespace

Result<NodePtr> Parser::primary() {
  switch (token().kind) {
    case Token::Kind::kNumber:
      return number(false);
    case Token::Kind::kText: {
      const uint32_t from = begin();
      Node result = node(Node::Kind::kText);
      result.text = text_of(token());
      ++at_;
      return finish(std::move(result), from);
    }
    case Token::Kind::kWord:
      return word();
    case Token::Kind::kSymbol:
      if (is("(")) return in_brackets();
      break;
    case Token::Kind::kEnd:
      break;
  }
  return unexpected("a value");
}

Result<NodePtr> Parser::number(bool negative) {
  const uint32_t from = negative ? tokens_[at_ - 1].extent.begin : begin();
  const Token& written = token();
  const std::string digits = (negative ? "-" : "") + std::string(written.source);
  ++at_;
  const std::string_view length = length_unit_of(token().word);
  const bool is_time = unit_of(token().word).has_value();
  if (!negative && is_time) {
    --at_;
    Node result = node(Node::Kind::kTime);
    REGULARS_ASSIGN(result.time, time("an amount of time", 0));
    return finish(std::move(result), from);
  }
  if (is_whole(digits) && (negative || length.empty())) {
    Node result = node(Node::Kind::kInteger);
    const char* end = digits.data() + digits.size();
    if (std::from_chars(digits.data(), end, result.number).ec != std::errc()) {
      return at_token(written, "the number is too large",
                      "whole numbers reach to 9223372036854775807");
    }
    return finish(std::move(result), from);
  }
  Node result = node(Node::Kind::kDecimal);
  const Result<Decimal> decimal = Decimal::parse(digits);
  if (!decimal) {
    return at_token(written, "the number has too many digits",
                    "a decimal has at most 18 digits, 6 of them after the point");
  }
  result.decimal = *decimal;
  if (!negative && !length.empty()) {
    result.kind = Node::Kind::kLength;
    result.text = length;
    ++at_;
  }
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::word() {
  const uint32_t from = begin();
  const std::string& word = token().word;
  if (word == "if") return if_then_else();
  if (word == "true" || word == "false" || word == "unknown") {
    Node result = node(word == "unknown" ? Node::Kind::kUnknown : Node::Kind::kBoolean);
    result.number = word == "true" ? 1 : 0;
    ++at_;
    return finish(std::move(result), from);
  }
  if (is_reserved(word)) return unexpected("a value");
  if (word == "at" && token(1).is("least")) return at_least();
  if (word == "sequence" && token(1).is("(")) return sequence();
  if (word == "top" && token(1).kind == Token::Kind::kNumber) return top();
  if (word == "any" || word == "all") {
    if (token(1).is("item") || token(1).is("items")) return items();
    if (token(1).is("member") || token(1).is("members")) return members();
  }
  if (token(1).is("(")) return call();
  Node result = node(Node::Kind::kName);
  result.text = token().source;
  result.name_extent = token().extent;
  ++at_;
  return finish(std::move(result), from);
}

Result<std::string> Parser::name(const std::string& what) {
  if (token().kind != Token::Kind::kWord || is_reserved(token().word)) return unexpected(what);
  ++at_;
  return std::string(tokens_[at_ - 1].source);
}

// A number, text, name of a parameter, or an amount: what may stand in a list.
Result<NodePtr> Parser::literal_of_list() {
  if (accept("-")) {
    if (token().kind != Token::Kind::kNumber) return unexpected("a number after '-'");
    return number(true);
  }
  const Token::Kind kind = token().kind;
  if (kind == Token::Kind::kNumber || kind == Token::Kind::kText) return primary();
  const bool constant = is("true") || is("false") || is("unknown");
  const bool parameter = kind == Token::Kind::kWord && !is_reserved(token().word);
  if (!constant && !(parameter && !token(1).is("("))) {
    return unexpected("a value: a number, a text or the name of a parameter");
  }
  if (constant) return word();
  const uint32_t from = begin();
  Node result = node(Node::Kind::kName);
  result.text = token().source;
  result.name_extent = token().extent;
  ++at_;
  return finish(std::move(result), from);
}

Result<std::vector<NodePtr>> Parser::literals() {
  const size_t open = at_;
  ++at_;
  std::vector<NodePtr> values;
  do {
    if (token().kind == Token::Kind::kEnd) return open_bracket(open, "a value");
    REGULARS_ASSIGN(NodePtr value, literal_of_list());
    values.push_back(std::move(value));
  } while (accept(","));
  REGULARS_TRY(close(open, After::kList));
  return values;
}

Result<NodePtr> Parser::in_brackets() {
  const Setting outside(in_step_, false);
  const size_t open = at_;
  ++at_;
  REGULARS_ASSIGN(NodePtr inner, rule());
  REGULARS_TRY(close(open, After::kBracket));
  return inner;
}

Result<NodePtr> Parser::if_then_else() {
  const uint32_t from = begin();
  Node result = node(Node::Kind::kIf);
  result.name_extent = token().extent;
  ++at_;
  for (const std::string_view word : {"then", "else", ""}) {
    REGULARS_ASSIGN(NodePtr part, rule());
    result.arguments.push_back(std::move(part));
    if (!word.empty()) {
      REGULARS_TRY(expect(word, "if CONDITION then VALUE else VALUE; 'else unknown' for none"));
    }
  }
  return finish(std::move(result), from);
}

// at least 2 of (a, b, c)
Result<NodePtr> Parser::at_least() {
  const Setting outside(in_step_, false);
  const uint32_t from = begin();
  Node result = node(Node::Kind::kAtLeast);
  result.name_extent = {from, token(1).extent.end};
  at_ += 2;
  REGULARS_ASSIGN(result.number, whole_number("a whole number after 'at least'"));
  REGULARS_TRY(expect("of", "at least 2 of (CONDITION, CONDITION, CONDITION)"));
  const size_t open = at_;
  REGULARS_TRY(expect("(", "at least 2 of (CONDITION, CONDITION, CONDITION)"));
  do {
    REGULARS_ASSIGN(NodePtr part, rule());
    result.arguments.push_back(std::move(part));
  } while (accept(","));
  REGULARS_TRY(close(open, After::kList));
  return finish(std::move(result), from);
}

// any item (category = 'baby')
Result<NodePtr> Parser::items() {
  const uint32_t from = begin();
  Node result = node(Node::Kind::kItems);
  result.text = token().word;
  result.name_extent = {from, token(1).extent.end};
  at_ += 2;
  if (!is("("))
    return unexpected("'(' and a condition on the item", {}, "any item (category = 'baby')");
  REGULARS_ASSIGN(NodePtr inner, in_brackets());
  result.arguments.push_back(std::move(inner));
  return finish(std::move(result), from);
}

// any member of household (age < 18)
Result<NodePtr> Parser::members() {
  const uint32_t from = begin();
  Node result = node(Node::Kind::kMembers);
  result.text = token().word;
  result.name_extent = {from, token(1).extent.end};
  at_ += 2;
  REGULARS_TRY(expect("of", "any member of household (age < 18)"));
  REGULARS_ASSIGN(result.name, name("the name of a group of customers, such as household"));
  if (!is("("))
    return unexpected("'(' and a condition on the member", {},
                      "any member of household (age < 18)");
  REGULARS_ASSIGN(NodePtr inner, in_brackets());
  result.arguments.push_back(std::move(inner));
  return finish(std::move(result), from);
}

// top 5 % by sum(purchase.net) within country
Result<NodePtr> Parser::top() {
  const uint32_t from = begin();
  Node result = node(Node::Kind::kTop);
  result.name_extent = token().extent;
  ++at_;
  const Result<Decimal> many = Decimal::parse(token().source);
  if (!many) {
    return at_token(token(), "the number has too many digits",
                    "a decimal has at most 18 digits, 6 of them after the point");
  }
  result.decimal = *many;
  ++at_;
  result.distinct = accept("%");
  if (!accept("by")) {
    return unexpected(result.distinct ? "'by' and the value to order by"
                                      : "'%', or 'by' and the value to order by",
                      {"by"}, "top 5 % by sum(purchase.net)");
  }
  REGULARS_ASSIGN(NodePtr value, primary());
  result.arguments.push_back(std::move(value));
  if (is("within") && !begins_span(tokens_, at_ + 1)) {
    ++at_;
    REGULARS_ASSIGN(result.among, primary());
  }
  return finish(std::move(result), from);
}

Result<NodePtr> Parser::call() {
  const uint32_t from = begin();
  Node result = node(Node::Kind::kCall);
  result.name_extent = token().extent;
  result.text = call_name(token().source);
  ++at_;
  const size_t open = at_;
  ++at_;
  {
    const Setting outside(in_step_, false);
    result.distinct = accept("distinct");
    if (result.distinct || !is(")")) REGULARS_TRY(arguments(result));
    REGULARS_TRY(close(open, After::kCall));
  }
  REGULARS_TRY(over(result));
  return finish(std::move(result), from);
}

// `where` and `within` may follow any argument, `at least` the last one, with or without a comma.
Result<void> Parser::arguments(Node& node) {
  const bool only_clauses = !node.distinct && (is("where") || is("within"));
  if (only_clauses) {
    REGULARS_TRY(clauses(node));
    if (!at_least_ahead() && !accept(",")) return {};
  }
  while (!at_least_ahead()) {
    REGULARS_ASSIGN(NodePtr argument, rule());
    node.arguments.push_back(std::move(argument));
    REGULARS_TRY(clauses(node));
    if (!at_least_ahead() && !accept(",")) return {};
  }
  if (node.distinct && node.arguments.empty()) return unexpected("a value after 'distinct'");
  at_ += 2;
  if (token().kind != Token::Kind::kNumber) return unexpected("a number after 'at least'");
  const Result<Decimal> least = Decimal::parse(token().source);
  if (!least) return at_token(token(), "the number has too many digits");
  node.at_least = *least;
  ++at_;
  return {};
}

Result<void> Parser::clauses(Node& node) {
  while (is("where") || is("within")) {
    const bool where = is("where");
    NodePtr& part = where ? node.where : node.among;
    if (part != nullptr) {
      return at_token(token(), "a second '" + token().word + "' in one call",
                      where ? "join the conditions with 'and'" : "");
    }
    ++at_;
    REGULARS_ASSIGN(part, rule());
  }
  return {};
}

// sequence(cart_add then not purchase within 2 days) over last 14 days
Result<NodePtr> Parser::sequence() {
  const uint32_t from = begin();
  Node result = node(Node::Kind::kSequence);
  result.name_extent = token().extent;
  ++at_;
  const size_t open = at_;
  ++at_;
  bool next = false;
  do {
    REGULARS_ASSIGN(SequenceStep made, step());
    made.next = next;
    result.steps.push_back(std::move(made));
    if (!accept("then")) break;
    next = accept("next");
  } while (true);
  REGULARS_TRY(close(open, After::kSequence));
  REGULARS_TRY(over(result));
  return finish(std::move(result), from);
}

Result<SequenceStep> Parser::step() {
  SequenceStep result;
  const uint32_t from = begin();
  result.absent = accept("not");
  if (is("next")) {
    return at_token(token(), "'next' stands directly after 'then'", "write 'then next not ...'");
  }
  REGULARS_ASSIGN(result.event, name("an event type, such as purchase"));
  if (accept("as")) {
    REGULARS_ASSIGN(result.alias, name("a name after 'as'"));
    if (!is_plain_name(result.alias)) {
      return at_token(tokens_[at_ - 1], "the name of a step is one word");
    }
  }
  if (accept("where")) {
    const Setting inside(in_step_, true);
    REGULARS_ASSIGN(result.where, rule());
  }
  REGULARS_TRY(limits(result));
  result.extent = {from, tokens_[at_ - 1].extent.end};
  return result;
}

// [within 2 days] [at least 1 hour later]
Result<void> Parser::limits(SequenceStep& step) {
  while (true) {
    if (is("within") && !step.within) {
      ++at_;
      REGULARS_ASSIGN(step.within, time("an amount of time after 'within', such as 2 days"));
    } else if (is("at") && token(1).is("least") && !step.at_least) {
      at_ += 2;
      REGULARS_ASSIGN(step.at_least, time("an amount of time after 'at least', such as 1 hour"));
      REGULARS_TRY(expect("later", "at least 2 days later"));
    } else {
      return {};
    }
  }
}

}  // namespace regulars::language
