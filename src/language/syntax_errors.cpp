// What the parser says when a text is no rule: what was expected, what stands there, and what to
// write instead where a slip is common.
#include <algorithm>
#include <cstdlib>

#include "base/near_names.h"
#include "language/parse.h"
#include "language/parser.h"
#include "language/words.h"

namespace regulars::language {
namespace {

// Words that may follow a value.
const std::vector<std::string>& words_after_value() {
  static const std::vector<std::string> words = {
      "and",       "or",  "between", "in", "not",  "like", "matches", "contains", "starts with",
      "ends with", "has", "within",  "is", "over", "at",   "where",   "then",     "else"};
  return words;
}

std::string found(const Token& token) {
  switch (token.kind) {
    case Token::Kind::kEnd:
      return "the end";
    case Token::Kind::kText:
      return "the text " + std::string(token.source);
    case Token::Kind::kNumber:
      return std::string(token.source);
    case Token::Kind::kWord:
    case Token::Kind::kSymbol:
      break;
  }
  return "'" + std::string(token.source) + "'";
}

// The word of the language that was probably meant; empty when none is near. A keyword inside a
// long word, such as `or` in `store`, is no misspelling.
std::string near_word(const std::string& written, const std::vector<std::string>& words) {
  for (const std::string& name : near_names(written, words)) {
    if (name == written) continue;
    const auto longer = static_cast<int>(std::max(name.size(), written.size()));
    const auto shorter = static_cast<int>(std::min(name.size(), written.size()));
    if (longer - shorter <= (shorter <= 3 ? 1 : 2)) return name;
  }
  return {};
}

// "the '(' at character 6", with its line when that is another than the error's.
std::string bracket_at(std::string_view text, Extent bracket, Extent error) {
  const Place place = error_at(text, bracket, "").place();
  std::string where = "the '(' at character " + std::to_string(place.column);
  if (place.line != error_at(text, error, "").place().line) {
    where += " of line " + std::to_string(place.line);
  }
  return where;
}

}  // namespace

Error Parser::at_token(const Token& token, std::string message, const std::string& hint) const {
  return error_at(text_, token.extent, std::move(message), hint);
}

Error Parser::too_deep() const {
  return at_token(token(), "more than " + std::to_string(kDeepest) + " parts inside one another",
                  "name some of them as features or segments");
}

// `form` shows how the whole is written.
Error Parser::unexpected(const std::string& expected, const std::vector<std::string>& near,
                         const std::string& form) const {
  if (tokens_.size() == 1) {
    return at_token(token(), "there is no rule here",
                    "write a condition, such as count(purchase) over last 30 days >= 3");
  }
  std::string hint;
  if (token().kind == Token::Kind::kWord) {
    const bool before_span = begins_span(tokens_, at_ + 1);
    std::string meant = before_span ? near_word(token().word, {"over", "within"}) : "";
    if (meant.empty()) meant = near_word(token().word, near);
    if (!meant.empty()) hint = "did you mean '" + meant + "'?";
  }
  if (hint.empty() && !form.empty()) hint = "write: " + form;
  const std::string special = form.empty() ? advice() : "";
  return at_token(token(), "expected " + expected + ", found " + found(token()),
                  special.empty() ? hint : special);
}

Error Parser::not_the_end(After after) const {
  std::vector<std::string> words = words_after_value();
  if (at_ > 0 && tokens_[at_ - 1].kind == Token::Kind::kNumber) {
    words.insert(words.end(), unit_words().begin(), unit_words().end());
  }
  switch (after) {
    case After::kCall:
      return unexpected("',', 'where' or ')'", words);
    case After::kList:
      if (tokens_[at_ - 1].kind == token().kind) {
        return at_token(token(), "expected ',' or ')', found " + found(token()),
                        "values are separated by ','");
      }
      return unexpected("',' or ')'", words);
    case After::kBracket:
      return unexpected("')'", words);
    case After::kSequence:
      words.emplace_back("as");
      if (is(",")) return unexpected("'then' or ')'", words, "sequence(cart_add then purchase)");
      return unexpected("'then' or ')'", words);
    case After::kRule:
    case After::kNothing:
      break;
  }
  return unexpected("'and', 'or' or the end", words);
}

Error Parser::open_bracket(size_t open, const std::string& expected) const {
  return at_token(token(), "expected " + expected + ", found " + found(token()),
                  bracket_at(text_, tokens_[open].extent, token().extent) + " is not closed");
}

// The bracket that is open here; empty when none is.
std::string Parser::innermost_open() const {
  std::vector<size_t> open;
  for (size_t i = 0; i < at_; ++i) {
    if (tokens_[i].is("(")) open.push_back(i);
    if (tokens_[i].is(")") && !open.empty()) open.pop_back();
  }
  if (open.empty()) return {};
  return bracket_at(text_, tokens_[open.back()].extent, token().extent);
}

std::string Parser::advice() const {
  const Token& here = token();
  switch (here.kind) {
    case Token::Kind::kWord:
      return advice_on_word();
    case Token::Kind::kSymbol:
      return advice_on_symbol();
    case Token::Kind::kText:
      if (at_ == 0) return {};
      if (tokens_[at_ - 1].is("is")) return "equality is written with =";
      if (tokens_[at_ - 1].is("in")) return "write in (" + std::string(here.source) + ")";
      if (tokens_[at_ - 1].kind == Token::Kind::kWord) return "an operator is missing, such as =";
      return {};
    case Token::Kind::kNumber:
    case Token::Kind::kEnd:
      return {};
  }
  return {};
}

std::string Parser::advice_on_word() const {
  const std::string& word = token().word;
  const Token& before = tokens_[at_ > 0 ? at_ - 1 : 0];
  const bool after_is =
      before.is("is") || (before.is("not") && at_ > 1 && tokens_[at_ - 2].is("is"));
  if (after_is && (word == "null" || word == "empty" || word == "unknown" || word == "none")) {
    return before.is("is") ? "write 'is missing'" : "write 'is known'";
  }
  if (after_is) return word == "in" ? "leave 'is' out" : "equality is written with =";
  if (word == "null") return "write 'unknown', or test with 'is missing'";
  if (word == "ago" && at_ > 1 && unit_of(before.word)) {
    return "write 'at " + std::string(tokens_[at_ - 2].source) + " " + before.word +
           " ago' after a value, or compare days: days_since(last(purchase)) > 30";
  }
  if (word == "over") {
    const std::string open = innermost_open();
    if (!open.empty()) return "a ')' is missing before it: " + open + " is open";
    return "a span follows a call directly: count(purchase) over last 30 days";
  }
  if (word == "where") return "'where' stands inside the brackets: count(purchase where ...)";
  if (word == "the" || word == "a" || word == "an") return "leave '" + word + "' out";
  if (word == "before") return "write '<'";
  if (word == "after") return "write '>'";
  if (word == "equals" || word == "equal" || word == "eq") return "write '='";
  if (word == "has" && before.is("not")) return "write 'not' before the whole, or 'has none'";
  if (word == "not" && at_ > 0 && before.kind == Token::Kind::kSymbol && !before.is("(")) {
    return "put what 'not' belongs to in brackets: (not ...)";
  }
  if (before.kind == Token::Kind::kNumber && before.extent.end == token().extent.begin &&
      near_word(word, unit_words()).empty()) {
    return "a name begins with a letter";
  }
  if (word == "percent") return "a share is a decimal: 0.25 for 25 %";
  return {};
}

std::string Parser::advice_on_symbol() const {
  const Token& here = token();
  const Token& before = tokens_[at_ > 0 ? at_ - 1 : 0];
  if (here.is("%")) return "a share is a decimal: 0.25 for 25 %";
  if (here.is("*") && before.is("(")) {
    return "name the events to count: count(purchase)";
  }
  if (here.is(",") && before.kind == Token::Kind::kNumber &&
      token(1).kind == Token::Kind::kNumber && token(1).extent.begin == here.extent.end) {
    return "a decimal is written with a point: " + std::string(before.source) + "." +
           std::string(token(1).source) + "; thousands are not separated";
  }
  if (here.is(",") && before.kind != Token::Kind::kSymbol) {
    return "join conditions with 'and' or 'or'";
  }
  if (here.is("(") && before.kind == Token::Kind::kWord && before.is("not")) return {};
  if (here.is(")") && at_ > 0 && before.is(",")) return "leave the last ',' out";
  if (here.is("/") && before.is("/")) return "a comment begins with --";
  if (binding_of(here.word) == Binding::kComparison && at_ > 0 &&
      before.kind != Token::Kind::kSymbol && !is_reserved(before.word)) {
    return "comparisons do not chain: write a < b and b < c, or b between a and c";
  }
  if (here.is(")") && innermost_open().empty()) return "there is no '(' for it";
  return {};
}

}  // namespace regulars::language
