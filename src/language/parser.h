// The parser: one function per rule of the grammar (syntax.h), over the tokens of one text. Its
// functions are spread over parser_rule.cpp, parser_call.cpp, parser_span.cpp and
// syntax_errors.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/lexer.h"
#include "language/syntax.h"

namespace regulars::language {

// Whether a span begins at tokens[at]; otherwise what follows `within` is a condition or a group.
bool begins_span(const std::vector<Token>& tokens, size_t at);

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens)
      : text_(text), tokens_(std::move(tokens)) {}

  Result<NodePtr> whole();

 private:
  // What to say when something else stands here.
  enum class After { kRule, kCall, kList, kBracket, kSequence, kNothing };

  // parser_rule.cpp, loosest first.
  Result<NodePtr> rule();
  Result<NodePtr> either();
  Result<NodePtr> both();
  Result<NodePtr> negation();
  Result<NodePtr> comparison();
  Result<NodePtr> symbol_comparison(NodePtr left);
  Result<NodePtr> text_comparison(NodePtr left, bool negated);
  Result<NodePtr> between(NodePtr left, bool negated);
  Result<NodePtr> in(NodePtr left, bool negated);
  Result<NodePtr> has(NodePtr left);
  Result<NodePtr> within(NodePtr left, bool negated);
  Result<NodePtr> is(NodePtr left);
  Result<NodePtr> sum();
  Result<NodePtr> product();
  Result<NodePtr> unary();
  Result<NodePtr> postfix();
  Result<NodePtr> primary();

  // parser_call.cpp
  Result<NodePtr> literal_of_list();
  Result<std::vector<NodePtr>> literals();
  Result<NodePtr> number(bool negative);
  Result<NodePtr> word();
  Result<NodePtr> in_brackets();
  Result<NodePtr> if_then_else();
  Result<NodePtr> at_least();
  Result<NodePtr> items();
  Result<NodePtr> members();
  Result<NodePtr> top();
  Result<NodePtr> call();
  Result<void> arguments(Node& node);
  Result<void> clauses(Node& node);
  Result<NodePtr> sequence();
  Result<SequenceStep> step();
  Result<void> limits(SequenceStep& step);
  Result<std::string> name(const std::string& what);

  // parser_span.cpp
  Result<Span> span();
  Result<void> span_words(Span& span);
  Result<void> last(Span& span);
  Result<void> past(Span& span);
  Result<void> next(Span& span);
  Result<void> between_days(Span& span);
  Result<void> session(Span& span);
  Result<void> numbers(Span& span);
  Result<void> over(Node& node);
  Result<Moment> moment();
  Result<TimeAmount> time(const std::string& what, int64_t least = 1);
  Result<int64_t> whole_number(const std::string& what, int64_t least = 1);
  Result<Unit> unit();
  Result<void> retail_unit(Span& span);
  bool time_ahead(size_t ahead) const;  // number and unit

  // Tokens.
  const Token& token(size_t ahead = 0) const;
  bool is(std::string_view what) const { return token().is(what); }
  bool accept(std::string_view what);
  bool at_least_ahead() const;  // the clause, not `at least 2 of`
  Result<void> expect(std::string_view what, const std::string& form);
  Result<void> close(size_t open, After after);
  uint32_t begin() const { return token().extent.begin; }
  static Node node(Node::Kind kind, NodePtr argument = nullptr);
  Result<NodePtr> finish(Node node, uint32_t begin) const;

  // syntax_errors.cpp
  Error unexpected(const std::string& expected, const std::vector<std::string>& near = {},
                   const std::string& form = {}) const;
  Error not_the_end(After after) const;
  Error open_bracket(size_t open, const std::string& expected) const;
  Error at_token(const Token& token, std::string message, const std::string& hint = {}) const;
  Error too_deep() const;
  std::string innermost_open() const;
  std::string advice() const;
  std::string advice_on_word() const;
  std::string advice_on_symbol() const;

  std::string_view text_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  int open_parts_ = 0;
  // In the condition of a step of a sequence, outside brackets: `within 2 days` is the step's.
  bool in_step_ = false;
};

}  // namespace regulars::language
