#include "language/lexer.h"

#include <array>

#include "language/parse.h"
#include "language/utf8.h"
#include "language/words.h"

namespace regulars::language {
namespace {

// Signs of other languages and of word processors, and what to write instead.
struct Foreign {
  std::string_view sign;
  std::string_view advice;
};
constexpr std::string_view kSingleQuotes = "texts stand in single quotes: 'web'";
constexpr std::array<Foreign, 33> kForeign = {{
    {"==", "write '='"},
    {"=>", "write '>='"},
    {"=<", "write '<='"},
    {"&&", "write 'and'"},
    {"&", "write 'and'"},
    {"||", "write 'or'"},
    {"|", "write 'or'"},
    {"!", "write 'not'"},
    {"~", "write 'matches' for a pattern, 'like' for % and _"},
    {"\"", kSingleQuotes},
    {"`", "names stand without quotes, texts in single ones: 'web'"},
    // Quotes of word processors, low ones, an accent, angle quotes.
    {"\xE2\x80\x98", kSingleQuotes},
    {"\xE2\x80\x99", kSingleQuotes},
    {"\xE2\x80\x9A", kSingleQuotes},
    {"\xE2\x80\x9C", kSingleQuotes},
    {"\xE2\x80\x9D", kSingleQuotes},
    {"\xE2\x80\x9E", kSingleQuotes},
    {"\xC2\xB4", kSingleQuotes},
    {"\xC2\xAB", kSingleQuotes},
    {"\xC2\xBB", kSingleQuotes},
    {"\xE2\x89\xA5", "write '>='"},
    {"\xE2\x89\xA4", "write '<='"},
    {"\xE2\x89\xA0", "write '!='"},
    {"\xE2\x88\x92", "write the minus of the keyboard: -"},
    {"\xE2\x80\x93", "write the minus of the keyboard: -"},
    {"\xE2\x80\x94", "write the minus of the keyboard: -"},
    {"\xC3\x97", "write '*'"},
    {"\xC3\xB7", "write '/'"},
    {"[", "lists and groups stand in round brackets: ( )"},
    {"]", "lists and groups stand in round brackets: ( )"},
    {"{", "lists and groups stand in round brackets: ( )"},
    {"}", "lists and groups stand in round brackets: ( )"},
    {";", "a rule is one expression; join conditions with 'and' or 'or'"},
}};

// Longer ones first.
constexpr std::array<std::string_view, 15> kSymbols = {"!=", "<>", "<=", ">=", "=", "<", ">", "(",
                                                       ")",  ",",  "+",  "-",  "*", "/", "%"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> tokens() {
    REGULARS_TRY(check_characters());
    while (skip_blanks()) REGULARS_TRY(token());
    add(Token::Kind::kEnd, text_.size());
    return std::move(tokens_);
  }

 private:
  Extent extent(size_t begin, size_t end) const {
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }

  Error error(size_t begin, size_t end, std::string message, std::string_view advice = {}) const {
    return error_at(text_, extent(begin, end), std::move(message), std::string(advice));
  }

  Result<void> check_characters() const {
    if (text_.size() > kLongestText) {
      return error(kLongestText, kLongestText,
                   "the rule is longer than " + std::to_string(kLongestText) + " bytes",
                   "divide it into features or segments and name them here");
    }
    for (size_t i = 0; i < text_.size();) {
      const Character character = character_at(text_, i);
      if (!character.valid) {
        return error(i, i + 1, "a byte that is not UTF-8", "save the file as UTF-8");
      }
      const char32_t c = character.code;
      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
        return error(i, i + 1, c == 0 ? "a NUL character" : "a control character",
                     "remove what cannot be seen here");
      }
      i += character.bytes;
    }
    return {};
  }

  // To the next token; false at the end.
  bool skip_blanks() {
    while (at_ < text_.size()) {
      const Character character = character_at(text_, at_);
      if (is_blank(character.code)) {
        at_ += character.bytes;
      } else if (text_.substr(at_, 2) == "--") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        return true;
      }
    }
    return false;
  }

  void add(Token::Kind kind, size_t end, std::string word = {}) {
    tokens_.push_back({kind, extent(at_, end), text_.substr(at_, end - at_), std::move(word)});
    at_ = end;
  }

  Result<void> token() {
    const char c = text_[at_];
    if (is_digit(c)) return number();
    if (c == '\'') return quoted();
    if (begins_name(character_at(text_, at_).code)) {
      const size_t end = end_of_name();
      add(Token::Kind::kWord, end, lower(text_.substr(at_, end - at_)));
      return {};
    }
    return symbol();
  }

  size_t end_of_word(size_t at) const {
    while (at < text_.size()) {
      const Character character = character_at(text_, at);
      if (!continues_name(character.code)) break;
      at += character.bytes;
    }
    return at;
  }

  size_t end_of_name() const {
    size_t end = end_of_word(at_);
    while (end + 1 < text_.size() && text_[end] == '.' &&
           begins_name(character_at(text_, end + 1).code)) {
      end = end_of_word(end + 1);
    }
    return end;
  }

  size_t end_of_digits(size_t at) const {
    while (at < text_.size() && is_digit(text_[at])) ++at;
    return at;
  }

  // 2025-01-31 would be a subtraction.
  size_t end_of_date() const {
    const size_t year = end_of_digits(at_);
    if (year != at_ + 4 || year >= text_.size() || text_[year] != '-') return at_;
    const size_t month = end_of_digits(year + 1);
    if (month == year + 1 || month > year + 3 || month >= text_.size() || text_[month] != '-') {
      return at_;
    }
    const size_t day = end_of_digits(month + 1);
    return day == month + 1 || day > month + 3 ? at_ : day;
  }

  Result<void> number() {
    if (const size_t date = end_of_date(); date != at_) {
      return error(at_, date, "a day without quotes would be a subtraction",
                   "write '" + std::string(text_.substr(at_, date - at_)) + "' in quotes");
    }
    size_t end = end_of_digits(at_);
    if (text_[at_] == '0' && end > at_ + 1) {
      const std::string digits(text_.substr(at_, end - at_));
      const bool after_comma =
          !tokens_.empty() && tokens_.back().is(",") && tokens_.back().extent.end == at_;
      return error(
          at_, end, "a number does not begin with 0",
          after_comma ? "thousands are not separated: 1000" : "a code is a text: '" + digits + "'");
    }
    if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
      end = end_of_digits(end + 1);
    }
    add(Token::Kind::kNumber, end);
    return {};
  }

  Result<void> quoted() {
    size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '\n') {
      if (text_[end] != '\'') {
        ++end;
      } else if (end + 1 < text_.size() && text_[end + 1] == '\'') {
        end += 2;
      } else {
        add(Token::Kind::kText, end + 1);
        return {};
      }
    }
    // 'it's' is a text, a word and a quote.
    const size_t last = tokens_.size();
    if (last >= 2 && tokens_[last - 2].kind == Token::Kind::kText &&
        tokens_[last - 2].extent.end == tokens_[last - 1].extent.begin) {
      return error(at_, at_ + 1, "the text that begins here has no closing quote",
                   "a quote inside a text is doubled: 'it''s'");
    }
    return error(at_, at_ + 1, "the text that begins here has no closing quote",
                 "close it with ' on the same line");
  }

  Result<void> symbol() {
    const std::string_view rest = text_.substr(at_);
    for (const Foreign& foreign : kForeign) {
      if (!rest.starts_with(foreign.sign) || rest.starts_with("!=")) continue;
      return error(at_, at_ + foreign.sign.size(),
                   "'" + std::string(foreign.sign) + "' is not part of the language",
                   foreign.advice);
    }
    for (const std::string_view known : kSymbols) {
      if (!rest.starts_with(known)) continue;
      add(Token::Kind::kSymbol, at_ + known.size(),
          known == "<>" ? std::string("!=") : std::string(known));
      return {};
    }
    const size_t bytes = character_at(text_, at_).bytes;
    return error(at_, at_ + bytes,
                 "'" + std::string(rest.substr(0, bytes)) + "' is not part of the language",
                 rest[0] == '.' ? "a decimal begins with a digit: 0.5" : "");
  }

  std::string_view text_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> lex(std::string_view text) { return Lexer(text).tokens(); }

std::string text_of(const Token& token) {
  std::string result;
  const std::string_view inner = token.source.substr(1, token.source.size() - 2);
  for (size_t i = 0; i < inner.size(); ++i) {
    result += inner[i];
    if (inner[i] == '\'') ++i;
  }
  return result;
}

}  // namespace regulars::language
