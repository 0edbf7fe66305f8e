// Private to evaluate: what the text operations do to one text. Texts are UTF-8; a byte that is no
// part of a character counts as one. Pure functions.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace re2 {
class RE2;
}

namespace regulars::evaluate {

// Lower case by Unicode's rules without regard to a language: "I" is "i" everywhere.
std::string lower_text(std::string_view text);
// For comparing as people do: compatibility decomposition, marks dropped, case folded. An umlaut is
// its vowel, the German sharp s is "ss", both Turkish dotted i's are "i".
std::string folded_text(std::string_view text);

int64_t code_points(std::string_view text);

// % stands for any text, _ for one code point, \ takes the next character as it is.
bool is_like(std::string_view text, std::string_view pattern);

// Part by part between points: the number a part begins with counts as a number, what follows it by
// its bytes. A part that is not there is 0: "2.10" > "2.9", "2" = "2.0", "2.0" < "2.0-beta".
int compare_versions(std::string_view a, std::string_view b);

// Sets: elements separated by kSetSeparator; the empty text is the empty set.
bool has_element(std::string_view set, std::string_view element);
int64_t set_size(std::string_view set);

// A regular expression in RE2's syntax, looked for anywhere in a text. Copies share it.
class Pattern {
 public:
  static Result<Pattern> make(const std::string& pattern);  // kBadDefinition in RE2's words
  bool found_in(std::string_view text) const;

 private:
  explicit Pattern(std::shared_ptr<const re2::RE2> expression);
  std::shared_ptr<const re2::RE2> expression_;
};

}  // namespace regulars::evaluate
