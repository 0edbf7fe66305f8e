// Text to tokens. Words are ASCII case-insensitive; a dotted name is one token.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/syntax.h"

namespace regulars::language {

struct Token {
  enum class Kind { kWord, kNumber, kText, kSymbol, kEnd };
  Kind kind = Kind::kEnd;
  Extent extent;
  std::string_view source;  // as written, in the text that was cut up
  // kWord: in lower case. kSymbol: the symbol, with != for <>. Otherwise empty.
  std::string word;

  bool is(std::string_view what) const {
    return (kind == Kind::kWord || kind == Kind::kSymbol) && word == what;
  }
};

// The last token is kEnd. The views point into `text`.
Result<std::vector<Token>> lex(std::string_view text);

// What a kText token says: without the quotes, doubled ones once.
std::string text_of(const Token& token);

}  // namespace regulars::language
